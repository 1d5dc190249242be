package io.github.camelclova;

import io.github.camelclova.ChatSettings.FilterAction;
import io.github.camelclova.chat.Answer;
import io.github.camelclova.chat.Choice;
import io.github.camelclova.chat.ClovaAiFilterException;
import io.github.camelclova.chat.ClovaSchemaException;
import io.github.camelclova.chat.Completion;
import io.github.camelclova.chat.Failure;
import io.github.camelclova.chat.OperationAnswer;
import io.github.camelclova.chat.OperationResult;
import io.github.camelclova.chat.StopReason;
import io.github.camelclova.chat.Usage;
import io.github.camelclova.chat.Verdict;
import io.github.camelclova.moderation.Judgement;
import io.github.camelclova.observation.CallRecorder;
import io.github.camelclova.protocol.AnswerSchema;
import io.github.camelclova.protocol.StreamHead;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.camel.Message;
import org.jspecify.annotations.Nullable;

/** Writes an answer into a message. The only place that writes headers; no name of one comes from the service. */
final class Replies {

    private static final Set<String> WRITTEN = namesOf(
            ClovaConstants.RESPONSE_ID,
            ClovaConstants.RESPONSE_MODEL,
            ClovaConstants.REQUEST_ID,
            ClovaConstants.STOP_REASON,
            ClovaConstants.RAW_STOP_REASON,
            ClovaConstants.INPUT_TOKENS,
            ClovaConstants.OUTPUT_TOKENS,
            ClovaConstants.TOTAL_TOKENS,
            ClovaConstants.ESTIMATED_COST,
            ClovaConstants.SEED,
            ClovaConstants.CITATIONS,
            ClovaConstants.SUGGESTED_QUERIES,
            ClovaConstants.TOOL_CALLS,
            ClovaConstants.CHOICES,
            ClovaConstants.LOGPROBS,
            ClovaConstants.THINKING,
            ClovaConstants.STATUS_CODE,
            ClovaConstants.ATTEMPTS,
            ClovaConstants.RATE_LIMIT,
            ClovaConstants.AI_FILTER,
            ClovaConstants.AI_FILTER_SCORES,
            ClovaConstants.AI_FILTER_VERDICT,
            ClovaConstants.AI_FILTER_FLAGGED,
            ClovaConstants.AI_FILTER_REASONS,
            ClovaConstants.AI_FILTER_COVERAGE);

    private static final String WITHHELD_BY_SERVICE = "content_filter";

    private final ChatSettings settings;
    private final CallRecorder recorder;

    Replies(ChatSettings settings, CallRecorder recorder) {
        this.settings = settings;
        this.recorder = recorder;
    }

    /**
     * What the answer makes the body.
     *
     * @throws ClovaAiFilterException if the policy wants flagged answers to fail
     * @throws ClovaSchemaException if the answer does not fit the schema
     */
    Object body(Answer answer, Judgement judgement) {
        boolean heldBack = isHeldBack(judgement);
        if (judgement.fails() || (heldBack && settings.filterAction() == FilterAction.EXCEPTION)) {
            throw recorder.rejected(new ClovaAiFilterException(
                    answer.completion().text(),
                    judgement.safety().headerValue(),
                    judgement.reasons(),
                    Failure.of(answer.requestId()).withStatus(answer.statusCode())));
        }
        return heldBack ? settings.replacement() : body(answer);
    }

    /**
     * Replaces the body and writes the headers; a header that this answer does not have is removed, so that none is left of
     * an earlier answer.
     */
    void write(Answer answer, Judgement judgement, Object body, Message message) {
        Completion completion = answer.completion();
        forgetEarlierAnswer(message);
        message.setBody(body);
        writeCall(answer, message);
        writeCompletion(completion, message);
        if (!isHeldBack(judgement)) {
            writeContents(completion, message);
        }
        writeVerdict(completion, judgement, message);
    }

    /** Writes the answer of an operation other than chat. */
    static void write(OperationAnswer answer, Object body, Prices prices, Message message) {
        OperationResult result = answer.result();
        forgetEarlierAnswer(message);
        message.setBody(body);
        message.setHeader(ClovaConstants.REQUEST_ID, answer.requestId());
        message.setHeader(ClovaConstants.STATUS_CODE, answer.statusCode());
        message.setHeader(ClovaConstants.ATTEMPTS, answer.attempts());
        set(message, ClovaConstants.RATE_LIMIT, answer.rateLimit());
        set(message, ClovaConstants.RESPONSE_MODEL, result.model());
        writeUsage(result.usage(), prices, message);
        set(message, ClovaConstants.CITATIONS, result.citations());
        set(message, ClovaConstants.SUGGESTED_QUERIES, result.suggestedQueries());
    }

    private static void writeUsage(Usage usage, Prices prices, Message message) {
        set(message, ClovaConstants.INPUT_TOKENS, usage.input());
        set(message, ClovaConstants.OUTPUT_TOKENS, usage.output());
        set(message, ClovaConstants.TOTAL_TOKENS, usage.total());
        set(message, ClovaConstants.ESTIMATED_COST, prices.of(usage));
    }

    private boolean isHeldBack(Judgement judgement) {
        return settings.filterAction() != FilterAction.HEADER && judgement.flagged();
    }

    /** Why the model should be asked again; empty also for what would be no body even if it fitted the schema. */
    Optional<String> problem(Completion completion, Judgement judgement) {
        return judgement.fails() || isHeldBack(judgement) ? Optional.empty() : schemaProblem(completion);
    }

    /** What does not fit the schema; empty if it does, and if there is none. Tool calls come in place of an answer. */
    private Optional<String> schemaProblem(Completion completion) {
        AnswerSchema schema = settings.schema();
        boolean isAnswer = completion.first().toolCalls().isEmpty();
        return schema == null || !isAnswer
                ? Optional.empty()
                : ForeignCode.run(() -> schema.problem(completion.text()));
    }

    private Object body(Answer answer) {
        Completion completion = answer.completion();
        AnswerSchema schema = settings.schema();
        if (schema == null || !completion.first().toolCalls().isEmpty()) {
            return completion.text();
        }
        schemaProblem(completion).ifPresent(problem -> {
            throw recorder.rejected(new ClovaSchemaException(
                    problem, completion.text(), Failure.of(answer.requestId()).withStatus(answer.statusCode())));
        });
        return ForeignCode.run(() -> schema.body(completion.text()));
    }

    /** What is known of a pulled stream before its first token. */
    void writeHead(StreamHead head, Message message) {
        forgetEarlierAnswer(message);
        message.setHeader(ClovaConstants.REQUEST_ID, head.requestId());
        message.setHeader(ClovaConstants.STATUS_CODE, head.statusCode());
        message.setHeader(ClovaConstants.ATTEMPTS, head.attempts());
        set(message, ClovaConstants.RATE_LIMIT, head.rateLimit());
    }

    private static Set<String> namesOf(String... headers) {
        Set<String> names = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        names.addAll(List.of(headers));
        return names;
    }

    /** Removes every header that an answer may have. */
    static void forgetEarlierAnswer(Message message) {
        if (message.hasHeaders()) {
            message.getHeaders().keySet().removeIf(WRITTEN::contains);
        }
    }

    /** Once for each answer, because it is counted. */
    Judgement judge(Completion completion) {
        Judgement judgement = settings.moderation().judge(completion.aiFilter(), completion.text());
        recorder.judged(
                hasVerdict(completion) ? judgement.safety().headerValue() : null,
                withheldByService(completion) ? List.of(WITHHELD_BY_SERVICE) : judgement.reasons());
        return judgement;
    }

    private static void writeCall(Answer answer, Message message) {
        message.setHeader(ClovaConstants.REQUEST_ID, answer.requestId());
        message.setHeader(ClovaConstants.STATUS_CODE, answer.statusCode());
        message.setHeader(ClovaConstants.ATTEMPTS, answer.attempts());
        set(message, ClovaConstants.RATE_LIMIT, answer.rateLimit());
    }

    private void writeCompletion(Completion completion, Message message) {
        Choice first = completion.first();
        set(message, ClovaConstants.RESPONSE_ID, completion.id());
        set(message, ClovaConstants.RESPONSE_MODEL, completion.model());
        StopReason stopReason = first.stopReason();
        if (stopReason != null) {
            message.setHeader(ClovaConstants.STOP_REASON, stopReason.kind().headerValue());
            message.setHeader(ClovaConstants.RAW_STOP_REASON, stopReason.raw());
        }
        writeUsage(completion.usage(), settings.prices(), message);
        set(message, ClovaConstants.SEED, completion.seed());
    }

    /** What the model said beside its text. Of a withheld answer none of it is shown either. */
    private static void writeContents(Completion completion, Message message) {
        Choice first = completion.first();
        set(message, ClovaConstants.CITATIONS, completion.citations());
        set(message, ClovaConstants.TOOL_CALLS, first.toolCalls());
        set(message, ClovaConstants.CHOICES, completion.choices().size() > 1 ? completion.choices() : null);
        set(message, ClovaConstants.LOGPROBS, first.logprobs());
        set(message, ClovaConstants.THINKING, first.thinking());
    }

    private void writeVerdict(Completion completion, Judgement judgement, Message message) {
        List<Verdict> verdicts = completion.aiFilter();
        if (verdicts != null) {
            message.setHeader(
                    ClovaConstants.AI_FILTER,
                    verdicts.stream().map(Verdict::entry).toList());
            message.setHeader(ClovaConstants.AI_FILTER_SCORES, scores(verdicts));
        }
        if (hasVerdict(completion)) {
            message.setHeader(
                    ClovaConstants.AI_FILTER_VERDICT, judgement.safety().headerValue());
            message.setHeader(
                    ClovaConstants.AI_FILTER_COVERAGE, judgement.coverage().headerValue());
        }
        if (settings.moderation().isOn()) {
            message.setHeader(ClovaConstants.AI_FILTER_FLAGGED, judgement.flagged());
            message.setHeader(ClovaConstants.AI_FILTER_REASONS, new Reasons(judgement.reasons(), message.getBody()));
        } else if (withheldByService(completion)) {
            message.setHeader(ClovaConstants.AI_FILTER_FLAGGED, true);
        }
    }

    private boolean hasVerdict(Completion completion) {
        return completion.aiFilter() != null || Boolean.TRUE.equals(settings.includeAiFilters());
    }

    private boolean withheldByService(Completion completion) {
        StopReason stopReason = completion.first().stopReason();
        return !settings.service().dialect().isNative()
                && stopReason != null
                && stopReason.kind() == StopReason.Kind.CONTENT_FILTER;
    }

    /** Of a category listed twice, the worse; one whose score cannot be read is left out. */
    private static Map<String, Integer> scores(List<Verdict> verdicts) {
        Map<String, Verdict> worst = new LinkedHashMap<>();
        verdicts.forEach(verdict -> worst.merge(verdict.category(), verdict, Replies::worse));
        Map<String, Integer> scores = new LinkedHashMap<>();
        worst.forEach((category, verdict) -> {
            Integer score = verdict.score();
            if (score != null) {
                scores.put(category, score);
            }
        });
        return scores;
    }

    private static Verdict worse(Verdict one, Verdict other) {
        return other.hazard().isWorseThan(one.hazard()) ? other : one;
    }

    /** What is absent or empty is not set at all. */
    private static void set(Message message, String header, @Nullable Object value) {
        boolean isEmpty = value == null
                || (value instanceof Collection<?> collection && collection.isEmpty())
                || (value instanceof Map<?, ?> map && map.isEmpty());
        if (!isEmpty) {
            message.setHeader(header, value);
        }
    }
}
