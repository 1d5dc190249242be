package io.github.camelclova.documentation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelclova.ClovaComponent;
import io.github.camelclova.Metadata;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@InEveryDsl
class DocumentedKameletsTest extends DocumentedRoutes {

    @Test
    void theChatActionAsks() throws Exception {
        load("kamelet-chat");

        ask("hello");

        assertThat(bodiesAt("answers")).singleElement().asString().contains("hello");
        assertThat(request().path()).endsWith("/HCX-005");
        assertThat(request().json().at("/messages/0/content").asText()).isEqualTo("Answer in one sentence.");
        assertThat(request().json().path("maxTokens").asInt()).isEqualTo(200);
    }

    @Test
    void whatIsNotSetIsNotSent() throws Exception {
        load("kamelet-moderated");

        ask("hello");

        assertThat(request().json().path("messages")).hasSize(1);
        assertThat(request().json().has("maxTokens")).isFalse();
        assertThat(request().json().has("temperature")).isFalse();
    }

    @Test
    void theChatActionAsksAnOpenAiCompatibleService() throws Exception {
        context.getPropertiesComponent()
                .addOverrideProperty("assistant.url", service().openAiBaseUrl());
        load("kamelet-openai");

        ask("hello");

        assertThat(request().path()).isEqualTo("/v1/chat/completions");
        assertThat(request().header("Authorization")).contains("Bearer key-of-the-environment");
    }

    @Test
    void theModeratedActionReplacesWhatBreaksThePolicy() throws Exception {
        load("kamelet-moderated");

        ask("one");
        ask("two #insult:1");

        assertThat(bodiesAt("answers"))
                .satisfiesExactly(one -> assertThat(one).asString().contains("one"), two -> assertThat(two)
                        .isEqualTo("Let me ask a colleague."));
        assertThat(bodiesAt("review")).containsExactly("Let me ask a colleague.");
    }

    @Test
    void theModeratedActionHasDefaults() throws Exception {
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:ask").to("kamelet:clova-moderated-chat-action?model=HCX-005");
            }
        });

        Exchange answered =
                template.send("direct:ask", exchange -> exchange.getMessage().setBody("hello #insult:0"));
        Exchange suspect =
                template.send("direct:ask", exchange -> exchange.getMessage().setBody("hello #insult:1"));

        assertThat(answered.getMessage().getBody()).isEqualTo("This answer was withheld.");
        assertThat(suspect.getMessage().getBody(String.class)).contains("hello");
    }

    @Test
    void aModelMustBeNamed() {
        assertThatThrownBy(() -> context.addRoutes(new RouteBuilder() {
                    @Override
                    public void configure() {
                        from("direct:ask").to("kamelet:clova-chat-action");
                    }
                }))
                .rootCause()
                .hasMessageContaining("model");
    }

    @ParameterizedTest
    @ValueSource(strings = {"clova-chat-action", "clova-moderated-chat-action"})
    void everyParameterIsDescribedAndSetsAnOption(String name) throws Exception {
        String kamelet = read("/kamelets/%s.kamelet.yaml".formatted(name));
        List<String> parameters = all("^ {6}(\\w+):\\n {8}title: .+\\n {8}description: \".+\\.\"$", kamelet);

        assertThat(all("^ {6}(\\w+):$", kamelet.substring(0, kamelet.indexOf("  template:"))))
                .hasSizeGreaterThan(5)
                .isEqualTo(parameters);
        assertThat(all("\"\\{\\{\\??(\\w+)}}\"", kamelet)).containsExactlyInAnyOrderElementsOf(parameters);
        assertThat(all("^ {14}(\\w+): ", kamelet)).isNotEmpty().allMatch(DocumentedKameletsTest::isOption);
    }

    private static boolean isOption(String name) {
        return Metadata.model().getEndpointOptions().stream()
                .anyMatch(option -> option.getName().equals(name));
    }

    private static List<String> all(String regex, String text) {
        return Pattern.compile(regex, Pattern.MULTILINE)
                .matcher(text)
                .results()
                .map(match -> match.group(1))
                .toList();
    }

    private static String read(String resource) throws IOException {
        try (InputStream in = ClovaComponent.class.getResourceAsStream(resource)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
