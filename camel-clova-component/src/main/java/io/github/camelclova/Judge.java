package io.github.camelclova;

import io.github.camelclova.chat.Answer;
import io.github.camelclova.chat.Completion;
import io.github.camelclova.chat.StopReason;
import io.github.camelclova.moderation.Judgement;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.camel.Message;
import org.jspecify.annotations.Nullable;

/**
 * Asks the policy about an answer, and only once: whether the model is asked again, whether tokens are released, what closes
 * a stream, what the original exchange goes on with and whether a conversation keeps it all follow from the same judgement,
 * also if the policy would change its mind.
 */
final class Judge {

    private final Replies replies;
    private final Consumer<Answer> memory;
    private @Nullable Judgement judgement;

    /** @param memory takes what is fit to be kept; what it throws fails the exchange */
    Judge(Replies replies, Consumer<Answer> memory) {
        this.replies = replies;
        this.memory = memory;
    }

    /** Whether the policy lets the answer pass as it is. */
    boolean clears(Completion completion) {
        Judgement found = judgement(completion);
        return !found.flagged() && !found.fails();
    }

    /** Why the model should be asked again; what is judged next is then its new answer. */
    synchronized Optional<String> problem(Completion completion) {
        Optional<String> problem = replies.problem(completion, judgement(completion));
        if (problem.isPresent()) {
            judgement = null;
        }
        return problem;
    }

    /** Keeps an answer that is fit to be sent to the model again: neither flagged nor withheld by the service. */
    void keep(Answer answer) {
        StopReason stopReason = answer.completion().first().stopReason();
        boolean isWithheld = stopReason != null && stopReason.kind() == StopReason.Kind.CONTENT_FILTER;
        if (!isWithheld && clears(answer.completion())) {
            memory.accept(answer);
        }
    }

    /** As {@link Replies#body(Answer, Judgement)}. */
    Object body(Answer answer) {
        return replies.body(answer, judgement(answer.completion()));
    }

    /** As {@link Replies#write(Answer, Judgement, Object, Message)}. */
    void write(Answer answer, Object body, Message message) {
        replies.write(answer, judgement(answer.completion()), body, message);
    }

    private synchronized Judgement judgement(Completion completion) {
        if (judgement == null) {
            judgement = ForeignCode.run(() -> replies.judge(completion));
        }
        return judgement;
    }
}
