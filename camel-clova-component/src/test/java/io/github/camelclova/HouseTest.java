package io.github.camelclova;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;
import org.junit.jupiter.api.Test;

class HouseTest {

    private static final String PLAN = """
            base -> camel, chat, conversation, java, jspecify, moderation, observation, protocol, quota, slf4j, transport
            chat -> java, jspecify
            conversation -> chat, java, protocol
            dsl -> camel, conversation, java
            moderation -> chat, java, jspecify
            observation -> chat, java, jspecify, micrometer, protocol, slf4j
            protocol -> chat, jackson, java, jsonschema, jspecify, quota, transport
            quota -> chat, java, jspecify
            transport -> chat, httpclient, java, jspecify
            """;

    private static final Pattern ARROW =
            Pattern.compile("^ +(io\\.github\\.camelclova\\S*) +-> (\\S+)", Pattern.MULTILINE);

    private static final Map<String, String> LIBRARIES = new LinkedHashMap<>();

    static {
        LIBRARIES.put("java", "java");
        LIBRARIES.put("javax.net", "java");
        LIBRARIES.put("javax.sql", "java");
        LIBRARIES.put("org.apache.camel", "camel");
        LIBRARIES.put("org.apache.hc", "httpclient");
        LIBRARIES.put("com.fasterxml.jackson", "jackson");
        LIBRARIES.put("com.networknt.schema", "jsonschema");
        LIBRARIES.put("com.github.victools.jsonschema", "jsonschema");
        LIBRARIES.put("io.micrometer", "micrometer");
        LIBRARIES.put("org.jspecify", "jspecify");
        LIBRARIES.put("org.slf4j", "slf4j");
    }

    @Test
    void everyRoomUsesWhatThePlanGivesItAndNothingElse() throws Exception {
        Path classes = Path.of(ClovaComponent.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());

        String arrows = jdeps("-verbose:package", "-filter:none", classes.toString());

        assertThat(plan(arrows)).isEqualTo(PLAN);
    }

    private static String jdeps(String... arguments) {
        StringWriter out = new StringWriter();
        ToolProvider jdeps = ToolProvider.findFirst("jdeps").orElseThrow();
        int status = jdeps.run(new PrintWriter(out), new PrintWriter(out), arguments);
        assertThat(status).as(out.toString()).isZero();
        return out.toString();
    }

    private static String plan(String arrows) {
        Map<String, TreeSet<String>> byRoom = ARROW.matcher(arrows)
                .results()
                .filter(arrow -> !name(arrow.group(1)).equals(name(arrow.group(2))))
                .collect(groupingBy(
                        arrow -> name(arrow.group(1)),
                        TreeMap::new,
                        mapping((MatchResult arrow) -> name(arrow.group(2)), toCollection(TreeSet::new))));
        return byRoom.entrySet().stream()
                .map(room -> room.getKey() + " -> " + String.join(", ", room.getValue()) + "\n")
                .collect(joining());
    }

    /** Ours by the name of the room, a library by a short name, and one that nobody foresaw as it is. */
    private static String name(String packageName) {
        String base = ClovaComponent.class.getPackageName();
        if (packageName.equals(base)) {
            return "base";
        }
        if (packageName.startsWith(base + ".")) {
            return packageName.substring(base.length() + 1);
        }
        return LIBRARIES.entrySet().stream()
                .filter(library -> (packageName + ".").startsWith(library.getKey() + "."))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(packageName);
    }
}
