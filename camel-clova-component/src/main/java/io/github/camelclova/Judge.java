package io.github.camelclova;

import io.github.camelclova.chat.Answer;
import io.github.camelclova.chat.Completion;
import io.github.camelclova.moderation.Judgement;
import org.apache.camel.Message;
import org.apache.camel.RuntimeCamelException;
import org.jspecify.annotations.Nullable;

/**
 * Asks the policy about the answer of one stream, and only once: whether tokens are released, what closes the stream and what
 * the original exchange goes on with all follow from the same judgement, also if the policy would change its mind.
 */
final class Judge {

    private final Replies replies;
    private @Nullable Judgement judgement;

    Judge(Replies replies) {
        this.replies = replies;
    }

    /** Whether the policy lets the answer pass as it is. */
    boolean clears(Completion completion) {
        Judgement found = judgement(completion);
        return !found.flagged() && !found.fails();
    }

    /** As {@link Replies#write(Answer, Message)}. */
    void write(Answer answer, Message message) {
        replies.write(answer, judgement(answer.completion()), message);
    }

    private synchronized Judgement judgement(Completion completion) {
        if (judgement == null) {
            judgement = ask(completion);
        }
        return judgement;
    }

    /** Whatever a bean throws ends the exchange; an {@link Error} would only end the thread. */
    private Judgement ask(Completion completion) {
        try {
            return replies.judge(completion);
        } catch (Throwable thrown) {
            throw RuntimeCamelException.wrapRuntimeException(thrown);
        }
    }
}
