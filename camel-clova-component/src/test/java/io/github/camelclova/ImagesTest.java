package io.github.camelclova;

import static io.github.camelclova.Target.OPENAI;
import static io.github.camelclova.Target.V1_MODEL;
import static io.github.camelclova.Target.V3_MODEL;
import static io.github.camelclova.Target.V3_TASK;
import static io.github.camelclova.Target.read;
import static io.github.camelclova.Target.reply;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.camelclova.chat.ChatMessage;
import io.github.camelclova.chat.ContentPart;
import io.github.camelclova.chat.Role;
import io.github.camelclova.chat.ToolCall;
import io.github.camelclova.testing.Reply;
import io.github.camelclova.testing.Transcript;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.file.GenericFile;
import org.apache.camel.component.file.GenericFileDefaultBinding;
import org.apache.camel.converter.stream.FileInputStreamCache;
import org.apache.camel.converter.stream.InputStreamCache;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How images reach a service, and which do not. */
class ImagesTest {

    private static final byte[] PNG = Images.png(40, 30);
    private static final String BASE64 = Base64.getEncoder().encodeToString(PNG);
    private static final String URL = "https://example.org/shelf/7.jpg?token=secret";
    private static final String ASKED = "imagePrompt=What is this?";
    private static final String TOOLS = "tools=[{\"name\":\"now\",\"description\":\"The time\"}]";
    private static final int MIB = 1024 * 1024;
    private static final int LARGEST = 20 * MIB;

    @RegisterExtension
    static final ChatRoutes routes = new ChatRoutes();

    @TempDir
    static Path directory;

    // ---- messages in Java

    @ParameterizedTest
    @EnumSource(names = {"V3_MODEL", "OPENAI"})
    void anImageByItsAddressIsSentAsThat(Target target) {
        JsonNode content =
                contentOf(target, ChatMessage.user(ContentPart.text("What is this?"), ContentPart.imageUrl(URL)));

        assertThat(content).isEqualTo(asked(address(target, URL)));
    }

    @ParameterizedTest
    @EnumSource(names = {"V3_MODEL", "OPENAI"})
    void theBytesOfAnImageAreSentAsBase64(Target target) {
        JsonNode content =
                contentOf(target, ChatMessage.user(ContentPart.text("What is this?"), ContentPart.image(PNG)));

        assertThat(content).isEqualTo(asked(data(target, "image/png", BASE64)));
    }

    static Stream<Arguments> formats() {
        return Stream.of(
                Arguments.of(Images.image("bmp", 9, 9), "image/bmp"),
                Arguments.of(Images.image("jpeg", 9, 9), "image/jpeg"),
                Arguments.of(Images.png(9, 9), "image/png"),
                Arguments.of(Images.webp("lossy"), "image/webp"),
                Arguments.of(Images.webp("lossless"), "image/webp"),
                Arguments.of(Images.webp("extended"), "image/webp"));
    }

    @ParameterizedTest
    @MethodSource("formats")
    void theBytesTellTheTypeWhateverTheyAreCalled(byte[] image, String mediaType) {
        String base64 = Base64.getEncoder().encodeToString(image);
        List<ContentPart> body = List.of(ContentPart.text("What is this?"), ContentPart.image(image, "image/gif"));

        assertThat(contentOf(OPENAI, body)).isEqualTo(asked(data(OPENAI, mediaType, base64)));
        assertThat(contentOf(V3_MODEL, body)).isEqualTo(asked(data(V3_MODEL, mediaType, base64)));
    }

    @Test
    void anOpenAiServiceMayTakeAFormatThatNobodyHereKnows() {
        ContentPart heic = ContentPart.image("no known beginning".getBytes(UTF_8), "Image/HEIC");

        JsonNode content = contentOf(OPENAI, List.of(ContentPart.text("What is this?"), heic));

        assertThat(content)
                .isEqualTo(asked(data(
                        OPENAI,
                        "image/heic",
                        Base64.getEncoder().encodeToString("no known beginning".getBytes(UTF_8)))));
    }

    @Test
    void aListOfPartsIsOneMessage() {
        contentOf(V3_MODEL, List.of(ContentPart.image(PNG), ContentPart.text("What is this?")));

        assertThat(lastRequest().path("messages")).hasSize(1);
        assertThat(lastRequest().at("/messages/0/role").textValue()).isEqualTo("user");
        assertThat(lastRequest().path("messages").findValuesAsText("type")).containsExactly("image_url", "text");
    }

    @Test
    void onePartIsAMessageToo() {
        assertThat(contentOf(V3_MODEL, ContentPart.image(PNG)))
                .isEqualTo(read("[%s]".formatted(data(V3_MODEL, "image/png", BASE64))));
    }

    @ParameterizedTest
    @EnumSource
    void textPartsAloneAreUnderstoodByAll(Target target) {
        JsonNode content = contentOf(target, List.of(ContentPart.text("one"), ContentPart.text("two")));

        boolean hasParts = target.dialect().equals("clova-v3") || target == OPENAI;
        assertThat(content)
                .isEqualTo(read(
                        hasParts
                                ? "[{\"type\":\"text\",\"text\":\"one\"},{\"type\":\"text\",\"text\":\"two\"}]"
                                : "\"one\\ntwo\""));
    }

    @ParameterizedTest
    @EnumSource(names = {"V3_MODEL", "OPENAI"})
    void aConversationMayHaveAnImageInEachOfItsTurns(Target target) {
        List<ChatMessage> body = List.of(
                ChatMessage.user(ContentPart.text("This?"), ContentPart.image(PNG)),
                ChatMessage.assistant("A shelf."),
                ChatMessage.user(ContentPart.text("And this?"), ContentPart.imageUrl(URL)));

        answer(target, body);

        assertThat(lastRequest().at("/messages/0/content")).hasSize(2);
        assertThat(lastRequest().at("/messages/1/content").textValue()).isEqualTo("A shelf.");
        assertThat(lastRequest().at("/messages/2/content")).hasSize(2);
    }

    @Test
    void onlyAUserShowsImages() {
        for (Role role : List.of(Role.SYSTEM, Role.ASSISTANT)) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new ChatMessage(role, List.of(ContentPart.image(PNG)), List.of(), null))
                    .withMessageContaining("role user");
        }
        assertThatIllegalArgumentException().isThrownBy(ChatMessage::user).withMessageContaining("needs content");
    }

    @Test
    void whatIsSaidAndShownIsInNoToString() {
        ChatMessage message = ChatMessage.user(
                ContentPart.text("a secret"), ContentPart.imageUrl(URL), ContentPart.image(PNG, "image/png"));

        assertThat(message + "" + message.content())
                .doesNotContain("secret")
                .contains("2 images", "https", "image/png, %d bytes".formatted(PNG.length));
    }

    @Test
    void whoeverHasTheBytesCannotChangeTheMessage() {
        byte[] bytes = PNG.clone();
        ContentPart image = ContentPart.image(bytes);

        Arrays.fill(bytes, (byte) 0);

        assertThat(image).isEqualTo(ContentPart.image(PNG));
    }

    // ---- messages as data

    static Stream<Arguments> spellings() {
        String open = "{\"type\":\"image_url\",\"image_url\":{\"url\":\"%s\",\"detail\":\"low\"}}";
        String clova = "{\"type\":\"image_url\",\"imageUrl\":{\"url\":\"%s\"}}";
        String uri = "{\"type\":\"image_url\",\"dataUri\":{\"data\":\"%s\"}}";
        String data = "data:image/png;base64," + BASE64;
        return Stream.of(V3_MODEL, OPENAI)
                .flatMap(target -> Stream.of(
                        Arguments.of(target, open.formatted(URL), address(target, URL)),
                        Arguments.of(target, clova.formatted(URL), address(target, URL)),
                        Arguments.of(target, open.formatted(data), data(target, "image/png", BASE64)),
                        Arguments.of(target, clova.formatted(data), data(target, "image/png", BASE64)),
                        Arguments.of(
                                target,
                                open.formatted("DATA:Image/PNG;name=shelf.png;Base64," + BASE64),
                                data(target, "image/png", BASE64)),
                        Arguments.of(target, uri.formatted(BASE64), data(target, "image/png", BASE64)),
                        Arguments.of(target, uri.formatted(data), data(target, "image/png", BASE64))));
    }

    @ParameterizedTest
    @MethodSource("spellings")
    void jsonMaySpellImagesAsEitherServiceDoes(Target target, String part, JsonNode sent) {
        String json =
                "[{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"What is this?\"},%s]}]".formatted(part);

        assertThat(contentOf(target, json, "bodyFormat=messages")).isEqualTo(asked(sent));
    }

    @Test
    void mapsMayHaveListsOfPartsThatAreMapsOrReady() {
        Map<String, Object> message = Map.of(
                "role",
                "user",
                "content",
                List.of(
                        Map.of("type", "text", "text", "What is this?"),
                        Map.of("type", "image_url", "image_url", Map.of("url", URL))));
        Map<String, Object> ready =
                Map.of("role", "user", "content", List.of(ContentPart.text("What is this?"), ContentPart.image(PNG)));

        assertThat(contentOf(V3_MODEL, message)).isEqualTo(asked(address(V3_MODEL, URL)));
        assertThat(contentOf(V3_MODEL, ready)).isEqualTo(asked(data(V3_MODEL, "image/png", BASE64)));
    }

    static Stream<Arguments> wrongParts() {
        String url = "{\"type\":\"image_url\",\"image_url\":{\"url\":\"%s\"}}";
        String both = "{\"type\":\"image_url\",\"imageUrl\":{\"url\":\"%s\"},\"dataUri\":{\"data\":\"%s\"}}";
        return Stream.of(
                Arguments.of("\"secret\"", "needs the type text"),
                Arguments.of("{\"text\":\"secret\"}", "needs the type text"),
                Arguments.of("{\"type\":\"text\"}", "needs the type text"),
                Arguments.of("{\"type\":\"text\",\"text\":5}", "needs the type text"),
                Arguments.of("{\"type\":\"input_audio\",\"text\":\"secret\"}", "needs the type text"),
                Arguments.of("{\"type\":\"image_url\",\"image_url\":\"%s\"}".formatted(URL), "image_url.url"),
                Arguments.of("{\"type\":\"image_url\"}", "image_url.url"),
                Arguments.of(both.formatted(URL, BASE64), "with one of"),
                Arguments.of(url.formatted("file:///etc/secret.png"), "http or https"),
                Arguments.of(url.formatted("/etc/secret.png"), "http or https"),
                Arguments.of(url.formatted("classpath:secret.png"), "http or https"),
                Arguments.of(url.formatted("ftp://secret/a.png"), "http or https"),
                Arguments.of(url.formatted("https:///secret.png"), "a host"),
                Arguments.of(url.formatted("https://secret .org/a.png"), "no URL"),
                Arguments.of(url.formatted("data:image/png,secret"), "data URL"),
                Arguments.of(url.formatted("data:image/png;base64"), "data URL"),
                Arguments.of(url.formatted("data:image/png;base64,"), "without a byte"),
                Arguments.of(url.formatted("data:image/png;base64,secret!"), "no Base64"),
                Arguments.of(url.formatted("data:image/png;base64,c2VjcmV0"), "no image/png"),
                Arguments.of(url.formatted("data:text/plain;base64,c2VjcmV0"), "no type of an image"),
                Arguments.of("{\"type\":\"image_url\",\"dataUri\":{\"data\":\"c2VjcmV0\"}}", "BMP, GIF, JPEG"),
                Arguments.of("{\"type\":\"image_url\",\"dataUri\":{\"data\":\"%s\"}}".formatted(URL), "no Base64"));
    }

    @ParameterizedTest
    @MethodSource("wrongParts")
    void whatIsNoPartIsRefusedByPositionWithoutQuotingIt(String part, String problem) {
        String json =
                "[{\"role\":\"user\",\"content\":\"a\"},{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"b\"},%s]}]"
                        .formatted(part);

        Exchange failed = routes.ask(OPENAI.at(routes.service(), "bodyFormat=messages"), json);

        assertRefused(failed, "entry 1, part 1: ", problem);
        assertThat(Stream.<Throwable>iterate(failed.getException(), each -> each != null, Throwable::getCause))
                .allSatisfy(each -> assertThat(each.getMessage()).doesNotContain("secret", BASE64));
    }

    @Test
    void anImageOfAnotherRoleIsRefusedInJson() {
        String json = "[{\"role\":\"assistant\",\"content\":[{\"type\":\"image_url\",\"image_url\":{\"url\":\"%s\"}}]}]"
                .formatted(URL);

        assertRefused(routes.ask(OPENAI.at(routes.service(), "bodyFormat=messages"), json), "entry 0", "role user");
    }

    @Test
    void anEmptyListOfPartsIsNoContent() {
        String json = "[{\"role\":\"user\",\"content\":[]}]";

        assertRefused(routes.ask(OPENAI.at(routes.service(), "bodyFormat=messages"), json), "entry 0", "content");
    }

    // ---- bodies

    static Stream<Arguments> imageBodies() throws IOException {
        Path file = Files.write(Files.createTempDirectory(directory, "body").resolve("shelf.png"), PNG);
        Path nameless = Files.write(directory.resolve("nameless"), PNG);
        return Stream.of(V3_MODEL, OPENAI).flatMap(target -> Stream.<Map.Entry<String, Supplier<Object>>>of(
                        Map.entry("bytes", () -> PNG),
                        Map.entry("stream", () -> new ByteArrayInputStream(PNG)),
                        Map.entry("buffered", () -> new BufferedInputStream(new ByteArrayInputStream(PNG))),
                        Map.entry("bare stream", () -> bare(new ByteArrayInputStream(PNG))),
                        Map.entry("cache", () -> new InputStreamCache(PNG)),
                        Map.entry("spooled", () -> new FileInputStreamCache(file.toFile())),
                        Map.entry("file", file::toFile),
                        Map.entry("path", () -> file),
                        Map.entry("without a name", nameless::toFile))
                .map(body -> Arguments.of(target, body.getKey(), body.getValue())));
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("imageBodies")
    void bytesThatAreAnImageAreAskedAboutWithThePrompt(Target target, String kind, Supplier<Object> body) {
        assertThat(contentOf(target, body.get(), ASKED)).isEqualTo(asked(data(target, "image/png", BASE64)));
    }

    @ParameterizedTest
    @EnumSource(names = {"V3_MODEL", "OPENAI"})
    void aStreamedAnswerIsAskedForWithAnImageToo(Target target) {
        String transcript =
                "transcripts/%s/hello-in-three-tokens.sse".formatted(target == OPENAI ? "openai" : "clova-v3");
        routes.service().replays(Reply.events(Transcript.load(transcript)));
        routes.add(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:heard").to("mock:heard");
            }
        });

        Exchange answer = routes.ask(target.at(routes.service(), ASKED, "streamTo=direct:heard"), PNG);

        assertThat(answer.getException()).isNull();
        assertThat(lastRequest().at("/messages/0/content")).isEqualTo(asked(data(target, "image/png", BASE64)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"shelf.png", "shelf.dat"})
    void aConsumedFileIsAnImageByItsNameOrItsBytes(String name) throws IOException {
        Path inbox = Files.createTempDirectory(directory, "inbox");
        Files.write(inbox.resolve(name), PNG);
        routes.service().replays(reply(V3_MODEL.hello()));
        routes.add(new RouteBuilder() {
            @Override
            public void configure() {
                from("file:" + inbox + "?charset=EUC-KR&initialDelay=0&noop=true&idempotent=true")
                        .to(V3_MODEL.at(routes.service(), ASKED));
            }
        });

        JsonNode request =
                routes.service().awaitRequest(0, Duration.ofSeconds(20)).json();
        assertThat(request.at("/messages/0/content")).isEqualTo(asked(data(V3_MODEL, "image/png", BASE64)));
    }

    @ParameterizedTest
    @CsvSource({"false, shelf.png", "true, shelf.png", "true, shelf.dat"})
    void aFileThatStreamsFromElsewhereIsAnImageToo(boolean marks, String name) {
        InputStream stream = new ByteArrayInputStream(PNG);
        routes.service().replays(reply(V3_MODEL.hello()));

        Exchange answer = routes.ask(
                V3_MODEL.at(routes.service(), ASKED),
                remoteFile(marks ? stream : bare(stream)),
                Map.of(Exchange.FILE_NAME, name));

        assertThat(answer.getException()).isNull();
        assertThat(lastRequest().at("/messages/0/content")).isEqualTo(asked(data(V3_MODEL, "image/png", BASE64)));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aTextThatStreamsFromElsewhereIsReadWhole(boolean marks) {
        InputStream stream = new ByteArrayInputStream("배송은 언제 오나요?".getBytes(UTF_8));
        routes.service().replays(reply(V3_MODEL.hello()));

        routes.ask(
                V3_MODEL.at(routes.service(), ASKED),
                remoteFile(marks ? stream : bare(stream)),
                Map.of(Exchange.FILE_NAME, "question.txt"));

        assertThat(lastRequest().at("/messages/0/content").textValue()).isEqualTo("배송은 언제 오나요?");
    }

    /** As the FTP component makes them. */
    private static GenericFile<Object> remoteFile(InputStream stream) {
        GenericFile<Object> file = new GenericFile<>();
        file.setBinding(new GenericFileDefaultBinding<>());
        file.setFile("a file on a server");
        file.setBody(stream);
        return file;
    }

    @Test
    void aHeaderMayBringThePromptWhereTheRouteAllowsIt() {
        routes.service().replays(reply(V3_MODEL.hello()));

        Exchange answer = routes.ask(
                V3_MODEL.at(routes.service(), "allowedHeaderOverrides=messages"),
                PNG,
                Map.of(ClovaConstants.IMAGE_PROMPT, "How many?"));

        assertThat(answer.getException()).isNull();
        assertThat(lastRequest().at("/messages/0/content/0/text").textValue()).isEqualTo("How many?");
    }

    @Test
    void anImageWithoutAPromptIsRefusedNamingBothWaysToSetIt() {
        Exchange failed =
                routes.ask(OPENAI.at(routes.service()), PNG, Map.of(ClovaConstants.IMAGE_PROMPT, "not allowed"));

        assertRefused(failed, "imagePrompt", ClovaConstants.IMAGE_PROMPT);
        assertThat(failed.getMessage().getBody()).isSameAs(PNG);
    }

    @ParameterizedTest
    @ValueSource(strings = {"BM is no bitmap, and GIF89a is none", "배송은 언제 오나요?", "GIF89a was a format of images"})
    void bytesOfTextAreTextBesideAPromptForImages(String text) {
        assertThat(contentOf(V3_MODEL, text.getBytes(UTF_8), ASKED).textValue()).isEqualTo(text);
        assertThat(contentOf(V3_MODEL, bare(new ByteArrayInputStream(text.getBytes(UTF_8))), ASKED)
                        .textValue())
                .isEqualTo(text);
        assertThat(contentOf(V3_MODEL, new InputStreamCache(text.getBytes(UTF_8)), ASKED)
                        .textValue())
                .isEqualTo(text);
    }

    @Test
    void aTextIsTextWhateverItsTypeIsSaidToBe() {
        routes.service().replays(reply(V3_MODEL.hello()));

        routes.ask(V3_MODEL.at(routes.service(), ASKED), "hello", Map.of(Exchange.CONTENT_TYPE, "image/png"));

        assertThat(lastRequest().at("/messages/0/content").textValue()).isEqualTo("hello");
    }

    @Test
    void anImageIsTextWhereTheRouteSaysSo() {
        assertThat(contentOf(V3_MODEL, Images.image("bmp", 2, 2), "bodyFormat=text")
                        .textValue())
                .startsWith("BM");
    }

    @ParameterizedTest
    @CsvSource({"image/png, no image/png", "image/tiff; q=1, image/tiff", "'IMAGE/../x', no type of an image"})
    void bytesThatAreNotTheImageTheyAreSaidToBeAreRefused(String contentType, String problem) {
        Exchange failed = routes.ask(
                V3_MODEL.at(routes.service(), ASKED),
                "hello".getBytes(UTF_8),
                Map.of(Exchange.CONTENT_TYPE, contentType));

        assertRefused(failed, "message body", problem);
    }

    @Test
    void aFileThatIsNotTheImageItsNameSaysIsRefused() throws IOException {
        Path file = Files.writeString(directory.resolve("fake.jpg"), "hello");

        assertRefused(routes.ask(V3_MODEL.at(routes.service(), ASKED), file.toFile()), "message body", "no image/jpeg");
    }

    @Test
    void aFileThatIsNotThereIsRefusedAsInput() {
        Path nowhere = directory.resolve("nowhere.png");

        assertRefused(routes.ask(V3_MODEL.at(routes.service(), ASKED), nowhere), "message body", "cannot be read");
    }

    @Test
    void aCachedStreamIsThereAgainForTheErrorHandler() throws IOException {
        InputStreamCache body = new InputStreamCache(PNG);
        routes.service().replays(reply(V3_MODEL.refusal("50000", "no")).status(500));

        Exchange failed = routes.ask(V3_MODEL.at(routes.service(), ASKED), body);

        assertThat(failed.getException()).isNotNull();
        assertThat(failed.getMessage().getBody(InputStream.class).readAllBytes())
                .isEqualTo(PNG);
    }

    @Test
    void theTokensOfAnImageAreCountedAsAChatWouldSendIt() {
        routes.service().replays(Reply.json("""
                {"status":{"code":"20000"},"result":{"messages":[{"role":"user","content":[
                  {"type":"text","text":"What is this?","count":5},{"type":"image_url","count":1478}]}]}}"""));
        String uri = V3_MODEL.at(routes.service(), ASKED).replace("clova:chat", "clova:count-tokens");

        Exchange counted = routes.ask(uri, PNG);

        assertThat(counted.getMessage().getBody()).isEqualTo(1483);
        assertThat(lastRequest().at("/messages/0/content")).isEqualTo(asked(data(V3_MODEL, "image/png", BASE64)));
    }

    // ---- who takes none

    static Stream<Arguments> blind() {
        return Stream.of(
                Arguments.of(V1_MODEL, "model=HCX-003", "clova-v1 cannot express images"),
                Arguments.of(Target.V1_TASK, "taskId=abc", "clova-v1 cannot express images"),
                Arguments.of(Target.V2_TASK, "taskId=abc", "clova-v2 cannot express images"),
                Arguments.of(V3_TASK, "taskId=abc", "tuned task"),
                Arguments.of(V3_MODEL, "model=HCX-DASH-002", "HCX-005, and HCX-DASH-002 does not"),
                Arguments.of(V3_MODEL, "model=HCX-007", "HCX-005, and HCX-007 does not"),
                Arguments.of(V3_MODEL, "model=HCX-005&" + TOOLS, "beside tools"),
                Arguments.of(V3_MODEL, "model=HCX-009&thinkingEffort=low", "beside thinkingEffort=low"));
    }

    @ParameterizedTest
    @MethodSource("blind")
    void whereNoImageCanBeAskedAboutItIsRefusedBeforeTheCall(Target target, String options, String problem) {
        List<ContentPart> body = List.of(ContentPart.text("What is this?"), ContentPart.image(PNG));

        assertRefused(routes.ask(target.bare(routes.service(), options), body), "message body", problem);
        assertRefused(
                routes.ask(
                        target.bare(routes.service(), options),
                        List.of(ContentPart.text("a"), ContentPart.imageUrl(URL))),
                "message body",
                problem);
    }

    @ParameterizedTest
    @MethodSource("blind")
    void noStreamIsAskedForThereEither(Target target, String options, String problem) {
        String uri = target.bare(routes.service(), options, "streaming=true");

        assertRefused(routes.ask(uri, ChatMessage.user(ContentPart.image(PNG))), "message body", problem);
    }

    @ParameterizedTest
    @MethodSource("blind")
    void aPromptForImagesIsRefusedThereAtStart(Target target, String options, String problem) {
        assertThat(routes.refusalOf(target.bare(routes.service(), options, ASKED)))
                .hasMessageStartingWith("Option imagePrompt: ")
                .hasMessageContaining(problem);
    }

    @ParameterizedTest
    @ValueSource(strings = {"text", "messages"})
    void aPromptThatNoBodyCanNeedIsRefusedAtStart(String bodyFormat) {
        assertThat(routes.refusalOf(V3_MODEL.at(routes.service(), ASKED, "bodyFormat=" + bodyFormat)))
                .hasMessageStartingWith("Option imagePrompt: ")
                .hasMessageContaining("bodyFormat=auto");
    }

    @Test
    void aModelThatAHeaderNamesIsCheckedToo() {
        String uri = V3_MODEL.at(routes.service(), ASKED, "allowedHeaderOverrides=model");

        assertRefused(routes.ask(uri, PNG, Map.of(ClovaConstants.MODEL, "HCX-007")), "message body", "HCX-007");
    }

    @Test
    void aRouteWhoseHeadersNameTheModelMayHaveAPrompt() {
        routes.service().replays(reply(V3_MODEL.hello()));
        String uri = V3_MODEL.bare(routes.service(), ASKED, "allowedHeaderOverrides=model");

        Exchange answer = routes.ask(uri, PNG, Map.of(ClovaConstants.MODEL, "HCX-005"));

        assertThat(answer.getException()).isNull();
    }

    @Test
    void aModelThatNobodyHereKnowsIsAsked() {
        routes.service().replays(reply(V3_MODEL.hello()));

        Exchange answer = routes.ask(V3_MODEL.bare(routes.service(), "model=HCX-009", ASKED), PNG);

        assertThat(answer.getException()).isNull();
    }

    @Test
    void anImageStandsBesideNoToolCallOfClova() {
        ToolCall call = new ToolCall("c1", "now", Map.of(), "{}");
        List<ChatMessage> body = List.of(
                ChatMessage.user(ContentPart.text("What is this?"), ContentPart.image(PNG)),
                ChatMessage.assistant("", List.of(call)),
                ChatMessage.tool("c1", "noon"));

        assertRefused(routes.ask(V3_MODEL.at(routes.service()), body), "message body", "beside tool calls");
        assertThat(answer(OPENAI, body, TOOLS).getException()).isNull();
    }

    // ---- what CLOVA takes

    static Stream<Arguments> fitting() {
        return Stream.of(
                Arguments.of(ContentPart.image(Images.hollowPng(2240, 448, 100))),
                Arguments.of(ContentPart.image(Images.hollowPng(448, 2240, 100))),
                Arguments.of(ContentPart.image(Images.hollowPng(2240, 2240, 100))),
                Arguments.of(ContentPart.image(Images.hollowPng(4, 20, 100))),
                Arguments.of(ContentPart.image(Images.hollowPng(4, 4, 1000))),
                Arguments.of(ContentPart.imageUrl("http://example.org/a.PNG")),
                Arguments.of(ContentPart.imageUrl("https://example.org/a.webp#x")),
                Arguments.of(ContentPart.imageUrl("https://example.org/a.jpeg?b=c")),
                Arguments.of(ContentPart.imageUrl("https://example.org/%ED%95%9C.bmp")));
    }

    @ParameterizedTest
    @MethodSource("fitting")
    void whatClovaTakesIsSent(ContentPart image) {
        assertThat(answer(V3_MODEL, List.of(ContentPart.text("a"), image)).getException())
                .isNull();
        assertThat(routes.service().requests()).hasSize(1);
    }

    static Stream<Arguments> unfitting() {
        return Stream.of(
                Arguments.of(Images.hollowPng(2241, 2240, 100), "2241 x 2240 pixels", "2240"),
                Arguments.of(Images.hollowPng(Integer.MAX_VALUE, Integer.MAX_VALUE, 100), "pixels", "2240"),
                Arguments.of(Images.hollowPng(3, 15, 100), "3 x 15 pixels", "at least 4"),
                Arguments.of(Images.hollowPng(2240, 447, 100), "2240 x 447 pixels", "5:1"),
                Arguments.of(Images.hollowPng(4, 21, 100), "4 x 21 pixels", "5:1"),
                Arguments.of(Images.image("gif", 40, 30), "image/gif", "BMP, PNG, JPG, JPEG or WEBP"),
                Arguments.of(Arrays.copyOf(PNG, 20), "image/png", "breaks off"));
    }

    @ParameterizedTest
    @MethodSource("unfitting")
    void whatClovaDoesNotTakeIsRefusedHereAndLeftToOthers(byte[] bytes, String problem, String limit) {
        List<ContentPart> body = List.of(ContentPart.text("a"), ContentPart.image(bytes));

        Exchange failed = routes.ask(V3_MODEL.at(routes.service()), body);

        assertRefused(failed, problem, limit);
        assertThat(answer(OPENAI, body).getException()).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://example.org", "https://example.org/a", "https://example.org/a.gif?b=c.png"})
    void anAddressWithoutAFittingEndIsRefusedHereAndLeftToOthers(String url) {
        List<ContentPart> body = List.of(ContentPart.text("a"), ContentPart.imageUrl(url));

        assertRefused(routes.ask(V3_MODEL.at(routes.service()), body), "address of an image", "clova-v3");
        assertThat(answer(OPENAI, body).getException()).isNull();
    }

    @Test
    void clovaTakesOneImageInAMessageAndFiveInARequest() {
        ContentPart image = ContentPart.imageUrl(URL);
        ChatMessage two = ChatMessage.user(image, image);
        List<ChatMessage> five = Collections.nCopies(5, ChatMessage.user(image));
        List<ChatMessage> six = Collections.nCopies(6, ChatMessage.user(image));

        assertRefused(routes.ask(V3_MODEL.at(routes.service()), two), "one image in a message", "has 2");
        assertRefused(routes.ask(V3_MODEL.at(routes.service()), six), "5 images at most", "6");
        assertThat(answer(V3_MODEL, five).getException()).isNull();
        assertThat(answer(OPENAI, two).getException()).isNull();
        assertThat(answer(OPENAI, six).getException()).isNull();
    }

    @Test
    void theLargestImageIsSentWhole() {
        byte[] largest = Images.hollowPng(40, 30, LARGEST);
        routes.service().replays(reply(V3_MODEL.hello()));

        Exchange answer = routes.ask(V3_MODEL.at(routes.service(), ASKED), largest);

        assertThat(answer.getException()).isNull();
        assertThat(routes.service().requests().get(0).body())
                .contains("{\"data\":\"%s\"}".formatted(Base64.getEncoder().encodeToString(largest)));
    }

    @Test
    void aByteMoreIsRefusedWhereverItComesFrom() throws IOException {
        byte[] tooLarge = Images.hollowPng(40, 30, LARGEST + 1);
        Path file = Files.write(directory.resolve("large.png"), tooLarge);
        String data = "data:image/png;base64," + Base64.getEncoder().encodeToString(tooLarge);
        List<Map<String, Object>> message = List.of(Map.of(
                "role", "user", "content", List.of(Map.of("type", "image_url", "image_url", Map.of("url", data)))));

        for (Object body : List.of(tooLarge, file, file.toFile(), new InputStreamCache(tooLarge), message)) {
            assertRefused(routes.ask(OPENAI.at(routes.service(), ASKED), body), "message body", "20971520 bytes");
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ContentPart.image(tooLarge))
                .withMessageContaining("20971520 bytes");
    }

    @Test
    void aStreamThatNeverEndsIsReadNoFurtherThanAnImageMayGo() {
        AtomicLong count = new AtomicLong();
        InputStream endless = new SequenceInputStream(new ByteArrayInputStream(PNG), new InputStream() {
            @Override
            public int read() {
                return 1;
            }

            @Override
            public int read(byte[] into, int from, int length) {
                count.addAndGet(length);
                return length;
            }
        });

        Exchange failed = routes.template().send(V3_MODEL.at(routes.service(), ASKED), exchange -> exchange.getMessage()
                .setBody(endless));

        assertRefused(failed, "message body", "20971520 bytes");
        assertThat(count.get()).isLessThan(LARGEST + 64 * 1024);
    }

    @Test
    void whatIsTooMuchForOneRequestIsRefusedBeforeItIsWritten() {
        ChatMessage image = ChatMessage.user(ContentPart.image(Images.hollowPng(40, 30, 19 * MIB)));

        Exchange failed = routes.ask(V3_MODEL.at(routes.service()), List.of(image, image));

        assertRefused(failed, "message body", "52428800 bytes");
    }

    /** Cannot be marked. */
    private static InputStream bare(InputStream stream) {
        return new FilterInputStream(stream) {
            @Override
            public boolean markSupported() {
                return false;
            }

            @Override
            public synchronized void mark(int limit) {}

            @Override
            public synchronized void reset() throws IOException {
                throw new IOException("mark/reset not supported");
            }
        };
    }

    private static JsonNode asked(JsonNode image) {
        return read("[{\"type\":\"text\",\"text\":\"What is this?\"},%s]".formatted(image));
    }

    private static JsonNode address(Target target, String url) {
        return read("{\"type\":\"image_url\",\"%s\":{\"url\":\"%s\"}}"
                .formatted(target == OPENAI ? "image_url" : "imageUrl", url));
    }

    private static JsonNode data(Target target, String mediaType, String base64) {
        return read((target == OPENAI
                        ? "{\"type\":\"image_url\",\"image_url\":{\"url\":\"data:%s;base64,%s\"}}"
                        : "{\"type\":\"image_url\",\"dataUri\":{\"data\":\"%2$s\"}}")
                .formatted(mediaType, base64));
    }

    private static JsonNode contentOf(Target target, Object body, String... options) {
        assertThat(answer(target, body, options).getException()).isNull();
        return lastRequest().at("/messages/0/content");
    }

    private static Exchange answer(Target target, Object body, String... options) {
        routes.service().replays(reply(target.hello()));
        return routes.ask(target.at(routes.service(), options), body);
    }

    private static void assertRefused(Exchange failed, String... words) {
        assertThat(failed.getException()).isInstanceOf(IllegalArgumentException.class);
        assertThat(failed.getException().getMessage()).contains(words);
        assertThat(routes.service().requests()).isEmpty();
    }

    private static JsonNode lastRequest() {
        return routes.service()
                .requests()
                .get(routes.service().requests().size() - 1)
                .json();
    }
}
