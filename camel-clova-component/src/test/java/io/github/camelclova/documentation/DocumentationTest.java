package io.github.camelclova.documentation;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What the pages print is what the tests run: a block after {@code <!-- snippet: path#tag -->} is the region of that name in
 * that file, between {@code tag::name[]} and {@code end::name[]}, or without a name the whole file.
 */
class DocumentationTest {

    private static final Path ROOT =
            Path.of(System.getProperty("basedir")).resolve("..").normalize();
    private static final Pattern MARKER = Pattern.compile("<!-- snippet: ([^#\\s]+)(?:#([\\w-]+))? -->");
    private static final Pattern LINK = Pattern.compile("]\\(([^)#:\\s]*)(?:#([^)]*))?\\)");
    private static final Pattern HEADING = Pattern.compile("^#+ (.*)$", Pattern.MULTILINE);
    private static final Pattern ANY_LINK = Pattern.compile("]\\(([^)]*)\\)");
    private static final Pattern INLINE_CODE = Pattern.compile("`([^`\n]+)`");
    private static final String FENCE = "```";

    /** @param marker the line before the block */
    private record Block(String marker, String language, String text) {

        boolean isRoute() {
            return List.of("yaml", "java", "xml").contains(language);
        }

        boolean isSnippet() {
            return MARKER.matcher(marker).matches();
        }
    }

    static List<Path> pages() throws IOException {
        try (Stream<Path> docs = Files.walk(ROOT.resolve("docs"));
                Stream<Path> examples = Files.walk(ROOT.resolve("examples"), 2)) {
            return Stream.of(Stream.of(ROOT.resolve("README.md"), ROOT.resolve("README.ko.md")), docs, examples)
                    .flatMap(each -> each)
                    .filter(file -> file.toString().endsWith(".md"))
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("pages")
    void everyBlockOfCodeIsTakenFromATestedFile(Path page) {
        assertThat(blocks(page)).filteredOn(Block::isRoute).allMatch(Block::isSnippet);
        assertThat(blocks(page)).filteredOn(Block::isSnippet).allSatisfy(block -> assertThat(block.text())
                .isEqualTo(region(block.marker())));
    }

    @Test
    void everyRouteOfTheGuideIsPrintedInXmlAndInJavaToo() {
        Path inEveryDsl = ROOT.resolve("docs/guide/dsl.md");
        Pattern route = Pattern.compile("<!-- snippet: (.*/documentation/)([^/#]+)\\.camel\\.yaml -->");
        List<String> printed = blocks(inEveryDsl).stream().map(Block::marker).toList();

        assertThat(guide())
                // What stood before a move is somebody else's.
                .filteredOn(page -> !page.endsWith("moving.md"))
                .flatMap(page -> blocks(page).stream().map(Block::marker).toList())
                .map(route::matcher)
                .filteredOn(Matcher::matches)
                .hasSizeGreaterThan(30)
                .allSatisfy(yaml -> assertThat(printed)
                        .contains("<!-- snippet: %s%s.camel.xml -->".formatted(yaml.group(1), yaml.group(2)))
                        .anyMatch(marker -> marker.endsWith("/RoutesInJava.java#%s -->".formatted(yaml.group(2)))));
    }

    private static List<Path> guide() {
        try (Stream<Path> pages = Files.list(ROOT.resolve("docs/guide"))) {
            return pages.toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ParameterizedTest
    @MethodSource("pages")
    void everyLinkToAFileLeadsSomewhere(Path page) throws IOException {
        assertThat(LINK.matcher(prose(page)).results()).allSatisfy(link -> {
            Path target = link.group(1).isEmpty() ? page : page.resolveSibling(link.group(1));
            assertThat(target).exists();
            if (link.group(2) != null) {
                assertThat(anchors(target)).as("headings of " + target).contains(link.group(2));
            }
        });
    }

    /** As GitHub makes them of headings. */
    private static List<String> anchors(Path page) throws IOException {
        return HEADING.matcher(prose(page))
                .results()
                .map(heading -> heading.group(1)
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^\\p{L}\\p{N} _-]", "")
                        .replace(' ', '-'))
                .toList();
    }

    /** Without blocks of code, where a line may begin with # and be no heading. */
    private static String prose(Path page) throws IOException {
        return Files.readString(page, UTF_8).replaceAll("(?ms)^```.*?^```$", "");
    }

    @Test
    void theFirstPageIsAmongThePages() throws IOException {
        assertThat(pages()).contains(ROOT.resolve("README.md"), ROOT.resolve("docs/index.md"));
        assertThat(blocks(ROOT.resolve("README.md")))
                .filteredOn(Block::isSnippet)
                .hasSizeGreaterThan(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"README.md", "README.ko.md"})
    void theFirstPageNamesTheVersionThatThisBuildMakes(String page) throws IOException {
        String pom = Files.readString(ROOT.resolve("pom.xml"), UTF_8);
        String version = pom.substring(pom.indexOf("<version>") + "<version>".length(), pom.indexOf("</version>"));

        assertThat(Files.readString(ROOT.resolve(page), UTF_8))
                .contains("io.github.camelclova:camel-clova:" + version)
                .contains("io.github.camelclova:camel-clova-test:" + version);
    }

    @Test
    void theMapLeadsToEveryPageAndToTheDecisionsInTheirOrder() throws IOException {
        Path map = ROOT.resolve("docs/index.md");
        List<String> links = all(ANY_LINK, map);

        assertThat(pages())
                .filteredOn(page ->
                        !page.equals(map) && !page.getFileName().toString().equals("README.ko.md"))
                .allSatisfy(page -> assertThat(links)
                        .contains(map.getParent().relativize(page).toString()));
        assertThat(links).filteredOn(link -> link.startsWith("decisions/")).isSorted();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ko"})
    void aTranslatedFirstPageHasTheSameCommandsCodeLinksAndTables(String language) throws IOException {
        Path english = ROOT.resolve("README.md");
        Path translated = ROOT.resolve("README." + language + ".md");

        assertThat(blocks(translated)).isEqualTo(blocks(english));
        assertThat(linksTo(translated, "README.md"))
                .containsExactlyInAnyOrderElementsOf(
                        linksTo(english, translated.getFileName().toString()));
        assertThat(all(INLINE_CODE, translated)).containsExactlyInAnyOrderElementsOf(all(INLINE_CODE, english));
        assertThat(shape(translated)).isEqualTo(shape(english));
    }

    /** Every link of a page; the one to its other language, which each must have, is left out. */
    private static List<String> linksTo(Path page, String otherLanguage) throws IOException {
        List<String> links = new ArrayList<>(all(ANY_LINK, page));
        assertThat(links.remove(otherLanguage)).as("link to " + otherLanguage).isTrue();
        return links;
    }

    private static List<String> all(Pattern pattern, Path page) throws IOException {
        return pattern.matcher(prose(page))
                .results()
                .map(found -> found.group(1))
                .toList();
    }

    /** The levels of the headings, and a word for each row of a table and each entry of a list, in their order. */
    private static List<String> shape(Path page) throws IOException {
        return prose(page)
                .lines()
                .map(line -> line.startsWith("#")
                        ? line.replaceFirst(" .*", "")
                        : line.startsWith("|")
                                ? "row of "
                                        + line.chars()
                                                .filter(each -> each == '|')
                                                .count()
                                : line.startsWith("* ") ? "entry" : "")
                .filter(part -> !part.isEmpty())
                .toList();
    }

    private static List<Block> blocks(Path page) {
        List<Block> blocks = new ArrayList<>();
        List<String> lines = lines(page);
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).startsWith(FENCE)) {
                List<String> text = lines.subList(i + 1, lines.size()).stream()
                        .takeWhile(line -> !line.startsWith(FENCE))
                        .toList();
                String language = lines.get(i).substring(FENCE.length());
                blocks.add(new Block(i == 0 ? "" : lines.get(i - 1), language, String.join("\n", text)));
                i += text.size() + 1;
            }
        }
        return blocks;
    }

    private static String region(String marker) {
        var parts = MARKER.matcher(marker);
        assertThat(parts.matches()).isTrue();
        List<String> lines = lines(ROOT.resolve(parts.group(1)));
        String tag = parts.group(2);
        if (tag != null) {
            lines = lines.stream()
                    .dropWhile(line -> !line.contains("tag::" + tag + "[]"))
                    .skip(1)
                    .takeWhile(line -> !line.contains("end::" + tag + "[]"))
                    .toList();
        }
        return String.join("\n", lines).stripIndent();
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file, UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
