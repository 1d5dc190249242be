package io.github.camelclova.documentation;

import static io.github.camelclova.documentation.Markdown.NONE;
import static io.github.camelclova.documentation.Markdown.code;
import static java.util.stream.Collectors.joining;

import io.github.camelclova.Metadata;
import io.github.camelclova.chat.GenerationOption;
import io.github.camelclova.chat.Role;
import io.github.camelclova.protocol.Dialect;
import io.github.camelclova.protocol.ProtocolFacts;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.apache.camel.CamelContext;
import org.apache.camel.Producer;
import org.apache.camel.impl.DefaultCamelContext;

/** What each dialect can express, found out by encoding requests and by making producers of endpoints. */
final class DialectsPage {

    private static final String TOOLS = "[{\"name\":\"f\",\"description\":\"what it does\"}]";
    private static final String SCHEMA = "{\"type\":\"object\"}";

    /** What is tried, and the options that ask for it. */
    private static final Map<String, Map<String, String>> FEATURES = features();

    private final CamelContext context;
    private final Markdown page;

    private DialectsPage(CamelContext context, Markdown page) {
        this.context = context;
        this.page = page;
    }

    private static Map<String, Map<String, String>> features() {
        Map<String, Map<String, String>> features = new LinkedHashMap<>();
        features.put("tuned tasks (`taskId`)", Map.of("taskId", "ab12cd34"));
        features.put("`pathPrefix`", Map.of("pathPrefix", "testapp"));
        features.put("the legacy pair of keys (`apigwKey`)", Map.of("apigwKey", "gw-key"));
        features.put("the AI filter (`includeAiFilters`, `aiFilterPolicy`)", Map.of("aiFilterPolicy", "moderate"));
        features.put("streams (`streaming`, `streamTo`)", Map.of("streaming", "true"));
        features.put("usage in streams on demand (`streamUsage`)", Map.of("streaming", "true", "streamUsage", "true"));
        return features;
    }

    static Markdown page() {
        Markdown page = new Markdown(
                "Dialects",
                "What the services understand, as this component speaks to them. Names and ranges of options are in "
                        + "[Options](options.md#generation-options-by-dialect), what becomes of error codes in "
                        + "[Exceptions](exceptions.md#clova-studios-codes).");
        CamelContext context = new DefaultCamelContext();
        context.start();
        try {
            new DialectsPage(context, page).write();
        } finally {
            context.stop();
        }
        return page;
    }

    private void write() {
        List<List<String>> rows = new ArrayList<>();
        rows.add(row(
                "asks for a model at",
                dialect -> isTaskOnly(dialect) ? NONE : code(ProtocolFacts.path(dialect, false))));
        rows.add(row(
                "asks a tuned task at",
                dialect -> dialect.isNative() ? code(ProtocolFacts.path(dialect, true)) : NONE));
        rows.add(row("members of every request", dialect -> ProtocolFacts.leastMembers(dialect).stream()
                .map(Markdown::code)
                .collect(joining(", "))));
        rows.add(row("a stream is asked for by", DialectsPage::streamSwitch));
        rows.add(row("roles of messages", dialect -> Arrays.stream(Role.values())
                .filter(role -> role != Role.TOOL || dialect.takesTools())
                .map(role -> code(role.wireName()))
                .collect(joining(", "))));
        rows.add(row(
                "a tool call and its result",
                dialect -> dialect.takesTools() ? code(ProtocolFacts.toolMessages(dialect)) : NONE));
        rows.add(row(
                "a question about an image",
                dialect -> ProtocolFacts.image(dialect).map(Markdown::code).orElse(NONE)));
        rows.add(row("operations", this::operations));
        FEATURES.forEach((feature, options) -> rows.add(row(feature, dialect -> yes(starts(dialect, options)))));
        takes().forEach(takes -> rows.add(row(words(takes), dialect -> yes(ask(takes, dialect)))));
        rows.add(row("an error looks like", dialect -> code(ProtocolFacts.error(dialect))));
        rows.add(row("generation options that it does not have", DialectsPage::missing));
        List<String> head = new ArrayList<>(List.of(""));
        Arrays.stream(Dialect.values()).forEach(dialect -> head.add(code(dialect.id())));
        page.heading("What each can express")
                .paragraph("Paths are behind `baseUrl`.")
                .table(head, rows);
        models();
    }

    private static List<String> row(String what, Function<Dialect, String> cell) {
        List<String> row = new ArrayList<>(List.of(what));
        Arrays.stream(Dialect.values()).map(cell).forEach(row::add);
        return row;
    }

    private String operations(Dialect dialect) {
        return Metadata.model().getEndpointOptions().stream()
                .filter(option -> option.getName().equals("operation"))
                .flatMap(option -> option.getEnums().stream())
                .filter(operation -> starts(uri(dialect, operation, addressee(dialect)))
                        || starts(uri(dialect, operation, Map.of())))
                .map(Markdown::code)
                .collect(joining(", "));
    }

    private static String streamSwitch(Dialect dialect) {
        String members = ProtocolFacts.streamSwitch(dialect);
        return "`Accept: text/event-stream`" + (members.isEmpty() ? "" : " and " + code(members));
    }

    private boolean isTaskOnly(Dialect dialect) {
        return !starts(uri(dialect, "chat", Map.of("model", "HCX-005")));
    }

    private Map<String, String> addressee(Dialect dialect) {
        return isTaskOnly(dialect) ? Map.of("taskId", "ab12cd34") : Map.of("model", "HCX-005");
    }

    private boolean starts(Dialect dialect, Map<String, String> options) {
        Map<String, String> all = new TreeMap<>(addressee(dialect));
        all.putAll(options);
        return starts(uri(dialect, "chat", all));
    }

    private static String uri(Dialect dialect, String operation, Map<String, String> options) {
        return "clova:%s?dialect=%s&baseUrl=http://localhost:9/v1&apiKey=a-key".formatted(operation, dialect.id())
                + options.entrySet().stream()
                        .map(option -> "&%s=RAW(%s)".formatted(option.getKey(), option.getValue()))
                        .collect(joining());
    }

    /** Whether a route with this endpoint would start. */
    private boolean starts(String uri) {
        try {
            Producer producer = context.getEndpoint(uri).createProducer();
            producer.start();
            producer.stop();
            return true;
        } catch (Exception refused) {
            return false;
        }
    }

    /** What a dialect says of itself. */
    private static List<Method> takes() {
        return Arrays.stream(Dialect.class.getMethods())
                .filter(method -> method.getName().startsWith("takes") && method.getReturnType() == boolean.class)
                .filter(method -> method.getParameterCount() == 0)
                .sorted(Comparator.comparing(Method::getName))
                .toList();
    }

    /** {@code takesSeveralSystemMessages} as words. */
    private static String words(Method takes) {
        return takes.getName()
                .substring("takes".length())
                .replaceAll("(?<=[a-z])(?=[A-Z])", " ")
                .toLowerCase(Locale.ROOT);
    }

    private static boolean ask(Method takes, Dialect dialect) {
        try {
            return (boolean) takes.invoke(dialect);
        } catch (ReflectiveOperationException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static String missing(Dialect dialect) {
        String missing = Arrays.stream(GenerationOption.values())
                .filter(option -> ProtocolFacts.spelled(dialect, option, null).isEmpty())
                .map(option -> code(option.optionName()))
                .collect(joining(", "));
        return missing.isEmpty() ? NONE : missing;
    }

    private void models() {
        List<List<String>> rows = new ArrayList<>();
        for (String model : ProtocolFacts.MODELS) {
            rows.add(List.of(
                    code(model),
                    code(Dialect.of(Dialect.AUTO, model).id()),
                    able(model, "tools", TOOLS),
                    able(model, "jsonSchema", SCHEMA),
                    able(model, "thinkingEffort", "low"),
                    range(model)));
        }
        page.heading("CLOVA Studio's models")
                .table(List.of("Model", "`dialect=auto` is", "Tools", "Schemas", "Thinking", "`maxTokens`"), rows);
    }

    private static String auto(String model, String option, String value) {
        return "clova:chat?baseUrl=http://localhost:9&apiKey=a-key&model=%s&%s=RAW(%s)".formatted(model, option, value);
    }

    private String able(String model, String option, String value) {
        String uri = auto(model, option, value);
        return starts(uri) ? "yes" : starts(uri + "&thinkingEffort=none") ? "with `thinkingEffort=none`" : NONE;
    }

    private static String range(String model) {
        return ProtocolFacts.spelled(Dialect.of(Dialect.AUTO, model), GenerationOption.MAX_TOKENS, model)
                .orElseThrow()
                .range()
                .replace("<", "&lt;");
    }

    private static String yes(boolean can) {
        return can ? "yes" : NONE;
    }
}
