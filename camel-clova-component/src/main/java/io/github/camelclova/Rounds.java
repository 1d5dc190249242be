package io.github.camelclova;

import static io.github.camelclova.chat.GenerationOption.TOOLS;
import static io.github.camelclova.chat.GenerationOption.TOOL_CHOICE;
import static java.util.Objects.requireNonNull;

import io.github.camelclova.chat.Answer;
import io.github.camelclova.chat.ChatMessage;
import io.github.camelclova.chat.ChatRequest;
import io.github.camelclova.chat.Completion;
import io.github.camelclova.chat.GenerationOptions;
import io.github.camelclova.chat.StopReason;
import io.github.camelclova.chat.ToolCall;
import io.github.camelclova.chat.Usage;
import io.github.camelclova.protocol.ToolDefinition;
import io.github.camelclova.transport.Deadline;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/**
 * What is asked for one exchange: the question, and again after each round in which the model calls tools. Without tools
 * there is one round. Used by one thread at a time.
 */
final class Rounds {

    private static final String NONE = "none";
    private static final String AUTO = "auto";

    private final @Nullable ToolLoop tools;
    private final ToolLoop.@Nullable Asker asker;
    private final Deadline deadline;
    private ChatRequest request;
    private ChatRequest said;
    private @Nullable Answer earlier;
    private int used;

    /** @throws IllegalArgumentException if a tool that the model may call has no started route */
    Rounds(ChatRequest question, @Nullable ToolLoop tools, Exchange original, Deadline deadline) {
        this.tools = tools;
        this.asker = tools == null ? null : ToolLoop.Asker.of(original);
        this.deadline = deadline;
        this.request = tools == null ? question : question.with(defined(question.options(), tools));
        this.said = request;
    }

    /** The definitions as the routes have them now, in the place of those that stood in for them. */
    private static GenerationOptions defined(GenerationOptions options, ToolLoop tools) {
        List<Map<?, ?>> definitions = functions(options)
                .<Map<?, ?>>map(function -> tools.has(name(function)) ? tools.definition(name(function)) : function)
                .toList();
        return options.with(Map.of(TOOLS, definitions));
    }

    private static Stream<Map<?, ?>> functions(GenerationOptions options) {
        return ((List<?>) options.get(TOOLS).orElse(List.of())).stream().map(function -> (Map<?, ?>) function);
    }

    private static String name(Map<?, ?> function) {
        return String.valueOf(function.get("name"));
    }

    Deadline deadline() {
        return deadline;
    }

    /** What is to be asked next, or has been asked last. */
    ChatRequest request() {
        return request;
    }

    /** Begins with what was said before the question. */
    void remind(List<ChatMessage> messages) {
        request = request.with(messages);
        said = request;
    }

    /** The last request without what was demanded of an answer that did not do. */
    ChatRequest said() {
        return said;
    }

    /** Whether an answer to the request is none yet, because the model wants tools called first. */
    boolean callsTools(Completion completion) {
        List<ToolCall> calls = completion.first().toolCalls();
        boolean mayCall = tools != null
                && !request.options().get(TOOL_CHOICE).filter(NONE::equals).isPresent();
        return mayCall
                && !calls.isEmpty()
                && isWhole(completion)
                && calls.stream().noneMatch(this::isOfTheRoute);
    }

    /** What was cut short may be half a call. */
    private static boolean isWhole(Completion completion) {
        StopReason reason = completion.first().stopReason();
        return reason == null
                || (reason.kind() != StopReason.Kind.LENGTH && reason.kind() != StopReason.Kind.CONTENT_FILTER);
    }

    /** A function of the option {@code tools}, which only the route can call. */
    private boolean isOfTheRoute(ToolCall call) {
        return !requireNonNull(tools).has(call.name())
                && functions(request.options())
                        .anyMatch(function -> name(function).equals(call.name()));
    }

    /** Prepares what the model wants called; the caller starts it and brings its results to {@link #next}. */
    ToolRun run(Answer answer) {
        List<ToolCall> calls = answer.completion().first().toolCalls();
        List<ToolCall> repeated = IntStream.range(0, calls.size())
                .mapToObj(position -> ToolDefinition.repeatable(calls.get(position), position))
                .toList();
        ToolRun run = requireNonNull(tools)
                .run(
                        request.requestId(),
                        calls,
                        repeated.stream().map(ToolCall::id).toList(),
                        requireNonNull(asker),
                        deadline);
        earlier = whole(answer);
        List<ChatMessage> calling =
                List.of(ChatMessage.assistant(answer.completion().text(), repeated));
        request = request.andThen(calling);
        said = said.andThen(calling);
        used++;
        return run;
    }

    /** Goes on to the next round. The last may call no tools. */
    void next(List<ChatMessage> results) {
        said = said.andThen(results);
        boolean isLast = used >= requireNonNull(tools).maxRounds();
        request = request.andThen(results).with(isLast ? last(request.options()) : unforced(request.options()));
    }

    private static GenerationOptions last(GenerationOptions options) {
        return options.with(Map.of(TOOL_CHOICE, NONE));
    }

    /** A tool that must be called has been: to say so again would be to ask for it for ever. */
    private static GenerationOptions unforced(GenerationOptions options) {
        boolean isForced =
                options.get(TOOL_CHOICE).filter(choice -> !choice.equals(AUTO)).isPresent();
        return isForced ? options.without(TOOL_CHOICE) : options;
    }

    /**
     * Asks again after an answer that does not do.
     *
     * @param answer as {@link #whole} gave it
     */
    void again(Answer answer, String demand) {
        earlier = answer;
        request = request.andThen(answer.completion().text(), demand);
    }

    /** The last answer, with what everything before it cost. */
    Answer whole(Answer last) {
        return earlier == null ? last : last.after(earlier);
    }

    /** What the last round alone cost: all that was said was sent in it. */
    Usage lastUsage(Answer whole) {
        Usage all = whole.completion().usage();
        return earlier == null ? all : all.minus(earlier.completion().usage());
    }
}
