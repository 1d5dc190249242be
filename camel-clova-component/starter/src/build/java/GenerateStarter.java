import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.camel.tooling.model.ComponentModel;
import org.apache.camel.tooling.model.ComponentModel.ComponentOptionModel;
import org.apache.camel.tooling.model.JsonMapper;
import org.apache.camel.util.StringHelper;
import org.apache.camel.util.json.JsonObject;
import org.apache.camel.util.json.Jsoner;

/**
 * Makes the properties of the starter from the options of the component: the class that Spring Boot binds, the converter
 * of references to beans, and the metadata that editors complete from. The build runs it before it compiles.
 */
final class GenerateStarter {

    private static final String PREFIX = "camel.component.clova";
    private static final String PACKAGE = "io.github.camelclova.springboot";
    private static final String CONFIGURATION = "ClovaComponentConfiguration";
    private static final String CONVERTER = "ClovaComponentConverter";
    private static final String NOTICE = "/** Made by the build from the options of the component; do not edit. */\n";
    private static final int LINE = 110;

    private static final Map<String, String> BOXED = Map.of(
            "boolean", "java.lang.Boolean",
            "Boolean", "java.lang.Boolean",
            "int", "java.lang.Integer",
            "long", "java.lang.Long",
            "double", "java.lang.Double");

    /** @param args the folder to write to, {@code src/generated} */
    public static void main(String[] args) throws IOException {
        List<ComponentOptionModel> options = component().getComponentOptions();
        Path java = Path.of(args[0], "java", PACKAGE.replace('.', '/'));
        write(java.resolve(CONFIGURATION + ".java"), configuration(options));
        write(java.resolve(CONVERTER + ".java"), converter(options));
        write(Path.of(args[0], "resources/META-INF/spring-configuration-metadata.json"), metadata(options));
    }

    private static ComponentModel component() throws IOException {
        try (InputStream json =
                GenerateStarter.class.getResourceAsStream("/META-INF/io/github/camelclova/clova.json")) {
            return JsonMapper.generateComponentModel(new String(json.readAllBytes(), UTF_8));
        }
    }

    /** Leaves a file alone that is as it should be, so that nothing is compiled again for it. */
    private static void write(Path file, String text) throws IOException {
        if (!Files.exists(file) || !Files.readString(file, UTF_8).equals(text)) {
            Files.createDirectories(file.getParent());
            Files.writeString(file, text, UTF_8);
        }
    }

    private static String configuration(List<ComponentOptionModel> options) {
        StringBuilder fields = new StringBuilder();
        StringBuilder methods = new StringBuilder();
        for (ComponentOptionModel option : options) {
            fields.append(javadoc(option.getDescription()));
            fields.append("    private %s %s;\n\n".formatted(shortType(option), option.getName()));
            methods.append(accessors(option));
        }
        return """
                package %s;

                import java.util.Set;
                import org.apache.camel.spring.boot.ComponentConfigurationPropertiesCommon;
                import org.springframework.boot.context.properties.ConfigurationProperties;

                %s@ConfigurationProperties(prefix = "%s")
                public class %s extends ComponentConfigurationPropertiesCommon {

                    /** The options that hold secrets. */
                    static final Set<String> SECRETS = Set.of(%s);

                %s%s}
                """.formatted(
                        PACKAGE,
                        NOTICE,
                        PREFIX,
                        CONFIGURATION,
                        secrets(options),
                        fields,
                        methods.substring(0, methods.length() - 1));
    }

    private static String secrets(List<ComponentOptionModel> options) {
        return options.stream()
                .filter(ComponentOptionModel::isSecret)
                .map(option -> "\"%s\"".formatted(option.getName()))
                .collect(joining(", "));
    }

    private static String accessors(ComponentOptionModel option) {
        String capital = StringHelper.capitalize(option.getName());
        return """
                    public %1$s get%2$s() {
                        return %3$s;
                    }

                    public void set%2$s(%1$s %3$s) {
                        this.%3$s = %3$s;
                    }

                """.formatted(shortType(option), capital, option.getName());
    }

    private static String javadoc(String description) {
        StringBuilder javadoc = new StringBuilder("    /**");
        int length = LINE;
        String safe = description
                .replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("@", "&#64;");
        for (String word : safe.replace("*/", "*&#47;").split(" ")) {
            if (length + word.length() >= LINE) {
                javadoc.append("\n     *");
                length = 0;
            }
            javadoc.append(' ').append(word);
            length += word.length() + 1;
        }
        return javadoc.append("\n     */\n").toString();
    }

    private static String converter(List<ComponentOptionModel> options) {
        StringBuilder types = new StringBuilder();
        references(options).forEach(type -> types.append(",\n            %s.class".formatted(type)));
        return """
                package %s;

                import java.util.List;
                import org.springframework.beans.factory.BeanFactory;

                %sfinal class %s extends BeanReferenceConverter {

                    private static final List<Class<?>> TYPES = List.of(%s);

                    %3$s(BeanFactory beans) {
                        super(beans, TYPES);
                    }
                }
                """.formatted(PACKAGE, NOTICE, CONVERTER, types.substring(1));
    }

    private static List<String> references(List<ComponentOptionModel> options) {
        return options.stream()
                .filter(GenerateStarter::isReference)
                .map(GenerateStarter::type)
                .distinct()
                .sorted()
                .toList();
    }

    private static boolean isReference(ComponentOptionModel option) {
        return option.getType().equals("object") && !option.getJavaType().startsWith("java.util.");
    }

    private static String type(ComponentOptionModel option) {
        if (option.getType().equals("duration")) {
            return "java.time.Duration";
        }
        return BOXED.getOrDefault(option.getJavaType(), option.getJavaType().replace('$', '.'));
    }

    private static String shortType(ComponentOptionModel option) {
        return type(option).replace("java.lang.", "");
    }

    private static String metadata(List<ComponentOptionModel> options) {
        String source = PACKAGE + "." + CONFIGURATION;
        List<JsonObject> properties = new ArrayList<>();
        properties.add(
                property("enabled", "java.lang.Boolean", "Whether these properties configure the component.", source));
        properties.get(0).put("defaultValue", true);
        properties.add(property(
                "customizer.enabled",
                "java.lang.Boolean",
                "As enabled, but asked when the component is made.",
                source));
        properties.get(1).put("defaultValue", true);
        List<JsonObject> hints = new ArrayList<>();
        for (ComponentOptionModel option : options) {
            String name = StringHelper.camelCaseToDash(option.getName());
            JsonObject property = property(name, type(option).replace(", ", ","), option.getDescription(), source);
            if (option.getDefaultValue() != null) {
                property.put("defaultValue", option.getDefaultValue());
            }
            if (option.isDeprecated()) {
                property.put("deprecation", new JsonObject());
            }
            properties.add(property);
            if (option.getEnums() != null) {
                hints.add(hint(name, option.getEnums()));
            }
        }
        JsonObject group = new JsonObject();
        group.put("name", PREFIX);
        group.put("type", source);
        group.put("sourceType", source);
        JsonObject metadata = new JsonObject();
        metadata.put("groups", List.of(group));
        metadata.put("properties", properties);
        metadata.put("hints", hints);
        return Jsoner.prettyPrint(metadata.toJson(), 2).replace("\\/", "/") + "\n";
    }

    private static JsonObject property(String name, String type, String description, String source) {
        JsonObject property = new JsonObject();
        property.put("name", PREFIX + "." + name);
        property.put("type", type);
        property.put("description", description);
        property.put("sourceType", source);
        return property;
    }

    private static JsonObject hint(String name, List<String> values) {
        List<JsonObject> all = new ArrayList<>();
        for (String value : values) {
            JsonObject one = new JsonObject();
            one.put("value", value);
            all.add(one);
        }
        JsonObject hint = new JsonObject();
        hint.put("name", PREFIX + "." + name);
        hint.put("values", all);
        return hint;
    }
}
