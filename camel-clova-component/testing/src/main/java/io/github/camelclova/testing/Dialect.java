package io.github.camelclova.testing;

import java.time.Duration;

/** How one kind of service spells what the stand-in answers. */
interface Dialect {

    boolean wantsStream(ReceivedRequest request, Prompt prompt);

    /** Whether the answer is to have thinking text. */
    boolean thinks(Prompt prompt);

    Reply completion(Answer answer);

    Reply stream(Answer answer, Duration pause);

    Reply refusal(Refusal refusal);

    /** A refusal after the head of a stream was sent. */
    Reply refusalInStream(Refusal refusal);
}
