package io.github.camelclova.documentation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.camelclova.ClovaComponent;
import io.github.camelclova.ClovaConstants;
import io.github.camelclova.Metadata;
import io.github.camelclova.chat.ClovaAiFilterException;
import io.github.camelclova.chat.ClovaAuthenticationException;
import io.github.camelclova.chat.ClovaContextLengthException;
import io.github.camelclova.chat.ClovaException;
import io.github.camelclova.chat.ClovaRateLimitException;
import io.github.camelclova.chat.ClovaServerException;
import io.github.camelclova.protocol.ProtocolFacts;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.tooling.model.BaseOptionModel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What the page about troubleshooting quotes is what the component says. */
class TroubleshootingTest extends DocumentedRoutes {

    private static final byte[] PNG = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};

    static Stream<Arguments> refusedEndpoints() {
        return Tables.below("troubleshooting", "A route does not start").stream()
                .map(row -> Arguments.of(Tables.code(row.get(0)), Tables.code(row.get(1))));
    }

    @ParameterizedTest
    @MethodSource("refusedEndpoints")
    void anEndpointIsRefusedInTheWordsOfThePage(String uri, String words) throws Exception {
        try (DefaultCamelContext keyed = new DefaultCamelContext()) {
            if (!words.contains("apiKey")) {
                keyed.getComponent("clova", ClovaComponent.class)
                        .getConfiguration()
                        .setApiKey("nv-of-the-test");
            }
            keyed.start();

            Throwable refused =
                    catchThrowable(() -> keyed.getEndpoint(uri).createProducer().start());

            String lastCause = messages(refused).reduce((one, next) -> next).orElseThrow();
            if (words.startsWith("Option")) {
                assertThat(lastCause).isEqualTo(words);
            } else {
                assertThat(lastCause).contains(words);
            }
        }
    }

    @Test
    void nothingIsReadFromTheComponent() {
        assertThat(catchThrowable(
                        () -> context.getEndpoint("clova:chat?model=HCX-005").createConsumer(exchange -> {})))
                .isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void aMessageIsRefusedInTheWordsOfThePage() {
        List<Exchange> refused = new ArrayList<>();
        refused.add(ask("clova:chat?model=HCX-005", "", null, null));
        refused.add(ask(
                "clova:chat?model=HCX-005&bodyFormat=messages",
                "[{\"role\":\"system\",\"content\":\"Be brief.\"}]",
                null,
                null));
        refused.add(ask("clova:chat?model=HCX-005&bodyFormat=messages", "When?", null, null));
        refused.add(ask("clova:chat?model=HCX-005", PNG, null, null));
        refused.add(ask("clova:chat?model=HCX-005", "When?", ClovaConstants.TEMPERATURE, "7"));
        refused.add(ask("clova:chat?model=HCX-005&maxTokensLimit=500", "When?", ClovaConstants.MAX_TOKENS, 900));
        refused.add(ask("clova:chat?model=HCX-005", "When?", ClovaConstants.REQUEST_ID, "7 and a half"));

        List<String> told = refused.stream()
                .map(exchange -> exchange.getException().getMessage())
                .toList();
        List<String> quoted = Tables.below("troubleshooting", "A message is refused before the call").stream()
                .map(row -> Tables.code(row.get(0)))
                .toList();
        assertThat(told).hasSameSizeAs(quoted);
        for (int i = 0; i < told.size(); i++) {
            assertThat(told.get(i)).startsWith(quoted.get(i));
        }
        assertThat(service().requests()).isEmpty();
    }

    @Test
    void everyCodeIsOnThePageAndTheComponentAsksAgainWhereThePageSaysSo() {
        List<List<String>> rows = Tables.below("troubleshooting", "Codes of CLOVA Studio");

        assertThat(rows.stream().flatMap(TroubleshootingTest::codes))
                .containsExactlyInAnyOrderElementsOf(ExceptionsPage.CLOVA_CODES);
        assertThat(rows).allSatisfy(row -> assertThat(codes(row))
                .allSatisfy(code -> assertThat(ProtocolFacts.refused(200, code).isRetryable() ? "yes" : "no")
                        .isEqualTo(row.get(3))));
    }

    @Test
    void everyKindOfFailureIsOnThePage() {
        List<String> withCode = Stream.of(
                        ClovaAuthenticationException.class,
                        ClovaContextLengthException.class,
                        ClovaRateLimitException.class,
                        ClovaServerException.class)
                .map(Class::getSimpleName)
                .toList();
        Stream<String> kinds = Arrays.stream(ClovaException.class.getPermittedSubclasses())
                .map(Class::getSimpleName)
                .filter(kind -> !withCode.contains(kind));
        List<String> told = Stream.concat(
                        Tables.below("troubleshooting", "Exceptions without a code").stream(),
                        Stream.of(List.of("`ClovaTimeoutException`")))
                .map(row -> Tables.code(row.get(0)))
                .toList();

        assertThat(told).containsExactlyInAnyOrderElementsOf(kinds.toList());
        assertThat(told).contains(ClovaAiFilterException.class.getSimpleName());
    }

    @Test
    void theClocksHaveTheTimesOfThePage() {
        assertThat(Tables.below("troubleshooting", "A clock ran out"))
                .hasSize(5)
                .allSatisfy(row -> {
                    BaseOptionModel option = option(Tables.code(row.get(0)));
                    String inShort = row.get(1).replace(" min", "m");
                    assertThat(option.getDefaultValue() + " " + option.getDescription())
                            .containsAnyOf(inShort, "else " + row.get(1));
                });
    }

    private static BaseOptionModel option(String name) {
        return Metadata.model().getEndpointOptions().stream()
                .filter(option -> option.getName().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private Exchange ask(String uri, Object body, String header, Object value) {
        return template.request(uri, exchange -> {
            exchange.getMessage().setBody(body);
            if (header != null) {
                exchange.getMessage().setHeader(header, value);
            }
        });
    }

    private static Stream<String> codes(List<String> row) {
        return Arrays.stream(row.get(0).split(", ", -1)).map(Tables::code);
    }

    private static Stream<String> messages(Throwable failure) {
        return Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
                .map(each -> String.valueOf(each.getMessage()));
    }
}
