package io.github.camelclova.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.camelclova.chat.ChatMessage;
import io.github.camelclova.chat.ChatRequest;
import io.github.camelclova.chat.ClovaException;
import io.github.camelclova.chat.ContentPart;
import io.github.camelclova.chat.Failure;
import io.github.camelclova.chat.GenerationOption;
import io.github.camelclova.chat.GenerationOptions;
import io.github.camelclova.chat.TokenUnit;
import io.github.camelclova.chat.ToolCall;
import java.net.URI;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** What this room knows, for the reference pages: asked of the very code that writes requests and checks options. */
public final class ProtocolFacts {

    /** The models that CLOVA Studio serves, for what depends on one. */
    public static final List<String> MODELS = List.of("HCX-003", "HCX-DASH-001", "HCX-005", "HCX-DASH-002", "HCX-007");

    /** How a dialect says an option. */
    public record Spelled(String member, String range) {}

    /** @param model absent for a tuned task */
    private record Asked(Dialect dialect, String model) {

        String name() {
            return model == null ? "tuned tasks" : model;
        }
    }

    private ProtocolFacts() {}

    /**
     * How a dialect says an option; empty if it cannot.
     *
     * @param model null for what holds of any other
     */
    public static Optional<Spelled> spelled(Dialect dialect, GenerationOption option, String model) {
        return Optional.ofNullable(Spellings.of(dialect).spelling(option, model))
                .map(spelling -> new Spelled(spelling.member(), spelling.range().describe()));
    }

    /** Why options are refused that are fine by themselves, each reason with those whom it is true of. */
    public static Map<String, String> conflicts() {
        Map<String, Set<Asked>> conflicts = new LinkedHashMap<>();
        for (Asked asked : everybody()) {
            for (Map<GenerationOption, Object> options : combinations(asked)) {
                Spellings.of(asked.dialect())
                        .conflict(new GenerationOptions(options), asked.model())
                        .ifPresent(why -> conflicts
                                .computeIfAbsent(why, key -> new LinkedHashSet<>())
                                .add(asked));
            }
        }
        Map<String, String> inWords = new LinkedHashMap<>();
        conflicts.forEach((why, whom) -> inWords.put(why, inWords(whom)));
        return inWords;
    }

    /** A dialect alone stands for all its models and tasks. */
    private static String inWords(Set<Asked> whom) {
        return whom.stream()
                .map(Asked::dialect)
                .distinct()
                .map(dialect -> inWords(dialect, whom))
                .collect(joining(", "));
    }

    private static String inWords(Dialect dialect, Set<Asked> whom) {
        List<Asked> all =
                everybody().stream().filter(asked -> asked.dialect() == dialect).toList();
        List<String> some = whom.stream().filter(all::contains).map(Asked::name).toList();
        return dialect.id() + (some.size() == all.size() ? "" : " (%s)".formatted(String.join(", ", some)));
    }

    private static List<Asked> everybody() {
        List<Asked> everybody = new ArrayList<>();
        for (String model : MODELS) {
            everybody.add(new Asked(Dialect.of(Dialect.AUTO, model), model));
        }
        for (Dialect dialect : Dialect.values()) {
            everybody.add(dialect.isNative() ? new Asked(dialect, null) : new Asked(dialect, "any model"));
        }
        return everybody;
    }

    /** Every option with every one or two others that the dialect knows. */
    private static List<Map<GenerationOption, Object>> combinations(Asked asked) {
        List<Map.Entry<GenerationOption, Object>> values = new ArrayList<>();
        for (GenerationOption option : GenerationOption.values()) {
            Spellings.Spelling spelling = Spellings.of(asked.dialect()).spelling(option, asked.model());
            if (spelling != null) {
                samples(option, spelling.range()).forEach(sample -> values.add(Map.entry(option, sample)));
            }
        }
        List<Map<GenerationOption, Object>> all = new ArrayList<>();
        for (int i = 0; i < values.size(); i++) {
            for (int j = i; j < values.size(); j++) {
                for (int k = j; k < values.size(); k++) {
                    Map<GenerationOption, Object> options = new EnumMap<>(GenerationOption.class);
                    List.of(values.get(i), values.get(j), values.get(k))
                            .forEach(value -> options.put(value.getKey(), value.getValue()));
                    all.add(options);
                }
            }
        }
        return all;
    }

    private static List<Object> samples(GenerationOption option, Range range) {
        if (range instanceof Range.Words words) {
            TreeSet<String> sorted = new TreeSet<>(words.words());
            return List.of(sorted.first(), sorted.last());
        }
        if (range instanceof Range.Numbers numbers && Number.class.isAssignableFrom(option.type())) {
            return List.of(number(option.type(), Math.ceil(numbers.least())));
        }
        return switch (option.type().getSimpleName()) {
            case "Boolean" -> List.of(true, false);
            case "String" -> List.of("auto", "required", "NAME");
            case "Long" -> List.of(1L);
            case "Map" -> List.of(Map.of("type", "object"));
            case "List" ->
                List.of(List.of(Map.of("name", "f")), List.of(Map.of("name", "f", "description", "what it does")));
            default -> List.of();
        };
    }

    private static Object number(Class<?> type, double value) {
        return type == Integer.class ? (Object) (int) value : type == Long.class ? (Object) (long) value : value;
    }

    /** The path of a chat behind the base URL, with the model or task in braces. */
    public static String path(Dialect dialect, boolean task) {
        URI address = service(dialect, task ? "TASK" : null).chatAddress("MODEL");
        return address.getPath().replace("MODEL", "{model}").replace("TASK", "{taskId}");
    }

    /** What a body has in addition when a stream is asked for; empty where a header alone does that. */
    public static String streamSwitch(Dialect dialect) {
        ObjectNode streamed = body(dialect, new StreamOptions(TokenUnit.TOKEN, false, true));
        body(dialect, null).fieldNames().forEachRemaining(streamed::remove);
        return streamed.isEmpty() ? "" : streamed.toString();
    }

    /** The messages of a conversation in which a tool was called, as they are sent. */
    public static String toolMessages(Dialect dialect) {
        WireForm form = new WireForm(dialect);
        ToolCall call = new ToolCall("c1", "f", Map.of("a", 1), "");
        return List.of(ChatMessage.assistant("", List.of(call)), ChatMessage.tool("c1", "2")).stream()
                .map(message -> form.message(message).toString())
                .collect(joining(", "));
    }

    /** A question about an image, as it is sent; empty where there are none. */
    public static Optional<String> image(Dialect dialect) {
        ChatMessage question = ChatMessage.user(
                new ContentPart.Text("?"), new ContentPart.ImageUrl(URI.create("https://example.org/a.png")));
        return Optional.of(new WireForm(dialect).message(question).toString()).filter(message -> dialect.takesParts());
    }

    /** The members that a request always has. */
    public static Set<String> leastMembers(Dialect dialect) {
        return leastMembers(dialect, null);
    }

    /** The members that a request always has. */
    public static Set<String> leastMembers(Dialect dialect, StreamOptions streaming) {
        Set<String> members = new TreeSet<>();
        body(dialect, streaming).fieldNames().forEachRemaining(members::add);
        return members;
    }

    /** The options that put a member of this name into a request. */
    public static List<String> optionsThatSend(Dialect dialect, String member) {
        return Spellings.of(dialect).byOption().entrySet().stream()
                .filter(entry -> entry.getValue().member().split("\\.", 2)[0].equals(member))
                .map(entry -> entry.getKey().optionName())
                .toList();
    }

    /** A refusal in the dialect's own form, which is read before it is shown. */
    public static String error(Dialect dialect) {
        String error = "{\"code\":\"42901\",\"message\":\"…\"}";
        String body = (dialect.isNative() ? "{\"status\":%s}" : "{\"error\":%s}").formatted(error);
        if (!ErrorBody.isError(read(body))
                || !"42901".equals(ErrorBody.of(read(body)).code())) {
            throw new IllegalStateException("not read as an error: " + body);
        }
        return body;
    }

    private static JsonNode read(String json) {
        try {
            return Json.read(json);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** What becomes of a refusal. */
    public static ClovaException refused(int httpStatus, String code) {
        return Refusals.of(
                new ErrorBody(code, null, ""), Failure.of("a-request").withStatus(httpStatus));
    }

    private static ObjectNode body(Dialect dialect, StreamOptions streaming) {
        ChatRequest request = new ChatRequest(
                "a-request", "MODEL", List.of(ChatMessage.user("hello")), new GenerationOptions(Map.of()), null);
        byte[] body = Codec.of(dialect).encode(request, service(dialect, null), streaming);
        return (ObjectNode) read(new String(body, UTF_8));
    }

    private static Service service(Dialect dialect, String taskId) {
        return new Service(dialect, URI.create("https://localhost"), "", taskId, Map.of(), Map.of(), Map.of());
    }
}
