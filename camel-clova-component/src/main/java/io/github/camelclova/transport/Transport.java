package io.github.camelclova.transport;

import io.github.camelclova.chat.ClovaCancelledException;
import io.github.camelclova.chat.Failure;
import java.util.concurrent.CompletableFuture;

/** Takes calls to their service. */
@FunctionalInterface
public interface Transport {

    /** Sends a call and hands its response to the receiver as it arrives. */
    RunningCall open(HttpCall call, CallLimits limits, Deadline deadline, Receiver receiver);

    /**
     * Sends a call and collects its reply, whatever its status; fails with a {@code ClovaException}. Ending the future
     * early closes the connection.
     */
    default CompletableFuture<HttpReply> send(HttpCall call, CallLimits limits, Deadline deadline) {
        WholeReply whole = new WholeReply(call, limits.maxResponseSize());
        RunningCall running = open(call, limits, deadline, whole);
        CompletableFuture<HttpReply> reply = whole.reply();
        reply.whenComplete((done, failure) -> {
            if (failure != null) {
                running.cancel(new ClovaCancelledException("nobody waits for it", Failure.of(call.requestId())));
            }
        });
        return reply;
    }
}
