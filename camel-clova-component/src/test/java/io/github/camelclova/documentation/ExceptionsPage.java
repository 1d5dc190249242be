package io.github.camelclova.documentation;

import static io.github.camelclova.documentation.Markdown.code;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;

import io.github.camelclova.chat.ClovaException;
import io.github.camelclova.protocol.ProtocolFacts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The family of exceptions, with the words of their own Javadoc, and what becomes of each status and code. */
final class ExceptionsPage {

    private static final Path SOURCES = Path.of(System.getProperty("basedir"), "src/main/java");
    private static final String JAVADOC = "/\\*\\*((?:(?!\\*/)[\\s\\S])*)\\*/\\s*(?:@\\w+(?:\\([^)]*\\))?\\s*)*";

    /** CLOVA Studio's codes for a chat. (CLOVA Studio, troubleshooting by status code.) */
    static final List<String> CLOVA_CODES = List.of(
            "40000", "40001", "40002", "40003", "40004", "40005", "40006", "40009", "40055", "40060", "40061", "40063",
            "40080", "40082", "40083", "40084", "40100", "40101", "40102", "40103", "40104", "40170", "40300", "40301",
            "40380", "40400", "40600", "40800", "41300", "41500", "42400", "42900", "42901", "42902", "42903", "50000",
            "50100", "50400");

    private static final List<String> OPENAI_CODES = List.of(
            "context_length_exceeded",
            "rate_limit_exceeded",
            "rate_limit_error",
            "overloaded_error",
            "invalid_api_key",
            "authentication_error",
            "server_error",
            "internal_server_error",
            "api_error",
            "invalid_request_error");

    private ExceptionsPage() {}

    static Markdown page() {
        Markdown page = new Markdown(
                "Exceptions",
                "A call that brings no answer fails with one of these, all of the package `"
                        + ClovaException.class.getPackageName()
                        + "` and subclasses of `ClovaException`. A wrong option, header or body is an `IllegalArgumentException` that "
                        + "names it.");
        page.heading("Kinds")
                .table(
                        List.of("Exception", "Happened", "Has besides"),
                        kinds().map(ExceptionsPage::kind).toList());
        page.heading("What all of them have")
                .paragraph("In Simple `${exception.retryable}`, `${exception.statusCode}` and so on.")
                .table(
                        List.of("Accessor", "Type", "Says"),
                        accessors(ClovaException.class)
                                .map(accessor -> List.of(
                                        code(accessor.getName() + "()"),
                                        code(accessor.getReturnType().getSimpleName()),
                                        says(accessor)))
                                .toList());
        page.heading("HTTP statuses")
                .paragraph(
                        "What a status means when the body has no code of its own. Retryable calls are made again by the component "
                                + "itself, `maxRetries` times.")
                .table(List.of("Status", "Exception", "Retryable"), statuses());
        page.heading("CLOVA Studio's codes")
                .paragraph(
                        "With HTTP 200, in an event of a stream, or with the status that is its first three digits. A code that is not "
                                + "listed is of the same kind as its first three digits, and retryable only as 429xx.")
                .table(List.of("Code", "Exception", "Retryable"), codes(CLOVA_CODES));
        page.heading("OpenAI's codes and types")
                .paragraph(
                        "In an answer with HTTP 200 or an event of a stream. With another status that status counts, but for "
                                + "`context_length_exceeded`.")
                .table(List.of("Code or type", "Exception", "Retryable"), codes(OPENAI_CODES));
        return page;
    }

    private static Stream<Class<?>> kinds() {
        return Stream.of(ClovaException.class.getPermittedSubclasses());
    }

    private static List<String> kind(Class<?> kind) {
        String own = accessors(kind)
                .map(accessor ->
                        code(accessor.getName() + "()") + (says(accessor).isEmpty() ? "" : ": " + says(accessor)))
                .collect(joining("<br>"));
        return List.of(code(kind.getSimpleName()), comment(kind, "public final class"), own);
    }

    private static Stream<Method> accessors(Class<?> type) {
        return Arrays.stream(type.getDeclaredMethods())
                .filter(method -> Modifier.isPublic(method.getModifiers()) && method.getParameterCount() == 0)
                .filter(method -> method.getName().matches("(get|is)[A-Z].*"))
                .sorted(Comparator.comparing(Method::getName));
    }

    private static String says(Method accessor) {
        return comment(accessor.getDeclaringClass(), "public [^\\n;{]*\\b" + accessor.getName() + "\\(");
    }

    /** The Javadoc right before a declaration; empty if it has none. */
    private static String comment(Class<?> type, String declaration) {
        String source;
        try {
            source = Files.readString(SOURCES.resolve(type.getName().replace('.', '/') + ".java"), UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        Matcher matcher = Pattern.compile(JAVADOC + declaration).matcher(source);
        return matcher.find() ? Markdown.javadoc(matcher.group(1)) : "";
    }

    private static List<List<String>> statuses() {
        Map<List<String>, List<Integer>> alike = new LinkedHashMap<>();
        Stream.of(
                        IntStream.of(300, 301, 302, 307),
                        IntStream.rangeClosed(400, 431),
                        IntStream.rangeClosed(500, 511),
                        IntStream.of(529))
                .flatMap(IntStream::boxed)
                .forEach(status -> alike.computeIfAbsent(
                                outcome(ProtocolFacts.refused(status, null)), key -> new ArrayList<>())
                        .add(status));
        return alike.entrySet().stream()
                .map(entry -> row(ranges(entry.getValue()), entry.getKey()))
                .toList();
    }

    /** Neighbours as a range. */
    private static String ranges(List<Integer> statuses) {
        List<String> ranges = new ArrayList<>();
        for (int i = 0; i < statuses.size(); ) {
            int end = i;
            while (end + 1 < statuses.size() && statuses.get(end + 1) == statuses.get(end) + 1) {
                end++;
            }
            ranges.add(end == i ? "" + statuses.get(i) : statuses.get(i) + " to " + statuses.get(end));
            i = end + 1;
        }
        return String.join(", ", ranges);
    }

    private static List<List<String>> codes(List<String> codes) {
        Map<List<String>, List<String>> alike = new LinkedHashMap<>();
        codes.forEach(code -> alike.computeIfAbsent(outcome(ProtocolFacts.refused(200, code)), key -> new ArrayList<>())
                .add(code(code)));
        return alike.entrySet().stream()
                .map(entry -> row(String.join(", ", entry.getValue()), entry.getKey()))
                .toList();
    }

    private static List<String> outcome(ClovaException refused) {
        return List.of(code(refused.getClass().getSimpleName()), refused.isRetryable() ? "yes" : "no");
    }

    private static List<String> row(String what, List<String> outcome) {
        List<String> row = new ArrayList<>(List.of(what));
        row.addAll(outcome);
        return row;
    }
}
