package io.github.camelclova;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelclova.chat.ClovaException;
import io.github.camelclova.testing.ClovaStandIn;
import io.github.camelclova.testing.ClovaStandInExtension;
import io.github.camelclova.testing.Ending;
import io.github.camelclova.testing.ReceivedRequest;
import io.github.camelclova.testing.Reply;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.stream.Stream;
import javax.management.JMException;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanOperationInfo;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.support.PluginHelper;
import org.apache.logging.log4j.Level;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class SecretsTest {

    private static final String MARKER = "mArKeR";
    // With everything that means something in a URI, and the marker again behind it.
    private static final String KEY = "nv-" + MARKER + "+/=%41&#" + MARKER;
    private static final String GATEWAY_KEY = "gw-" + MARKER + "-key";
    private static final String HEADER = "hd-" + MARKER + "-value";
    private static final String PROMPT = "pRoMpT 비밀";
    private static final String ANSWER = "aNsWeR";

    @RegisterExtension
    static final ClovaStandInExtension SERVICE = new ClovaStandInExtension();

    private ClovaStandIn service;

    @BeforeEach
    void start() {
        service = SERVICE.get();
    }

    /** Where a secret can be written down. The gateway key is not for a URI: Camel does not know its name as a secret's. */
    private enum Place {
        COMPONENT,
        URI,
        PLACEHOLDER;

        /** Below INFO, Camel itself logs every URI and every placeholder that it resolves. */
        boolean promises(CapturedLog.Line line) {
            return this == COMPONENT
                    || line.level().isMoreSpecificThan(Level.INFO)
                    || !line.logger().startsWith("org.apache.camel.");
        }

        AskRoute route(String baseUrl) {
            return switch (this) {
                case COMPONENT -> AskRoute.managed(SecretsTest::tellTheComponent, baseUrl);
                case URI ->
                    AskRoute.managed(
                            SecretsTest::tellTheGatewayKey,
                            baseUrl,
                            "apiKey=RAW(" + KEY + ")",
                            "additionalHeader.X-Token=RAW(" + HEADER + ")");
                case PLACEHOLDER ->
                    AskRoute.managed(
                            SecretsTest::fillPlaceholders,
                            baseUrl,
                            "apiKey=RAW({{key}})",
                            "additionalHeader.X-Token={{header}}");
            };
        }
    }

    @ParameterizedTest
    @EnumSource(Place.class)
    void secretsAreSentAndShownNowhere(Place place) throws Exception {
        service.replays(
                Answers.good(), Reply.json(503, "{}"), Reply.json(401, "{}"), Reply.text(200, "text/html", "<p>"));
        try (CapturedLog log = new CapturedLog();
                AskRoute route = place.route(service.baseUrl())) {
            route.answer();
            for (int i = 0; i < 2; i++) {
                assertHidden(route.ask().getException());
            }
            service.replaysAlways(Reply.nothing().ending(Ending.RESET));
            assertHidden(route.ask().getException());

            assertThat(service.requests()).hasSizeGreaterThan(3).allSatisfy(SecretsTest::assertSent);
            assertThat(route.context.getEndpoints())
                    .allSatisfy(endpoint -> assertThat(endpoint.toString()).doesNotContain(MARKER));
            List<String> managed = managedTexts(route.context, place == Place.COMPONENT);
            assertThat(managed.stream().filter(text -> text.contains(MARKER))).isEmpty();
            route.context.stop();
            assertThat(log.lines()).hasSizeGreaterThan(100);
            assertThat(log.linesWith(MARKER).stream().filter(place::promises)).isEmpty();
        }
    }

    @Test
    void aRouteThatIsPrintedShowsNoSecretOfTheComponent() throws Exception {
        try (AskRoute route = Place.COMPONENT.route(service.baseUrl())) {
            assertThat(xml(route)).contains("clova:chat").doesNotContain(MARKER);
        }
    }

    @Test
    void aRouteThatIsPrintedShowsThePlaceholder() throws Exception {
        try (AskRoute route = Place.PLACEHOLDER.route(service.baseUrl())) {
            assertThat(xml(route)).contains("{{key}}").doesNotContain(MARKER);
        }
    }

    @Test
    void theLogsOfTheHttpClientAreCapturedAndNameTheHeaders() {
        service.replays(Answers.good());
        try (CapturedLog log = new CapturedLog();
                AskRoute route = Place.COMPONENT.route(service.baseUrl())) {
            route.answer();

            assertThat(log.lines())
                    .anyMatch(line -> line.logger().equals("org.apache.hc.client5.http.headers")
                            && line.text().contains("X-NCP-CLOVASTUDIO-API-KEY: xxxxxx"));
        }
    }

    /** What a service says is quoted, and a service may say which key it does not like. */
    static Stream<Function<String, Reply>> quotations() {
        return Stream.of(
                said -> Reply.json(401, Spoken.CLOVA_V3.refusal("40104", said)),
                said -> Reply.json(Spoken.CLOVA_V3.refusal("40104", said)),
                said -> Reply.json(400, "{\"error\":{\"code\":\"%s\"}}".formatted(said)),
                said -> Reply.text(403, "text/html", "<p>X-Token: " + said),
                said -> Reply.text(200, "text/html", "<p>X-Token: " + said),
                said -> Reply.events("event:error\ndata:%s\n\n".formatted(Spoken.CLOVA_V3.refusal("40104", said))));
    }

    @ParameterizedTest
    @MethodSource("quotations")
    void aServiceThatQuotesSecretsIsQuotedWithoutThem(Function<String, Reply> quotation) {
        service.replaysAlways(quotation.apply("no: %s, %s, %s".formatted(KEY, GATEWAY_KEY, HEADER)));
        for (String streaming : List.of("true", "false")) {
            try (AskRoute route =
                    AskRoute.managed(SecretsTest::tellTheComponent, service.baseUrl(), "streaming=" + streaming)) {
                Exception failure = route.ask().getException();

                assertHidden(failure);
                assertThat(failure).hasMessageContaining("xxxxxx");
            }
        }
    }

    static Stream<Reply> answers() {
        return Stream.of(
                Reply.json(Answers.JSON.replace(Answers.TEXT, ANSWER)),
                Reply.json(Answers.JSON.replace(Answers.TEXT, ANSWER).substring(0, 120)),
                Reply.json(Answers.JSON.replace(Answers.TEXT, ANSWER))
                        .truncatedAt(120)
                        .chunked(),
                Reply.json("{\"result\":\"" + ANSWER + "\"}"),
                Reply.json("[\"" + ANSWER + "\"]"),
                Reply.json("\"" + ANSWER + "\""),
                Reply.json("{\"status\":{\"code\":\"20000\"},\"result\":{\"message\":\"" + ANSWER + "\"}}"),
                Reply.json(503, "{}"));
    }

    @ParameterizedTest
    @MethodSource("answers")
    void promptsAndAnswersAreInNoMessageAndInNoLogThatIsUsuallyOn(Reply reply) {
        service.replaysAlways(reply);
        try (CapturedLog log = new CapturedLog();
                AskRoute route = AskRoute.to(service.baseUrl(), "maxRetries=1", "systemMessage=pRoMpT")) {
            Exchange asked = route.ask(PROMPT);
            route.context.stop();

            for (Throwable each = asked.getException(); each != null; each = each.getCause()) {
                assertThat(each.toString()).doesNotContain("pRoMpT").doesNotContain(ANSWER);
            }
            assertThat(log.lines().stream().filter(line -> line.level().isMoreSpecificThan(Level.INFO)))
                    .isNotEmpty()
                    .noneMatch(line ->
                            line.text().contains("pRoMpT") || line.text().contains(ANSWER));
        }
    }

    private static void tellTheComponent(CamelContext context) {
        ClovaConfiguration defaults =
                context.getComponent("clova", ClovaComponent.class).getConfiguration();
        defaults.setApiKey(KEY);
        tellTheGatewayKey(context);
        defaults.getAdditionalHeader().put("X-Token", HEADER);
    }

    private static void tellTheGatewayKey(CamelContext context) {
        context.getComponent("clova", ClovaComponent.class).getConfiguration().setApigwKey(GATEWAY_KEY);
    }

    private static void fillPlaceholders(CamelContext context) {
        tellTheGatewayKey(context);
        Properties properties = new Properties();
        properties.putAll(Map.of("key", KEY, "header", HEADER));
        context.getPropertiesComponent().setInitialProperties(properties);
    }

    private static void assertSent(ReceivedRequest request) {
        assertThat(request.header("X-NCP-CLOVASTUDIO-API-KEY")).contains(KEY);
        assertThat(request.header("X-NCP-APIGW-API-KEY")).contains(GATEWAY_KEY);
        assertThat(request.header("X-Token")).contains(HEADER);
    }

    private static void assertHidden(Throwable failure) {
        assertThat(failure).isInstanceOf(ClovaException.class);
        for (Throwable each = failure; each != null; each = each.getCause()) {
            assertThat(each.toString()).doesNotContain(MARKER);
        }
    }

    private static String xml(AskRoute route) throws Exception {
        ModelCamelContext model = (ModelCamelContext) route.context;
        return PluginHelper.getModelToXMLDumper(route.context)
                .dumpModelAsXml(route.context, model.getRouteDefinition(AskRoute.ROUTE));
    }

    /** Every attribute of every bean of this context, and what its operations without parameters tell. */
    private static List<String> managedTexts(CamelContext context, boolean withDumps) throws JMException {
        MBeanServer server = ManagementFactory.getPlatformMBeanServer();
        Set<ObjectName> names = server.queryNames(
                new ObjectName("org.apache.camel:context=" + context.getManagementName() + ",*"), null);
        List<String> texts = new ArrayList<>();
        for (ObjectName name : names) {
            texts.add(name.toString());
            for (MBeanAttributeInfo attribute : server.getMBeanInfo(name).getAttributes()) {
                texts.add(told(() -> server.getAttribute(name, attribute.getName())));
            }
            for (MBeanOperationInfo operation : server.getMBeanInfo(name).getOperations()) {
                if (withDumps
                        && operation.getSignature().length == 0
                        && operation.getName().startsWith("dump")) {
                    texts.add(told(() -> server.invoke(name, operation.getName(), null, null)));
                }
            }
        }
        return texts;
    }

    private static String told(Callable<Object> question) {
        try {
            return String.valueOf(question.call());
        } catch (Exception untold) {
            return untold + " " + untold.getCause();
        }
    }
}
