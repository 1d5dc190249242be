package io.github.camelclova;

import static io.github.camelclova.Target.V3_MODEL;
import static io.github.camelclova.Target.reply;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Korean goes there and back in a JVM whose default charset is another one. */
class DefaultCharsetTest {

    private static final String QUESTION = "배송은 언제 오나요? 🙏";

    @Test
    void textIsUtf8WhateverTheDefaultCharset() throws IOException, InterruptedException {
        Process jvm = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Dfile.encoding=EUC-KR",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        DefaultCharsetTest.class.getName())
                .redirectErrorStream(true)
                .start();

        String output = new String(jvm.getInputStream().readAllBytes(), UTF_8);

        assertThat(jvm.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(output).contains("default EUC-KR, all as sent");
        assertThat(jvm.exitValue()).isZero();
    }

    /** Asks from within such a JVM and says on the standard output whether all was well. */
    public static void main(String[] args) {
        ChatRoutes routes = new ChatRoutes();
        routes.beforeAll(null);
        String from = routes.start(V3_MODEL.at(routes.service(), "systemMessage=resource:classpath:prompts/brief.txt"));
        List<Object> bodies =
                List.of(QUESTION, QUESTION.getBytes(UTF_8), new ByteArrayInputStream(QUESTION.getBytes(UTF_8)));
        for (Object body : bodies) {
            routes.service().replays(reply(V3_MODEL.hello()));
            String answer = routes.send(from, body, Map.of()).getMessage().getBody(String.class);
            assertThat(answer).isEqualTo("주문은 접수되었습니다 🎉");
        }
        assertThat(routes.service().requests()).hasSize(bodies.size()).allSatisfy(request -> {
            assertThat(request.json().at("/messages/0/content").textValue()).isEqualTo("짧게 답하세요. 🙂\n");
            assertThat(request.json().at("/messages/1/content").textValue()).isEqualTo(QUESTION);
        });
        routes.afterAll(null);
        System.out.println("default " + Charset.defaultCharset() + ", all as sent");
    }
}
