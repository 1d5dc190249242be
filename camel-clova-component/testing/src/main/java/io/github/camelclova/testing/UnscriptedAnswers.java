package io.github.camelclova.testing;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Answers what no script answers: the dialect from the path, the rest from the prompt. */
final class UnscriptedAnswers implements Function<ReceivedRequest, Reply> {

    private static final Pattern V1 =
            Pattern.compile(".*/(?:v1/chat-completions/[^/]+|v[12]/tasks/[^/]+/chat-completions)");
    private static final Pattern V3 = Pattern.compile(".*/v3/(?:chat-completions/[^/]+|tasks/[^/]+/chat-completions)");
    private static final Pattern OPEN_AI = Pattern.compile(".*/chat/completions");
    private static final Pattern OPEN_AI_LIKE = Pattern.compile(".*/(?:openai|chat|models|embeddings)(?:/.*)?");

    private static final Dialect CLOVA_V1 = new ClovaV1Dialect();
    private static final Dialect CLOVA_V3 = new ClovaV3Dialect();
    private static final Dialect OPEN_AI_DIALECT = new OpenAiDialect();

    private final @Nullable String requiredKey;
    private final Duration answerDelay;
    private final Duration tokenDelay;
    private final UnaryOperator<String> text;

    UnscriptedAnswers(
            @Nullable String requiredKey, Duration answerDelay, Duration tokenDelay, UnaryOperator<String> text) {
        this.requiredKey = requiredKey;
        this.answerDelay = answerDelay;
        this.tokenDelay = tokenDelay;
        this.text = text;
    }

    @Override
    public Reply apply(ReceivedRequest request) {
        String path = request.path().replaceFirst("\\?.*", "");
        Reply reply;
        try {
            requireKey(request);
            reply = answer(request, path);
        } catch (Refusal refusal) {
            reply = errorDialect(path).refusal(refusal);
        }
        return reply.headDelay(answerDelay)
                .header("x-ratelimit-remaining-requests", "59")
                .header("x-ratelimit-remaining-tokens", "59000")
                .header("x-ratelimit-reset-requests", "1")
                .header("x-ratelimit-reset-tokens", "1");
    }

    private Reply answer(ReceivedRequest request, String path) {
        if (request.method().equals("GET") && path.endsWith("/models")) {
            return OpenAiDialect.models();
        }
        Optional<Reply> beside =
                request.method().equals("POST") ? OperationAnswers.to(path, request.bytes()) : Optional.empty();
        if (beside.isPresent()) {
            return beside.get();
        }
        Dialect dialect = request.method().equals("POST") ? dialect(path).orElse(null) : null;
        if (dialect == null) {
            throw new Refusal(404, "40400", Codes.label("40400"));
        }
        Prompt prompt = Prompt.read(request.bytes());
        boolean streams = dialect.wantsStream(request, prompt);
        Refusal wanted = prompt.markers().refusal().orElse(null);
        if (wanted != null) {
            return streams && wanted.status() == 200 ? dialect.refusalInStream(wanted) : dialect.refusal(wanted);
        }
        Answer answer = Answer.to(prompt, dialect.thinks(prompt), text);
        return streams ? dialect.stream(answer, tokenDelay) : dialect.completion(answer);
    }

    private void requireKey(ReceivedRequest request) {
        if (requiredKey == null) {
            return;
        }
        boolean bearer = request.header("Authorization").equals(Optional.of("Bearer " + requiredKey));
        boolean legacy = request.header("X-NCP-CLOVASTUDIO-API-KEY").equals(Optional.of(requiredKey));
        if (!bearer && !legacy) {
            throw new Refusal(401, "40104", Codes.label("40104"));
        }
    }

    private static Optional<Dialect> dialect(String path) {
        if (V1.matcher(path).matches()) {
            return Optional.of(CLOVA_V1);
        }
        if (V3.matcher(path).matches()) {
            return Optional.of(CLOVA_V3);
        }
        return OPEN_AI.matcher(path).matches() ? Optional.of(OPEN_AI_DIALECT) : Optional.empty();
    }

    private static Dialect errorDialect(String path) {
        return dialect(path).orElse(OPEN_AI_LIKE.matcher(path).matches() ? OPEN_AI_DIALECT : CLOVA_V3);
    }
}
