package io.github.camelclova.documentation;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.camel.tooling.model.BaseOptionModel;

/**
 * Descriptions of options and headers as their annotations have them. Camel's metadata says the same without the marks that
 * tell code from words, and it adds sentences of its own.
 */
final class Declared {

    private static final Path SOURCES = Path.of(System.getProperty("basedir"), "src/main/java/io/github/camelclova");
    private static final String LITERAL = "\"(?:[^\"\\\\]|\\\\.)*\"";
    private static final Pattern DECLARATION = Pattern.compile(
            "description\\s*=\\s*(%1$s(?:\\s*\\+\\s*%1$s)*)[^;]*?\\b(?:private|public static final) [^;=]*?(\\w+)(?: = (%1$s)?[^;]*)?;"
                    .formatted(LITERAL));
    private static final Pattern BETWEEN_LITERALS = Pattern.compile("\"\\s*\\+\\s*\"");

    private static final Map<String, String> DESCRIPTIONS = new HashMap<>();

    static {
        Stream.of("ClovaConfiguration", "ClovaEndpoint", "ClovaComponent", "ClovaConstants")
                .forEach(Declared::read);
    }

    private Declared() {}

    private static void read(String className) {
        String source;
        try {
            source = Files.readString(SOURCES.resolve(className + ".java"), UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        DECLARATION.matcher(source).results().forEach(declaration -> {
            String field = declaration.group(2);
            boolean isConstant = field.equals(field.toUpperCase(Locale.ROOT));
            DESCRIPTIONS.put(
                    isConstant ? text(declaration.group(3)) : field,
                    text(BETWEEN_LITERALS.matcher(declaration.group(1)).replaceAll("")));
        });
    }

    private static String text(String literal) {
        return literal.substring(1, literal.length() - 1).translateEscapes();
    }

    /** In Markdown; for what Camel itself declares, the words of the metadata. */
    static String description(BaseOptionModel model) {
        String declared = DESCRIPTIONS.get(model.getName());
        boolean isTheSame = declared != null && words(model.getDescription()).startsWith(words(declared));
        return isTheSame ? outsideCode(declared) : Markdown.prose(model.getDescription());
    }

    private static String words(String description) {
        return description.replaceAll("[^\\p{L}\\p{N}]", "");
    }

    private static String outsideCode(String description) {
        StringBuilder markdown = new StringBuilder();
        List<String> parts = List.of(description.split("`", -1));
        for (int i = 0; i < parts.size(); i++) {
            markdown.append(i % 2 == 0 ? Markdown.prose(parts.get(i)) : Markdown.code(parts.get(i)));
        }
        return markdown.toString();
    }
}
