package io.github.camelclova;

import static io.github.camelclova.Target.V3_MODEL;
import static io.github.camelclova.Target.reply;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelclova.testing.ReceivedRequest;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.tooling.model.ComponentModel;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A route with an HTTP server in front of it: what comes from outside is a question and nothing else. */
class HeadersFromOutsideTest {

    private static final HttpClient BROWSER = HttpClient.newHttpClient();

    @RegisterExtension
    static final ChatRoutes routes = new ChatRoutes();

    private URI address;

    @BeforeEach
    void open() throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        address = URI.create("http://localhost:" + port + "/ask");
        String clova = V3_MODEL.at(routes.service(), "allowedHeaderOverrides=all");
        routes.add(new RouteBuilder() {
            @Override
            public void configure() {
                from("undertow:" + address).convertBodyTo(String.class).to(clova);
            }
        });
    }

    static Stream<String> names() {
        List<String> headers = Stream.concat(
                        Metadata.headers().stream().map(ComponentModel.EndpointHeaderModel::getName),
                        Stream.of(
                                "CamelHttpUri", "CamelHttpPath", "CamelHttpQuery", "CamelHttpMethod", "CamelHttpHost"))
                .toList();
        return headers.stream()
                .flatMap(name -> Stream.of(
                        name,
                        name.toLowerCase(Locale.ROOT),
                        name.toUpperCase(Locale.ROOT),
                        "cAmEl" + name.substring(5)));
    }

    @ParameterizedTest
    @MethodSource("names")
    void aHeaderFromOutsideChangesNothing(String name) throws Exception {
        ReceivedRequest usual = asked("hello");
        routes.service().reset();

        ReceivedRequest forged = asked("hello", name, "https://evil.test/../HCX-007?x=1#y");

        assertThat(forged.path()).isEqualTo(usual.path());
        assertThat(forged.json()).isEqualTo(usual.json());
        assertThat(forged.header("Authorization")).isEqualTo(usual.header("Authorization"));
        assertThat(forged.header("X-NCP-CLOVASTUDIO-REQUEST-ID").orElseThrow()).matches("[A-Za-z0-9._-]{1,64}");
    }

    private ReceivedRequest asked(String question, String... headers) throws Exception {
        routes.service().replays(reply(V3_MODEL.hello()));
        HttpRequest.Builder request = HttpRequest.newBuilder(address).POST(BodyPublishers.ofString(question));
        if (headers.length > 0) {
            request.headers(headers);
        }
        HttpResponse<String> answer = BROWSER.send(request.build(), BodyHandlers.ofString());
        assertThat(answer.statusCode()).isEqualTo(200);
        return routes.service().requests().get(0);
    }
}
