package io.github.camelclova.documentation;

import io.github.camelclova.Metadata;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.tooling.model.ComponentModel.ComponentOptionModel;

/** Writes a page of the reference. */
final class Markdown {

    static final String NONE = "–";

    private static final Pattern WORD = Pattern.compile("([A-Za-z]+)((?:\\.\\w+)*(?:=\\w+)?)");
    private static final Set<String> OPTIONS = Metadata.model().getComponentOptions().stream()
            .map(ComponentOptionModel::getName)
            .collect(Collectors.toSet());

    private final StringBuilder text = new StringBuilder();

    Markdown(String title, String... paragraphs) {
        text.append("<!-- Made from the code by ReferenceTest; docs/contributing.md tells how. -->\n# ")
                .append(title)
                .append('\n');
        Stream.of(paragraphs).forEach(this::paragraph);
    }

    Markdown heading(String heading) {
        text.append("\n## ").append(heading).append('\n');
        return this;
    }

    Markdown paragraph(String paragraph) {
        text.append('\n').append(paragraph.strip()).append('\n');
        return this;
    }

    Markdown table(List<String> head, List<List<String>> rows) {
        text.append('\n')
                .append(row(head))
                .append("|")
                .append("---|".repeat(head.size()))
                .append('\n');
        rows.forEach(row -> text.append(row(row)));
        return this;
    }

    private static String row(List<String> cells) {
        return cells.stream().map(cell -> cell.replace("|", "\\|")).collect(Collectors.joining(" | ", "| ", " |\n"));
    }

    static String code(String text) {
        return "`" + text + "`";
    }

    /** Plain text: what Markdown would take for its own is escaped, and the names of options are set as code. */
    static String prose(String text) {
        return WORD.matcher(escaped(text)).replaceAll(word -> isOption(word) ? code(word.group()) : word.group());
    }

    private static boolean isOption(MatchResult word) {
        boolean looksLikeOne = !word.group(2).isEmpty() || word.group(1).matches(".*[a-z][A-Z].*");
        return looksLikeOne && OPTIONS.contains(word.group(1));
    }

    private static String escaped(String text) {
        return text.replace("<", "&lt;").replace("*", "\\*");
    }

    /** Javadoc's inline tags as Markdown, on one line. */
    static String javadoc(String comment) {
        return comment.replaceAll("\\s*\\n\\s*\\*? ?", " ")
                .replaceAll("\\{@code ([^}]*)}", "`$1`")
                .replaceAll("\\{@link #?([^}]*)}", "`$1`")
                .strip();
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
