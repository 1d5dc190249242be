package io.github.camelclova.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelclova.Images;
import io.github.camelclova.chat.ChatMessage;
import io.github.camelclova.chat.ContentPart;
import io.github.camelclova.testing.Reply;
import io.github.camelclova.testing.Transcript;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.mock.MockEndpoint;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@InEveryDsl
class DocumentedImagesTest extends DocumentedRoutes {

    private static final byte[] SHELF = Images.image("jpeg", 40, 30);

    @Test
    void photosInADirectoryAreAskedAbout(@TempDir Path inbox) throws Exception {
        service().replays(hello());
        context.getPropertiesComponent().addOverrideProperty("inbox", inbox.toString());
        Files.write(inbox.resolve("7.jpg"), SHELF);

        load("images");

        MockEndpoint answers = context.getEndpoint("mock:answers", MockEndpoint.class);
        answers.expectedMessageCount(1);
        answers.assertIsSatisfied();
        assertThat(request().json().at("/messages/0/content/0/text").asText())
                .isEqualTo("Which goods are on this shelf?");
        assertThat(request().json().at("/messages/0/content/1/dataUri/data").asText())
                .isEqualTo(Base64.getEncoder().encodeToString(SHELF));
    }

    @Test
    void aConversationHasAnImageInEachTurn() throws Exception {
        service().replays(hello());
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                // tag::parts[]
                from("direct:ask")
                        .setBody(exchange -> List.of(
                                ChatMessage.user(
                                        ContentPart.text("What is on this shelf?"),
                                        ContentPart.imageUrl("https://example.org/shelves/7.jpg")),
                                ChatMessage.assistant("Apples and pears."),
                                ChatMessage.user(
                                        ContentPart.text("And what is missing on this one?"),
                                        ContentPart.image(exchange.getMessage().getBody(byte[].class)))))
                        .to("clova:chat?model=HCX-005")
                        .to("direct:answers");
                // end::parts[]
            }
        });

        template.sendBody("direct:ask", SHELF);

        assertThat(bodiesAt("answers")).hasSize(1);
        assertThat(request().json().at("/messages/0/content/1/imageUrl/url").asText())
                .isEqualTo("https://example.org/shelves/7.jpg");
        assertThat(request().json().at("/messages/2/content/1/dataUri/data").asText())
                .isEqualTo(Base64.getEncoder().encodeToString(SHELF));
    }

    @Test
    void jsonMessagesHaveImagesAsOpenAiSpellsThem() throws Exception {
        service().replays(hello());
        load("image-messages");

        ask("");

        assertThat(bodiesAt("answers")).hasSize(1);
        assertThat(request().json().at("/messages/0/content/1/imageUrl/url").asText())
                .isEqualTo("https://example.org/shelves/7.jpg");
    }

    private static Reply hello() {
        return Reply.json(Transcript.load("transcripts/clova-v3/hello.json").text());
    }
}
