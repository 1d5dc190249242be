package io.github.camelclova;

import io.github.camelclova.observation.Tally;
import org.apache.camel.api.management.ManagedAttribute;

/** What calls amount to, as JMX attributes of a component or an endpoint. Public because the JMX agent reads it. */
public interface ManagedCounts {

    /** Since the making of whatever is managed. */
    Tally tally();

    @ManagedAttribute(description = "Calls that have ended, in whatever way")
    default long getCalls() {
        return tally().calls();
    }

    @ManagedAttribute(description = "Calls that brought no answer, cancelled ones among them")
    default long getFailedCalls() {
        return tally().failedCalls();
    }

    @ManagedAttribute(description = "Requests that were sent once more")
    default long getRetries() {
        return tally().retries();
    }

    @ManagedAttribute(description = "Streams that have begun and are not over")
    default long getOpenStreams() {
        return tally().openStreams();
    }

    @ManagedAttribute(description = "Tokens of requests, as the service counted them")
    default long getInputTokens() {
        return tally().inputTokens();
    }

    @ManagedAttribute(description = "Tokens of answers, as the service counted them")
    default long getOutputTokens() {
        return tally().outputTokens();
    }

    @ManagedAttribute(description = "Answers that broke the AI filter policy")
    default long getFlaggedAnswers() {
        return tally().flaggedAnswers();
    }

    @ManagedAttribute(description = "Answers that came and failed their exchange")
    default long getRejectedAnswers() {
        return tally().rejectedAnswers();
    }
}
