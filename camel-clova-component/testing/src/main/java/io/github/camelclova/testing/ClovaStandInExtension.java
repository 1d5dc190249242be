package io.github.camelclova.testing;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives JUnit 5 tests a stand-in service.
 *
 * <pre>{@code
 * @RegisterExtension
 * static final ClovaStandInExtension service = new ClovaStandInExtension();
 * }</pre>
 *
 * <p>In a static field, or with {@code @ExtendWith}, one service is started for the test class and the classes nested in it,
 * is {@linkplain ClovaStandIn#reset reset} after each test and closed at the end. In an instance field each test has a
 * service of its own. Tests ask {@link #get} or have a parameter of type {@link ClovaStandIn}. Not for tests of one class
 * that run at the same time.
 */
public final class ClovaStandInExtension
        implements BeforeAllCallback, BeforeEachCallback, AfterEachCallback, AfterAllCallback, ParameterResolver {

    private final ClovaStandIn.Builder builder;
    private int classes;
    private @Nullable ClovaStandIn running;

    /** With a service on a free port, without TLS. */
    public ClovaStandInExtension() {
        this(ClovaStandIn.builder());
    }

    /** With a service as the builder says. */
    public ClovaStandInExtension(ClovaStandIn.Builder builder) {
        this.builder = requireNonNull(builder, "builder");
    }

    /** The service. Throws {@link IllegalStateException} when none is running, so before and after the tests. */
    public ClovaStandIn get() {
        ClovaStandIn standIn = running;
        if (standIn == null) {
            throw new IllegalStateException("the stand-in runs only during tests");
        }
        return standIn;
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        classes++;
        startUnlessRunning();
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        startUnlessRunning();
    }

    @Override
    public void afterEach(ExtensionContext context) {
        if (classes > 0) {
            get().reset();
        } else {
            close();
        }
    }

    @Override
    public void afterAll(ExtensionContext context) {
        classes--;
        if (classes == 0) {
            close();
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == ClovaStandIn.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return get();
    }

    private void startUnlessRunning() {
        if (running == null) {
            running = builder.start();
        }
    }

    private void close() {
        if (running != null) {
            running.close();
            running = null;
        }
    }
}
