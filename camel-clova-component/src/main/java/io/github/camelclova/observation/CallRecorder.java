package io.github.camelclova.observation;

import io.github.camelclova.chat.ClovaException;
import io.github.camelclova.chat.Usage;
import io.github.camelclova.protocol.CallListener;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells observers of the calls of one endpoint. An observer that throws costs no answer: its first failure is logged. */
public final class CallRecorder implements CallListener {

    private static final Logger LOG = LoggerFactory.getLogger(CallRecorder.class);

    private final List<CallObserver> observers;
    private final boolean usesTokens;
    private final LongSupplier nanoTime;
    private final AtomicBoolean warned = new AtomicBoolean();

    /**
     * Tells these observers.
     *
     * @param usesTokens whether the tokens of an answer were used up by it; to count tokens uses none
     * @param nanoTime as {@link System#nanoTime}
     */
    public CallRecorder(List<CallObserver> observers, boolean usesTokens, LongSupplier nanoTime) {
        this.observers = List.copyOf(observers);
        this.usesTokens = usesTokens;
        this.nanoTime = nanoTime;
    }

    @Override
    public Call begins(@Nullable String model, boolean streamed) {
        if (streamed) {
            tell(CallObserver::streamOpened);
        }
        return new Recording(model);
    }

    /** As {@link CallObserver#judged}. */
    public void judged(@Nullable String verdict, List<String> reasons) {
        tell(observer -> observer.judged(verdict, reasons));
    }

    /** Hands the failure back, to be thrown. */
    public <T extends ClovaException> T rejected(T why) {
        tell(observer -> observer.rejected(why));
        return why;
    }

    private void tell(Consumer<CallObserver> fact) {
        for (CallObserver observer : observers) {
            try {
                fact.accept(observer);
            } catch (RuntimeException unable) {
                if (warned.compareAndSet(false, true)) {
                    LOG.warn("Calls are not observed as they should be", unable);
                }
            }
        }
    }

    private final class Recording implements Call {

        private final @Nullable String model;
        private final long begin = nanoTime.getAsLong();
        private final AtomicBoolean settled = new AtomicBoolean();
        private final AtomicBoolean closed = new AtomicBoolean();

        Recording(@Nullable String model) {
            this.model = model;
        }

        @Override
        public void waited(Duration time) {
            if (!time.isZero()) {
                tell(observer -> observer.waited(time));
            }
        }

        @Override
        public void retries() {
            tell(CallObserver::retried);
        }

        @Override
        public void firstToken() {
            Duration wait = sinceBegin();
            tell(observer -> observer.firstToken(wait));
        }

        @Override
        public void answered(Usage usage, @Nullable String responseModel, Map<String, String> rateLimit) {
            Usage used = usesTokens ? usage : Usage.UNKNOWN;
            settle(new EndedCall(model, responseModel, used, null, sinceBegin(), rateLimit));
        }

        @Override
        public void failed(Throwable why) {
            Throwable cause = why instanceof CompletionException && why.getCause() != null ? why.getCause() : why;
            settle(new EndedCall(model, null, Usage.UNKNOWN, cause, sinceBegin(), Map.of()));
        }

        @Override
        public void closed() {
            if (closed.compareAndSet(false, true)) {
                tell(CallObserver::streamClosed);
            }
        }

        private void settle(EndedCall call) {
            if (settled.compareAndSet(false, true)) {
                tell(observer -> observer.ended(call));
            }
        }

        private Duration sinceBegin() {
            return Duration.ofNanos(nanoTime.getAsLong() - begin);
        }
    }
}
