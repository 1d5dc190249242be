package io.github.camelclova;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelclova.testing.ClovaStandIn;
import io.github.camelclova.testing.ClovaStandInExtension;
import java.io.File;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.Arrays;
import java.util.concurrent.Callable;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** On a class path like this one, but without the libraries that are optional for observation. */
class WithoutMicrometerTest {

    private static final String OPTIONAL =
            ".*/(micrometer|camel-telemetry|camel-console|camel-health|camel-management)[^/]*\\.jar";

    @RegisterExtension
    static final ClovaStandInExtension SERVICE = new ClovaStandInExtension();

    /** What runs over there; it shares nothing with this side but the classes of the JDK. */
    public static final class Question implements Callable<String> {

        private final String baseUrl;

        public Question(String baseUrl) {
            this.baseUrl = baseUrl;
        }

        @Override
        public String call() throws Exception {
            CamelContext context = new DefaultCamelContext(false);
            context.setApplicationContextClassLoader(Question.class.getClassLoader());
            try {
                context.addRoutes(new RouteBuilder() {
                    @Override
                    public void configure() {
                        from("direct:ask").to("clova:chat?model=HCX-005&apiKey=k&baseUrl=" + baseUrl);
                    }
                });
                context.start();
                String answer = context.createProducerTemplate().requestBody("direct:ask", "hello", String.class);
                long calls = context.getComponent("clova", ClovaComponent.class).getCalls();
                return answer + " " + calls;
            } finally {
                context.stop();
            }
        }
    }

    @Test
    void nothingIsMissing() throws Exception {
        ClovaStandIn service = SERVICE.get();
        service.replays(Answers.good());
        Thread thread = Thread.currentThread();
        ClassLoader ours = thread.getContextClassLoader();
        try (URLClassLoader theirs = new URLClassLoader(classPath(), ClassLoader.getPlatformClassLoader())) {
            thread.setContextClassLoader(theirs);
            Class<?> question = theirs.loadClass(Question.class.getName());

            Object answer = question.getMethod("call")
                    .invoke(question.getConstructor(String.class).newInstance(service.baseUrl()));

            assertThat(answer).isEqualTo(Answers.TEXT + " 1");
            assertThat(theirs.getResource("io/micrometer/core/instrument/MeterRegistry.class"))
                    .isNull();
            assertThat(theirs.getResource("org/apache/camel/telemetry/Span.class"))
                    .isNull();
        } finally {
            thread.setContextClassLoader(ours);
        }
    }

    private static URL[] classPath() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !entry.matches(OPTIONAL))
                .map(WithoutMicrometerTest::url)
                .toArray(URL[]::new);
    }

    private static URL url(String entry) {
        try {
            return new File(entry).toURI().toURL();
        } catch (MalformedURLException impossible) {
            throw new AssertionError(impossible);
        }
    }
}
