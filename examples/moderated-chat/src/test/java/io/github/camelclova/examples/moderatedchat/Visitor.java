package io.github.camelclova.examples.moderatedchat;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Sends what the page sends, and reads what it reads. */
final class Visitor {

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final String url;

    Visitor(ChatServer server) {
        url = server.url();
    }

    /** An event of an answer. */
    record Event(String name, JsonNode data) {

        String text() {
            return data.path("text").asText();
        }
    }

    /** An answer on its way. Closing it closes the connection. */
    static final class Incoming implements AutoCloseable {

        private final BufferedReader lines;
        private final String id;

        private Incoming(BufferedReader lines) {
            this.lines = lines;
            Event start = next();
            assertThat(start.name()).isEqualTo("start");
            id = start.data().path("id").asText();
        }

        String id() {
            return id;
        }

        /** Waits for the next event; null at the end. */
        Event next() {
            try {
                String name = null;
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    if (line.startsWith("event: ")) {
                        name = line.substring(7);
                    } else if (line.startsWith("data: ")) {
                        return new Event(name, Json.read(line.substring(6).getBytes(UTF_8)));
                    }
                }
                return null;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        List<Event> rest() {
            List<Event> events = new ArrayList<>();
            for (Event event = next(); event != null; event = next()) {
                events.add(event);
            }
            return events;
        }

        @Override
        public void close() {
            try {
                lines.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    Incoming ask(String question, Mode mode, String... headers) throws Exception {
        var response = client.send(chat(question, mode, headers), BodyHandlers.ofInputStream());
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Type")).hasValue("text/event-stream;charset=utf-8");
        return new Incoming(new BufferedReader(new InputStreamReader(response.body(), UTF_8)));
    }

    /** The whole response, as it came over the wire. */
    HttpResponse<String> askForAll(String question, Mode mode) throws Exception {
        return client.send(chat(question, mode), BodyHandlers.ofString(UTF_8));
    }

    private HttpRequest chat(String question, Mode mode, String... headers) {
        HttpRequest.Builder request = post("chat", Json.of(Map.of("question", question, "mode", name(mode))));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return request.build();
    }

    private static String name(Mode mode) {
        return mode == Mode.SAFE ? "safe" : "live";
    }

    HttpResponse<String> cancel(String id) throws Exception {
        return send(post("cancel", Json.of(id)));
    }

    HttpRequest.Builder post(String path, String body) {
        return to(path).header("Content-Type", "application/json").POST(BodyPublishers.ofString(body));
    }

    HttpRequest.Builder to(String path) {
        return HttpRequest.newBuilder(URI.create(url + path));
    }

    HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return client.send(request.build(), BodyHandlers.ofString(UTF_8));
    }

    JsonNode review(String... headers) throws Exception {
        HttpRequest.Builder request = to("review");
        if (headers.length > 0) {
            request.headers(headers);
        }
        return Json.read(send(request).body().getBytes(UTF_8));
    }
}
