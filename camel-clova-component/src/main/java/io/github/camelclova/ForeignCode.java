package io.github.camelclova;

import java.util.function.Supplier;
import org.apache.camel.RuntimeCamelException;

/** Code of beans and classes that an option names, which may throw anything. */
final class ForeignCode {

    private ForeignCode() {}

    /** Whatever it throws ends the exchange; an {@link Error} would only end the thread. */
    static <T> T run(Supplier<T> code) {
        try {
            return code.get();
        } catch (Throwable thrown) {
            throw RuntimeCamelException.wrapRuntimeException(thrown);
        }
    }
}
