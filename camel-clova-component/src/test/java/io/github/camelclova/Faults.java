package io.github.camelclova;

import static io.github.camelclova.Fault.fault;
import static io.github.camelclova.Spoken.CLOVA_V1;
import static io.github.camelclova.Spoken.CLOVA_V3;
import static io.github.camelclova.Spoken.OPENAI;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.camelclova.FaultCalls.Face;
import io.github.camelclova.FaultPlaces.Place;
import io.github.camelclova.chat.ClovaAuthenticationException;
import io.github.camelclova.chat.ClovaConnectionException;
import io.github.camelclova.chat.ClovaContextLengthException;
import io.github.camelclova.chat.ClovaException;
import io.github.camelclova.chat.ClovaLimitException;
import io.github.camelclova.chat.ClovaRateLimitException;
import io.github.camelclova.chat.ClovaRefusedException;
import io.github.camelclova.chat.ClovaServerException;
import io.github.camelclova.chat.ClovaTimeoutException;
import io.github.camelclova.chat.ClovaTruncatedException;
import io.github.camelclova.chat.ClovaUnreadableException;
import io.github.camelclova.testing.Ending;
import io.github.camelclova.testing.Reply;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.zip.GZIPOutputStream;

/** The table: what a service, or what stands between, can do wrong; and what each of it is to the route. */
final class Faults {

    static final String ONE = "벚꽃 ";
    static final String TWO = "엔딩";
    static final String BOTH = ONE + TWO;

    private static final int SHORT = 300;
    private static final Duration AT_ONCE = Duration.ofMillis(900);
    private static final Duration GRACE = Duration.ofMillis(900);
    private static final Duration GRACE_AT_MOST = Duration.ofMillis(2500);

    private static final String HEAD =
            "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n";

    private static final String JSON_HEAD = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n";
    private static final int HALF = 60;
    private static final int BOUND = 100_000;
    private static final int LARGE = 8_000_000;

    private final List<Fault> rows = new ArrayList<>();

    private Faults() {}

    static List<Fault> all() {
        Faults faults = new Faults();
        faults.connectionsThatEnd();
        faults.connectionsThatStall();
        faults.silenceAndPatience();
        faults.tooMuch();
        faults.badEvents();
        faults.afterTheEnd();
        faults.wrongBodies();
        faults.compression();
        faults.refusals();
        faults.errorsWithinStatus200();
        faults.brokenHttp();
        faults.wholeAnswers();
        faults.places();
        return List.copyOf(faults.rows);
    }

    static Fault named(String name) {
        return all().stream()
                .filter(row -> row.toString().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no such row: " + name));
    }

    private void add(Fault row) {
        rows.add(row);
    }

    /** Reset, closed, half closed: the client can tell. */
    private void connectionsThatEnd() {
        for (Ending ending : List.of(Ending.RESET, Ending.CLOSE, Ending.HALF_CLOSE)) {
            String how = ending + " ";
            add(fault(how + "before the head")
                    .inEveryFace()
                    .inAnyDialect()
                    .replies(it -> Reply.nothing().ending(ending))
                    .fails(ClovaConnectionException.class, 0)
                    .calls(3));
            add(fault(how + "inside the head")
                    .inAnyDialect()
                    .inEveryFace()
                    .replies(it -> raw("HTTP/1.1 200 OK\r\nContent-Ty").ending(ending))
                    .fails(ClovaConnectionException.class, 0)
                    .calls(3));
            add(fault(how + "between two headers")
                    .inAnyDialect()
                    .inEveryFace()
                    .replies(it -> raw("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n")
                            .ending(ending))
                    .fails(ClovaConnectionException.class, 0)
                    .calls(3));
            add(fault(how + "inside a head after status 103")
                    .inAnyDialect()
                    .inEveryFace()
                    .replies(it -> raw("HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\nHTTP/1.1 200 OK\r\nContent-T")
                            .ending(ending))
                    .fails(ClovaConnectionException.class, 0)
                    .calls(3));
            add(fault(how + "before the head once")
                    .inEveryFace()
                    .inAnyDialect()
                    .replies(it -> Reply.nothing().ending(ending))
                    .thenAnswers()
                    .handsOn(ONE, TWO)
                    .calls(2));
            add(fault(how + "after the head")
                    .inAnyDialect()
                    .replies(it -> Reply.events("").truncatedAt(0).ending(ending))
                    .fails(ClovaTruncatedException.class, 200));
            add(fault(how + "inside the first event")
                    .replies(it -> cut(it.token(ONE) + it.token(TWO), 40).ending(ending))
                    .fails(ClovaTruncatedException.class, 200));
            add(fault(how + "inside the second event")
                    .replies(it -> cut(it.token(ONE) + it.token(TWO), Spoken.bytes(it.token(ONE)) + 40)
                            .ending(ending))
                    .handsOn(ONE)
                    .fails(ClovaTruncatedException.class, 200));
            add(fault(how + "inside a character")
                    .inAnyDialect()
                    .replies(it -> cut(it.tokens(ONE, TWO), positionOf(it.tokens(ONE, TWO), TWO) + 1)
                            .ending(ending))
                    .handsOn(ONE)
                    .fails(ClovaTruncatedException.class, 200));
            add(fault(how + "after some tokens")
                    .replies(it -> whole(it.tokens(ONE, TWO)).ending(ending))
                    .handsOn(ONE, TWO)
                    .fails(ClovaTruncatedException.class, 200));
            add(fault(how + "inside the closing event")
                    .replies(it -> cut(it.stream(ONE, TWO), Spoken.bytes(it.tokens(ONE, TWO)) + 40)
                            .ending(ending))
                    .handsOn(ONE, TWO)
                    .fails(ClovaTruncatedException.class, 200));
            add(fault(how + "before the end marker")
                    .replies(it -> whole(it.tokens(ONE, TWO) + it.closing(BOTH)).ending(ending))
                    .handsOn(ONE, TWO)
                    .takes(Duration.ZERO, AT_ONCE));
            add(fault(how + "inside the end marker")
                    .replies(it -> cut(it.stream(ONE, TWO), Spoken.bytes(it.stream(ONE, TWO)) - 3)
                            .ending(ending))
                    .handsOn(ONE, TWO)
                    .takes(Duration.ZERO, AT_ONCE));
            add(fault(how + "after the end marker")
                    .replies(it -> whole(it.stream(ONE, TWO)).ending(ending))
                    .handsOn(ONE, TWO)
                    .takes(Duration.ZERO, AT_ONCE));
        }
        add(fault("a good end after the head")
                .replies(it -> Reply.events(""))
                .fails(ClovaTruncatedException.class, 200));
        add(fault("a good end inside the first event")
                .replies(it -> Reply.events(it.token(ONE)).truncatedAt(40))
                .fails(ClovaTruncatedException.class, 200));
        add(fault("a good end after the name of a field")
                .replies(it -> Reply.events(it.token(ONE) + "data:"))
                .handsOn(ONE)
                .fails(ClovaTruncatedException.class, 200));
        add(fault("a good end after some tokens")
                .replies(it -> Reply.events(it.tokens(ONE, TWO)))
                .handsOn(ONE, TWO)
                .fails(ClovaTruncatedException.class, 200));
        add(fault("a good end before the end marker")
                .replies(it -> Reply.events(it.tokens(ONE, TWO) + it.closing(BOTH)))
                .handsOn(ONE, TWO)
                .takes(Duration.ZERO, AT_ONCE));
        add(fault("a body without length that breaks off")
                .replies(it -> Reply.events(it.tokens(ONE, TWO)).untilClose())
                .handsOn(ONE, TWO)
                .fails(ClovaTruncatedException.class, 200));
        add(fault("a body without length that is whole")
                .replies(it -> Reply.events(it.stream(ONE, TWO)).untilClose())
                .handsOn(ONE, TWO)
                .takes(Duration.ZERO, AT_ONCE));
        add(fault("a bare end marker in a dialect that wraps it")
                .in(CLOVA_V1, CLOVA_V3)
                .replies(it -> Reply.events(it.tokens(ONE, TWO) + "data: [DONE]\n\n"))
                .handsOn(ONE, TWO));
        add(fault("an end marker without a closing event")
                .replies(it -> Reply.events(it.tokens(ONE, TWO) + it.end()))
                .handsOn(ONE, TWO));
        add(fault("a last token with the reason of the end, and no result")
                .in(CLOVA_V1, CLOVA_V3)
                .replies(it -> Reply.events(it.token(ONE)
                        + it.data("{\"message\":{\"content\":\"%s\"},\"stopReason\":\"stop_before\"}".formatted(TWO))))
                .handsOn(ONE, TWO)
                .fails(ClovaTruncatedException.class, 200));
    }

    /** Nothing more comes, and only a clock can tell. */
    private void connectionsThatStall() {
        add(fault("stalls before the head")
                .inEveryFace()
                .inAnyDialect()
                .with("responseTimeout", SHORT)
                .replies(it -> Reply.nothing())
                .fails(ClovaTimeoutException.class, 0)
                .names("responseTimeout"));
        add(fault("stalls inside the head")
                .inEveryFace()
                .inAnyDialect()
                .with("responseTimeout", SHORT)
                .replies(it -> raw("HTTP/1.1 200 OK\r\nContent-Ty").ending(Ending.STALL))
                .fails(ClovaTimeoutException.class, 0)
                .names("responseTimeout"));
        add(fault("sends its head byte by byte and too slowly")
                .inEveryFace()
                .inAnyDialect()
                .with("responseTimeout", SHORT)
                .replies(it -> raw(HEAD).byteByByte().pause(Duration.ofMillis(20)))
                .fails(ClovaTimeoutException.class, 0)
                .names("responseTimeout"));
        add(fault("stalls after the head")
                .inAnyDialect()
                .with("idleTimeout", SHORT)
                .replies(it -> Reply.events("").ending(Ending.STALL))
                .fails(ClovaTimeoutException.class, 200)
                .names("idleTimeout"));
        add(fault("stalls inside an event")
                .with("idleTimeout", SHORT)
                .replies(it -> cut(it.tokens(ONE, TWO), Spoken.bytes(it.token(ONE)) + 40)
                        .ending(Ending.STALL))
                .handsOn(ONE)
                .fails(ClovaTimeoutException.class, 200)
                .names("idleTimeout"));
        add(fault("stalls after some tokens")
                .with("idleTimeout", SHORT)
                .replies(it -> whole(it.tokens(ONE, TWO)).ending(Ending.STALL))
                .handsOn(ONE, TWO)
                .fails(ClovaTimeoutException.class, 200)
                .names("idleTimeout"));
        add(fault("stalls before the end marker")
                .replies(it -> whole(it.tokens(ONE, TWO) + it.closing(BOTH)).ending(Ending.STALL))
                .handsOn(ONE, TWO)
                .takes(GRACE, GRACE_AT_MOST));
        add(fault("stalls before the end marker for longer than idleTimeout")
                .inAnyDialect()
                .with("idleTimeout", SHORT)
                .replies(it -> whole(it.tokens(ONE, TWO) + it.closing(BOTH)).ending(Ending.STALL))
                .handsOn(ONE, TWO)
                .takes(Duration.ZERO, GRACE_AT_MOST));
        add(fault("stalls after the end marker")
                .replies(it -> whole(it.stream(ONE, TWO)).ending(Ending.STALL))
                .handsOn(ONE, TWO)
                .takes(Duration.ZERO, AT_ONCE));
        add(fault("stalls inside a JSON answer")
                .inEveryFace()
                .inAnyDialect()
                .with("idleTimeout", SHORT)
                .replies(it -> Reply.json(it.answer(BOTH)).truncatedAt(30).ending(Ending.STALL))
                .fails(ClovaTimeoutException.class, 200)
                .names("idleTimeout"));
        add(fault("stalls after some tokens until the whole time is over")
                .inAnyDialect()
                .with("requestTimeout", SHORT)
                .replies(it -> whole(it.tokens(ONE, TWO)).ending(Ending.STALL))
                .handsOn(ONE, TWO)
                .fails(ClovaTimeoutException.class, 200)
                .names("requestTimeout"));
        add(fault("stalls before the head until the whole time is over")
                .inEveryFace()
                .inAnyDialect()
                .with("requestTimeout", SHORT)
                .replies(it -> Reply.nothing())
                .fails(ClovaTimeoutException.class, 0)
                .names("requestTimeout"));
    }

    /** Slow is not silent. */
    private void silenceAndPatience() {
        add(fault("one byte every few milliseconds")
                .with("idleTimeout", SHORT)
                .replies(it -> Reply.events(it.stream(ONE, TWO)).byteByByte().pause(Duration.ofMillis(1)))
                .handsOn(ONE, TWO));
        add(fault("comments while the model thinks")
                .inAnyDialect()
                .with("idleTimeout", SHORT)
                .replies(it -> Reply.events(": hb\n\n".repeat(8) + it.stream(ONE, TWO))
                        .cutAt(6, 12, 18, 24, 30, 36, 42, 48)
                        .pause(Duration.ofMillis(80)))
                .handsOn(ONE, TWO)
                .takes(Duration.ofMillis(600), Fault.SOON));
        add(fault("comments for ever")
                .inAnyDialect()
                .with("idleTimeout", SHORT)
                .with("requestTimeout", 2 * SHORT)
                .replies(it -> Reply.events(":\n\n".repeat(200)).byteByByte().pause(Duration.ofMillis(20)))
                .fails(ClovaTimeoutException.class, 200)
                .names("requestTimeout"));
        add(fault("tokens for ever")
                .inAnyDialect()
                .with("requestTimeout", SHORT)
                .replies(it -> Reply.events(it.token(ONE) + ":\n".repeat(1000))
                        .cutAt(Spoken.bytes(it.token(ONE)))
                        .byteByByte()
                        .pause(Duration.ofMillis(1)))
                .handsOn(ONE)
                .fails(ClovaTimeoutException.class, 200)
                .names("requestTimeout"));
    }

    /** More than the limits allow, from a service that would not stop by itself. */
    private void tooMuch() {
        String hundred = "x".repeat(100);
        add(fault("text without end")
                .with("maxResponseSize", 1000)
                .replies(it -> endless(it.token(hundred).repeat(64)))
                .handsOn(hundred, hundred, hundred, hundred, hundred, hundred, hundred, hundred, hundred, hundred)
                .fails(ClovaLimitException.class, 200)
                .names("maxResponseSize"));
        add(fault("reasoning without end")
                .with("maxResponseSize", 1000)
                .replies(it -> endless(
                        it.isNative()
                                ? it.data("{\"message\":{\"thinkingContent\":\"%s\"}}".formatted(hundred))
                                        .repeat(64)
                                : it.data("{\"choices\":[{\"delta\":{\"reasoning_content\":\"%s\"}}]}"
                                                .formatted(hundred))
                                        .repeat(64)))
                .fails(ClovaLimitException.class, 200)
                .names("maxResponseSize"));
        add(fault("arguments of a tool without end")
                .with("maxResponseSize", 1000)
                .replies(it -> endless(
                        it.isNative()
                                ? it.data("{\"message\":{\"toolCalls\":[{\"function\":{\"partialJson\":\"%s\"}}]}}"
                                                .formatted(hundred))
                                        .repeat(64)
                                : it.data(
                                                "{\"choices\":[{\"delta\":{\"tool_calls\":[{\"index\":0,\"function\":{\"arguments\":\"%s\"}}]}}]}"
                                                        .formatted(hundred))
                                        .repeat(64)))
                .fails(ClovaLimitException.class, 200)
                .names("maxResponseSize"));
        add(fault("a line without end")
                .with("maxEventSize", 1000)
                .replies(it -> endless(it.token(ONE) + "data:" + "x".repeat(64_000)))
                .handsOn(ONE)
                .fails(ClovaLimitException.class, 200)
                .names("maxEventSize"));
        add(fault("an event of lines without end")
                .inAnyDialect()
                .with("maxEventSize", 1000)
                .replies(it -> endless(it.token(ONE) + "event:token\n" + "data:x\n".repeat(10_000)))
                .handsOn(ONE)
                .fails(ClovaLimitException.class, 200)
                .names("maxEventSize"));
        add(fault("a comment without end")
                .inAnyDialect()
                .with("maxEventSize", 1000)
                .replies(it -> endless(it.token(ONE) + ":" + " ".repeat(64_000)))
                .handsOn(ONE)
                .fails(ClovaLimitException.class, 200)
                .names("maxEventSize"));
        add(fault("a result larger than any answer may be")
                .in(CLOVA_V1, CLOVA_V3)
                .with("maxEventSize", 1000)
                .with("maxResponseSize", 2000)
                .replies(it -> endless(it.token(ONE) + it.closing("x".repeat(4000))))
                .handsOn(ONE)
                .fails(ClovaLimitException.class, 200)
                .names("maxResponseSize"));
        add(fault("a result larger than another event may be")
                .in(CLOVA_V1, CLOVA_V3)
                .with("maxEventSize", 300)
                .with("maxResponseSize", 2000)
                .replies(it -> Reply.events(
                        it.tokens(hundred, hundred, hundred) + it.closing(hundred + hundred + hundred) + it.end()))
                .handsOn(hundred, hundred, hundred));
        add(fault("a JSON answer that is too large")
                .inEveryFace()
                .inAnyDialect()
                .with("maxResponseSize", 1000)
                .replies(it -> Reply.json(it.answer("x".repeat(64_000))).ending(Ending.STALL))
                .fails(ClovaLimitException.class, 200)
                .names("maxResponseSize"));
        add(fault("a page without end")
                .inEveryFace()
                .inAnyDialect()
                .with("maxResponseSize", 1000)
                .replies(
                        it -> Reply.text(200, "text/html", "<p>".repeat(20_000)).ending(Ending.STALL))
                .fails(ClovaLimitException.class, 200)
                .names("maxResponseSize"));
        add(fault("a line without end that was small when compressed")
                .inAnyDialect()
                .with("maxEventSize", 1000)
                .replies(it -> Reply.events(it.token(ONE) + "data:" + "x".repeat(4_000_000))
                        .gzipped()
                        .ending(Ending.STALL))
                .handsOn(ONE)
                .fails(ClovaLimitException.class, 200)
                .names("maxEventSize"));
        add(fault("text without end that was small when compressed")
                .inAnyDialect()
                .with("maxResponseSize", 300)
                .replies(it ->
                        Reply.events(it.token(hundred).repeat(10_000)).gzipped().ending(Ending.STALL))
                .handsOn(hundred, hundred, hundred)
                .fails(ClovaLimitException.class, 200)
                .names("maxResponseSize"));
    }

    /** Events that are no JSON object, and text that is no UTF-8. */
    private void badEvents() {
        badEvent("a JSON event that is cut", "{\"message\":{\"content\":\"x");
        badEvent("a JSON event with something behind it", "{\"message\":{\"content\":\"x\"}} {\"message\"");
        badEvent("an array", "[1,2]");
        badEvent("a text", "\"x\"");
        badEvent("a number", "7");
        badEvent("a null", "null");
        badEvent("no JSON", "<html>");
        badEvent("JSON that is 100000 deep", "{\"x\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}");
        badEvent("objects that are 100000 deep", "{\"a\":".repeat(100_000) + "1" + "}".repeat(100_000));
        add(fault("a result 100000 deep")
                .in(CLOVA_V1, CLOVA_V3)
                .replies(it -> Reply.events(it.token(ONE) + "event:result\ndata:" + "{\"message\":".repeat(100_000)
                        + "1" + "}".repeat(100_000) + "\n\n"))
                .handsOn(ONE)
                .fails(ClovaUnreadableException.class, 200));
        add(fault("a result without a message")
                .in(CLOVA_V1, CLOVA_V3)
                .replies(it -> Reply.events(it.token(ONE) + "event:result\ndata:{\"stopReason\":\"stop\"}\n\n"))
                .handsOn(ONE)
                .fails(ClovaUnreadableException.class, 200));
        add(fault("characters that are broken")
                .replies(it -> Reply.events(broken(it.stream("벚§꽃", "엔§", "딩"))))
                .handsOn("벚\uFFFD꽃", "엔\uFFFD", "딩"));
        add(fault("an empty reason of the end in every event")
                .in(OPENAI)
                .replies(it ->
                        Reply.events("data: {\"choices\":[{\"delta\":{\"content\":\"%s\"},\"finish_reason\":\"\"}]}\n\n"
                                .formatted(ONE)))
                .handsOn(ONE)
                .fails(ClovaTruncatedException.class, 200));
        add(fault("events that nobody knows")
                .in(CLOVA_V1, CLOVA_V3)
                .replies(it -> Reply.events("event:progress\ndata:[1]\n\n" + "data:7\n\n" + it.stream(ONE, TWO)))
                .handsOn(ONE, TWO));
    }

    private void badEvent(String what, String data) {
        add(fault(what + " as the first event")
                .replies(it -> Reply.events(it.data(data) + it.stream(ONE, TWO)))
                .fails(ClovaUnreadableException.class, 200));
        add(fault(what + " in the middle")
                .replies(it -> Reply.events(it.tokens(ONE, TWO) + it.data(data) + it.closing(BOTH) + it.end()))
                .handsOn(ONE, TWO)
                .fails(ClovaUnreadableException.class, 200));
        add(fault(what + " behind the closing event")
                .replies(it -> Reply.events(it.tokens(ONE, TWO) + it.closing(BOTH) + it.data(data)))
                .handsOn(ONE, TWO));
    }

    /** What a service says after all was said changes nothing, and takes no longer than the moment it is granted. */
    private void afterTheEnd() {
        add(fault("the end marker three times")
                .replies(it -> Reply.events(it.stream(ONE, TWO) + it.end() + it.end()))
                .handsOn(ONE, TWO));
        add(fault("the closing event three times")
                .replies(it ->
                        Reply.events(it.tokens(ONE, TWO) + it.closing(BOTH).repeat(3) + it.end()))
                .handsOn(ONE, TWO));
        add(fault("tokens after the result")
                .in(CLOVA_V1, CLOVA_V3)
                .replies(it -> Reply.events(it.tokens(ONE, TWO) + it.closing(BOTH) + it.token("!") + it.end()))
                .handsOn(ONE, TWO));
        add(fault("another result after the result")
                .in(CLOVA_V1, CLOVA_V3)
                .replies(it -> Reply.events(it.tokens(ONE, TWO) + it.closing(BOTH) + it.closing("!") + it.end()))
                .handsOn(ONE, TWO));
        add(fault("tokens after the end marker")
                .replies(it -> Reply.events(it.stream(ONE, TWO) + it.tokens("!", "?") + it.closing("!?")))
                .handsOn(ONE, TWO));
        add(fault("tokens after the end marker in another read")
                .replies(it -> Reply.events(it.stream(ONE, TWO) + it.tokens("!", "?"))
                        .cutAt(Spoken.bytes(it.stream(ONE, TWO)))
                        .pause(Duration.ofMillis(50)))
                .handsOn(ONE, TWO));
        add(fault("an error after the closing event")
                .replies(it -> Reply.events(it.tokens(ONE, TWO) + it.closing(BOTH) + it.error("50000", "late")))
                .handsOn(ONE, TWO));
        add(fault("tokens without end after the result")
                .in(CLOVA_V1, CLOVA_V3)
                .replies(it -> Reply.events(it.tokens(ONE, TWO)
                                + it.closing(BOTH)
                                + it.token("!").repeat(100))
                        .byteByByte()
                        .cutAt(10)
                        .pause(Duration.ofMillis(1)))
                .handsOn(ONE, TWO)
                .takes(GRACE, Fault.SOON));
        add(fault("comments without end after the end marker")
                .inAnyDialect()
                .replies(it -> Reply.events(it.stream(ONE, TWO) + ":\n\n".repeat(1000))
                        .cutAt(Spoken.bytes(it.stream(ONE, TWO)))
                        .ending(Ending.STALL))
                .handsOn(ONE, TWO)
                .takes(Duration.ZERO, AT_ONCE));
    }

    /** Status 200 with a body that is no stream. */
    private void wrongBodies() {
        add(fault("a page")
                .inEveryFace()
                .replies(it -> Reply.text(200, "text/html", "<html>please sign in</html>"))
                .fails(ClovaUnreadableException.class, 200));
        add(fault("plain text")
                .inEveryFace()
                .replies(it -> Reply.text(200, "text/plain; charset=utf-8", "please sign in"))
                .fails(ClovaUnreadableException.class, 200));
        add(fault("events under the name of JSON")
                .inEveryFace()
                .replies(it -> Reply.json(it.stream(ONE, TWO)))
                .fails(ClovaUnreadableException.class, 200));
        add(fault("JSON under the name of events")
                .replies(it -> Reply.events(it.answer(BOTH)))
                .fails(ClovaTruncatedException.class, 200));
        add(fault("events without a content type")
                .replies(it -> Reply.events(it.stream(ONE, TWO)).withoutHeader("Content-Type"))
                .handsOn(ONE, TWO));
        add(fault("events with a strange spelling of the content type")
                .replies(it -> Reply.events(it.stream(ONE, TWO)).contentType("Text/Event-Stream ;charset=EUC-KR"))
                .handsOn(ONE, TWO));
        add(fault("a JSON answer")
                .inEveryFace()
                .replies(it -> Reply.json(it.answer(BOTH)))
                .handsOn(BOTH));
        add(fault("a JSON answer with status 201")
                .inEveryFace()
                .inAnyDialect()
                .replies(it -> Reply.json(201, it.answer(BOTH)))
                .handsOn(BOTH));
        add(fault("half a JSON answer")
                .inEveryFace()
                .replies(it -> Reply.json(it.answer(BOTH)).truncatedAt(50))
                .fails(ClovaUnreadableException.class, 200));
        add(fault("a JSON answer that breaks off")
                .inEveryFace()
                .replies(it -> Reply.json(it.answer(BOTH)).truncatedAt(50).ending(Ending.CLOSE))
                .fails(ClovaTruncatedException.class, 200));
        add(fault("an empty JSON object")
                .inEveryFace()
                .replies(it -> Reply.json("{}"))
                .fails(ClovaUnreadableException.class, 200));
        add(fault("a JSON array")
                .inEveryFace()
                .replies(it -> Reply.json("[]"))
                .fails(ClovaUnreadableException.class, 200));
        add(fault("JSON that is nothing but deep")
                .inEveryFace()
                .replies(it -> Reply.json("{\"a\":".repeat(100_000)))
                .fails(ClovaUnreadableException.class, 200));
        add(fault("status 204")
                .replies(it -> raw("HTTP/1.1 204 No Content\r\n\r\n"))
                .fails(ClovaTruncatedException.class, 204));
        add(fault("status 200 with an empty body")
                .replies(it -> Reply.events("").withContentLength())
                .fails(ClovaTruncatedException.class, 200));
    }

    /** It was not asked for, and comes nevertheless. */
    private void compression() {
        add(fault("gzip")
                .replies(it -> Reply.events(it.stream(ONE, TWO)).gzipped())
                .handsOn(ONE, TWO));
        add(fault("gzip byte by byte")
                .inAnyDialect()
                .replies(it -> Reply.events(it.stream(ONE, TWO)).gzipped().byteByByte())
                .handsOn(ONE, TWO));
        add(fault("gzip that breaks off in its head")
                .inAnyDialect()
                .replies(it -> Reply.events(it.stream(ONE, TWO)).gzipped().truncatedAt(5))
                .fails(ClovaTruncatedException.class, 200));
        add(fault("gzip that breaks off in its checksum")
                .inAnyDialect()
                .replies(it -> gzipped(it.tokens(ONE, TWO), -4, 0))
                .handsOn(ONE, TWO)
                .fails(ClovaTruncatedException.class, 200));
        add(fault("gzip with a wrong checksum")
                .inAnyDialect()
                .replies(it -> gzipped(it.tokens(ONE, TWO), 0, 8))
                .handsOn(ONE, TWO)
                .fails(ClovaUnreadableException.class, 200));
        add(fault("gzip with a wrong checksum behind the end")
                .inAnyDialect()
                .replies(it -> gzipped(it.stream(ONE, TWO), 0, 8))
                .handsOn(ONE, TWO));
        add(fault("gzip that is none")
                .inAnyDialect()
                .replies(it -> Reply.events(it.stream(ONE, TWO)).header("Content-Encoding", "gzip"))
                .fails(ClovaUnreadableException.class, 200));
        add(fault("a compression that is not known")
                .inEveryFace()
                .inAnyDialect()
                .replies(it -> Reply.events(it.stream(ONE, TWO)).header("Content-Encoding", "br"))
                .fails(ClovaUnreadableException.class, 200));
        add(fault("a JSON answer in gzip")
                .inEveryFace()
                .inAnyDialect()
                .replies(it -> Reply.json(it.answer(BOTH)).gzipped())
                .handsOn(BOTH));
        add(fault("a refusal in gzip")
                .inEveryFace()
                .inAnyDialect()
                .replies(it ->
                        Reply.json(401, it.refusal("40104", "Invalid key")).gzipped())
                .fails(ClovaAuthenticationException.class, 401)
                .code("40104"));
        add(fault("a refusal without a body that claims to be gzip")
                .inEveryFace()
                .inAnyDialect()
                .replies(it -> Reply.json(401, "").header("Content-Encoding", "gzip"))
                .fails(ClovaAuthenticationException.class, 401));
    }

    /** An HTTP status that says no. */
    private void refusals() {
        for (String code : List.of(
                "40000", "40001", "40002", "40004", "40005", "40006", "40009", "40055", "40060", "40061", "40063",
                "40080", "40082", "40083", "40084", "61002", "61004", "61005", "62001", "63001", "63002", "64400",
                "65001", "65400")) {
            refusal(400, code, ClovaRefusedException.class, 1);
        }
        refusal(400, "40003", ClovaContextLengthException.class, 1);
        for (String code : List.of("40100", "40101", "40102", "40103", "40104", "40170")) {
            refusal(401, code, ClovaAuthenticationException.class, 1);
        }
        for (String code : List.of("40300", "40301", "40380")) {
            refusal(403, code, ClovaAuthenticationException.class, 1);
        }
        refusal(404, "40400", ClovaRefusedException.class, 1);
        refusal(406, "40600", ClovaRefusedException.class, 1);
        refusal(408, "40800", ClovaRefusedException.class, 3);
        refusal(413, "41300", ClovaRefusedException.class, 1);
        refusal(415, "41500", ClovaRefusedException.class, 1);
        refusal(415, "41501", ClovaRefusedException.class, 1);
        refusal(424, "42400", ClovaRefusedException.class, 1);
        for (String code : List.of("42900", "42901", "42902", "42903", "64429")) {
            refusal(429, code, ClovaRateLimitException.class, 3);
        }
        for (String code : List.of("50000", "64000", "64424", "64500", "65002")) {
            refusal(500, code, ClovaServerException.class, 3);
        }
        refusal(501, "50100", ClovaServerException.class, 1);
        refusal(503, "50300", ClovaServerException.class, 3);
        refusal(504, "50400", ClovaServerException.class, 3);
        for (int status : new int[] {500, 502, 503, 504, 529}) {
            add(fault("status " + status + " with a page")
                    .inEveryFace()
                    .inAnyDialect()
                    .replies(it -> Reply.text(status, "text/html", "<html>overloaded</html>"))
                    .fails(ClovaServerException.class, status)
                    .calls(3));
        }
        for (int status : new int[] {300, 301, 302, 303, 304, 305, 306, 307, 308, 399}) {
            redirect(status, "the same host", places -> "/v3/elsewhere");
            redirect(status, "another host", FaultPlaces::elsewhere);
        }
        add(fault("status 400 without a body")
                .inEveryFace()
                .inAnyDialect()
                .replies(it -> Reply.json(400, ""))
                .fails(ClovaRefusedException.class, 400));
        add(fault("status 400 with JSON 100000 deep")
                .inEveryFace()
                .inAnyDialect()
                .replies(it -> Reply.json(400, "{\"a\":".repeat(100_000)))
                .fails(ClovaRefusedException.class, 400));
        add(fault("status 429 that asks for a short wait")
                .inEveryFace()
                .inAnyDialect()
                .repliesInTurn(it ->
                        List.of(Reply.json(429, it.refusal("42900", "Too many")).header("Retry-After-Ms", "200")))
                .thenAnswers()
                .handsOn(ONE, TWO)
                .calls(2)
                .takes(Duration.ofMillis(200), Fault.SOON));
        add(fault("status 429 that asks for one second")
                .inEveryFace()
                .inAnyDialect()
                .repliesInTurn(it ->
                        List.of(Reply.json(429, it.refusal("42900", "Too many")).header("Retry-After", "1")))
                .thenAnswers()
                .handsOn(ONE, TWO)
                .calls(2)
                .takes(Duration.ofSeconds(1), Fault.SOON));
        add(fault("status 429 that asks for too long a wait")
                .inEveryFace()
                .inAnyDialect()
                .replies(it -> Reply.json(429, it.refusal("42900", "Too many")).header("Retry-After", "61"))
                .fails(ClovaRateLimitException.class, 429)
                .code("42900"));
        add(fault("status 503 that asks for more than requestTimeout has")
                .inEveryFace()
                .inAnyDialect()
                .with("requestTimeout", 2000)
                .replies(it -> Reply.json(503, it.refusal("50300", "Busy")).header("Retry-After", "3"))
                .fails(ClovaServerException.class, 503)
                .code("50300"));
        add(fault("status 500 twice")
                .inEveryFace()
                .repliesInTurn(it -> List.of(
                        Reply.json(500, it.refusal("50000", "Busy")), Reply.json(500, it.refusal("50000", "Busy"))))
                .thenAnswers()
                .handsOn(ONE, TWO)
                .calls(3));
    }

    private void redirect(int status, String where, Function<FaultPlaces, String> location) {
        add(fault("status %d to %s".formatted(status, where))
                .inAnyDialect()
                .inEveryFace()
                .repliesBy(places -> raw("HTTP/1.1 %d Moved\r\nLocation: %s\r\nContent-Length: 0\r\n\r\n"
                        .formatted(status, location.apply(places))))
                .fails(ClovaRefusedException.class, status));
    }

    private void refusal(int status, String code, Class<? extends ClovaException> failure, int calls) {
        add(fault("status %d, code %s".formatted(status, code))
                .inEveryFace()
                .replies(it -> Reply.json(status, it.refusal(code, "No")))
                .fails(failure, status)
                .code(code)
                .calls(calls));
    }

    private void errorsWithinStatus200() {
        for (Function<Spoken, Reply> each : List.<Function<Spoken, Reply>>of(
                it -> Reply.json(it.refusal("50000", "No")),
                it -> Reply.events(it.error("50000", "No")),
                it -> Reply.events(": hb\n\n" + it.error("50000", "No")),
                it -> Reply.events(it.data(it.refusal("50000", "No"))))) {
            String where = List.of("an envelope", "the first event", "an event after a comment", "a token")
                    .get((int) rows.stream()
                            .filter(row -> row.toString().startsWith("code 50000 in"))
                            .count());
            add(fault("code 50000 in " + where)
                    .replies(each)
                    .fails(ClovaServerException.class, 200)
                    .code("50000")
                    .calls(3));
        }
        add(fault("code 40003 in an envelope")
                .inEveryFace()
                .replies(it -> Reply.json(it.refusal("40003", "Too long")))
                .fails(ClovaContextLengthException.class, 200)
                .code("40003"));
        add(fault("code 40003 in the first event")
                .replies(it -> Reply.events(it.error("40003", "Too long")))
                .fails(ClovaContextLengthException.class, 200)
                .code("40003"));
        add(fault("code 40003 in the first event, after a while")
                .replies(it -> Reply.events(it.error("40003", "Too long")).bodyDelay(Duration.ofMillis(50)))
                .fails(ClovaContextLengthException.class, 200)
                .code("40003"));
        add(fault("code 42902 in the first event once")
                .repliesInTurn(
                        it -> List.of(Reply.events(it.error("42902", "Busy")), Reply.events(it.stream(ONE, TWO))))
                .handsOn(ONE, TWO)
                .calls(2));
        add(fault("code 42902 in the first event once, after a while")
                .repliesInTurn(it -> List.of(
                        Reply.events(it.error("42902", "Busy")).bodyDelay(Duration.ofMillis(50)),
                        Reply.events(it.stream(ONE, TWO))))
                .handsOn(ONE, TWO)
                .calls(2));
        add(fault("code 50000 in mid-stream")
                .repliesInTurn(it -> List.of(
                        Reply.events(it.token(ONE) + it.error("50000", "No")), Reply.events(it.stream(ONE, TWO))))
                .handsOn(ONE)
                .fails(ClovaServerException.class, 200)
                .code("50000"));
        add(fault("code 42901 in mid-stream, under the name of a token")
                .repliesInTurn(it -> List.of(
                        Reply.events(it.token(ONE) + it.data(it.refusal("42901", "No"))),
                        Reply.events(it.stream(ONE, TWO))))
                .handsOn(ONE)
                .fails(ClovaRateLimitException.class, 200)
                .code("42901"));
    }

    private void brokenHttp() {
        add(fault("a status line that is none")
                .inEveryFace()
                .inAnyDialect()
                .replies(it -> raw("SSH-2.0-OpenSSH_9.6\r\n"))
                .fails(ClovaUnreadableException.class, 0));
        add(fault("a head with too many headers")
                .inEveryFace()
                .inAnyDialect()
                .replies(it -> raw("HTTP/1.1 200 OK\r\n" + "X-More: 1\r\n".repeat(5000)))
                .fails(ClovaUnreadableException.class, 0));
        add(fault("a head with a line without end")
                .inEveryFace()
                .inAnyDialect()
                .replies(it -> raw("HTTP/1.1 200 OK\r\nX-More: " + "1".repeat(200_000)))
                .fails(ClovaUnreadableException.class, 0));
        add(fault("a chunk without a size")
                .inAnyDialect()
                .replies(it -> raw(HEAD + chunk(it.token(ONE)) + TWO + "\r\n")
                        .cutAt(Spoken.bytes(HEAD + chunk(it.token(ONE))))
                        .pause(Duration.ofMillis(50)))
                .handsOn(ONE)
                .fails(ClovaTruncatedException.class, 200));
        add(fault("a chunk that is longer than it says")
                .inAnyDialect()
                .replies(it -> raw(HEAD + chunk(it.token(ONE)) + "5\r\n" + TWO + "\r\n")
                        .cutAt(Spoken.bytes(HEAD + chunk(it.token(ONE))))
                        .pause(Duration.ofMillis(50)))
                .handsOn(ONE)
                .fails(ClovaTruncatedException.class, 200));
        add(fault("a connection that is closed inside a chunk")
                .inAnyDialect()
                .replies(it -> raw(HEAD + chunk(it.token(ONE)) + "500\r\n" + it.token(TWO))
                        .ending(Ending.CLOSE))
                .handsOn(ONE, TWO)
                .fails(ClovaTruncatedException.class, 200));
        add(fault("a length that is too short")
                .inAnyDialect()
                .replies(it -> Reply.events(it.stream(ONE, TWO))
                        .withContentLength()
                        .header("Content-Length", Integer.toString(Spoken.bytes(it.tokens(ONE, TWO)) + 10)))
                .handsOn(ONE, TWO)
                .fails(ClovaTruncatedException.class, 200));
        add(fault("a length that is too long")
                .inAnyDialect()
                .with("idleTimeout", SHORT)
                .replies(it ->
                        Reply.events(it.tokens(ONE, TWO)).withContentLength().header("Content-Length", "10000"))
                .handsOn(ONE, TWO)
                .fails(ClovaTimeoutException.class, 200)
                .names("idleTimeout"));
        add(fault("a length that is too long, and a closed connection")
                .inAnyDialect()
                .replies(it -> Reply.events(it.tokens(ONE, TWO))
                        .withContentLength()
                        .header("Content-Length", "10000")
                        .ending(Ending.CLOSE))
                .handsOn(ONE, TWO)
                .fails(ClovaTruncatedException.class, 200));
        add(fault("a length that is too long for a whole answer")
                .inAnyDialect()
                .replies(it ->
                        Reply.events(it.stream(ONE, TWO)).withContentLength().header("Content-Length", "10000"))
                .handsOn(ONE, TWO)
                .takes(Duration.ZERO, AT_ONCE));
        add(fault("another response behind the response")
                .inAnyDialect()
                .replies(it -> raw("HTTP/1.1 200 OK\r\nConnection: close\r\n"
                        + "Content-Type: text/event-stream\r\nContent-Length: "
                        + Spoken.bytes(it.stream(ONE, TWO)) + "\r\n\r\n" + it.stream(ONE, TWO)
                        + "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nContent-Length: "
                        + Spoken.bytes(it.stream("smuggled")) + "\r\n\r\n" + it.stream("smuggled")))
                .handsOn(ONE, TWO));
        for (String stray : List.of("0", "\r\n", "HTTP/1.1 200 OK\r\nContent-Length: ")) {
            String name = stray.length() + " bytes behind the ";
            add(fault(name + "last chunk")
                    .inAnyDialect()
                    .replies(it -> raw(HEAD + chunk(it.stream(ONE, TWO)) + "0\r\n\r\n" + stray))
                    .handsOn(ONE, TWO));
            add(fault(name + "length of a stream")
                    .inAnyDialect()
                    .replies(it -> raw("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nContent-Length: "
                            + Spoken.bytes(it.stream(ONE, TWO)) + "\r\n\r\n" + it.stream(ONE, TWO) + stray))
                    .handsOn(ONE, TWO));
            whole(name + "length of an answer", it -> raw(response("HTTP/1.1", it) + stray))
                    .answers();
            whole(
                            name + "head of a refusal without a body",
                            it -> raw("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n" + stray))
                    .fails(ClovaRefusedException.class, 400);
        }
        add(fault("a chunk with an extension without end")
                .inAnyDialect()
                .inEveryFace()
                .replies(it -> raw("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5;" + "x".repeat(200_000)))
                .fails(ClovaTruncatedException.class, 200));
        add(fault("a trailer without end")
                .inAnyDialect()
                .replies(it -> raw(HEAD + chunk(it.token(ONE)) + "0\r\n" + "X-More: 1\r\n".repeat(5000))
                        .cutAt(Spoken.bytes(HEAD + chunk(it.token(ONE))))
                        .pause(Duration.ofMillis(50)))
                .handsOn(ONE)
                .fails(ClovaTruncatedException.class, 200));
        add(fault("a trailer behind a stream")
                .inAnyDialect()
                .replies(it -> raw(HEAD + chunk(it.stream(ONE, TWO)) + "0\r\nX-More: 1\r\n\r\n"))
                .handsOn(ONE, TWO));
        add(fault("a stream in HTTP/1.0")
                .inAnyDialect()
                .replies(it -> raw("HTTP/1.0 200 OK\r\nContent-Type: text/event-stream\r\n\r\n" + it.stream(ONE, TWO)))
                .handsOn(ONE, TWO));
        add(fault("a stream in HTTP/1.0 that breaks off")
                .inAnyDialect()
                .replies(it -> raw("HTTP/1.0 200 OK\r\nContent-Type: text/event-stream\r\n\r\n" + it.token(ONE))
                        .ending(Ending.CLOSE))
                .handsOn(ONE)
                .fails(ClovaTruncatedException.class, 200));
        for (String version : List.of("HTTP/2.0", "HTTP/1.1.1")) {
            add(fault(version + ", which nobody has asked for")
                    .inAnyDialect()
                    .inEveryFace()
                    .replies(it -> raw(version + " 200 OK\r\nContent-Length: 0\r\n\r\n"))
                    .fails(ClovaUnreadableException.class, 0));
        }
        add(fault("status 101")
                .inAnyDialect()
                .inEveryFace()
                .replies(it -> raw("HTTP/1.1 101 Switching Protocols\r\nUpgrade: h2c\r\nConnection: Upgrade\r\n\r\n"))
                .fails(ClovaUnreadableException.class, 0));
        add(fault("status 102 without end")
                .inAnyDialect()
                .inEveryFace()
                .with("responseTimeout", SHORT)
                .replies(it ->
                        raw("HTTP/1.1 102 Processing\r\n\r\n".repeat(5000)).ending(Ending.STALL))
                .fails(ClovaTimeoutException.class, 0)
                .names("responseTimeout"));
        add(fault("status 100 and 103 before the head")
                .replies(it -> raw("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n" + HEAD
                        + chunk(it.stream(ONE, TWO)) + "0\r\n\r\n"))
                .handsOn(ONE, TWO));
        add(fault("status 103 and nothing more")
                .inEveryFace()
                .inAnyDialect()
                .with("responseTimeout", SHORT)
                .replies(
                        it -> raw("HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n").ending(Ending.STALL))
                .fails(ClovaTimeoutException.class, 0)
                .names("responseTimeout"));
    }

    /** What only one whole JSON document can get wrong. */
    private void wholeAnswers() {
        for (Ending ending : List.of(Ending.RESET, Ending.CLOSE, Ending.HALF_CLOSE)) {
            whole(ending + " in the body", it -> json(it).truncatedAt(HALF).ending(ending))
                    .fails(ClovaTruncatedException.class, 200);
            whole(
                            ending + " in a chunk",
                            it -> json(it).chunked().truncatedAt(HALF).ending(ending))
                    .fails(ClovaTruncatedException.class, 200);
            whole(ending + " before the last chunk", it -> json(it).chunked()
                            .truncatedAt(Spoken.bytes(it.answer(BOTH)))
                            .ending(ending))
                    .fails(ClovaTruncatedException.class, 200);
            whole(ending + " before the end of its length", it -> json(it).header("Content-Length", "1000")
                            .ending(ending))
                    .fails(ClovaTruncatedException.class, 200);
            whole(ending + " behind a whole answer", it -> json(it).ending(ending))
                    .answers();
        }
        whole("stalls in a chunk", it -> json(it).chunked().truncatedAt(HALF).ending(Ending.STALL))
                .with("idleTimeout", SHORT)
                .fails(ClovaTimeoutException.class, 200)
                .names("idleTimeout");
        whole("stalls before the end of its length", it -> json(it).header("Content-Length", "1000"))
                .with("idleTimeout", SHORT)
                .fails(ClovaTimeoutException.class, 200)
                .names("idleTimeout");
        whole("half an answer until the end of the connection", it -> json(it).truncatedAt(HALF)
                        .untilClose())
                .fails(ClovaUnreadableException.class, 200);
        whole("an answer until the end of the connection", it -> json(it).untilClose())
                .answers();
        whole("byte by byte", it -> json(it).chunked().byteByByte()).answers();
        whole("no content", it -> raw("HTTP/1.1 204 No Content\r\n\r\n")).fails(ClovaUnreadableException.class, 204);
        whole("a chunk of no size", it -> raw(JSON_HEAD + "Transfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n"))
                .fails(ClovaTruncatedException.class, 200);
        whole("a status that is no number", it -> raw("HTTP/1.1 OK 200\r\nContent-Length: 0\r\n\r\n"))
                .fails(ClovaUnreadableException.class, 0);
        whole("two lengths", it -> raw(JSON_HEAD + "Content-Length: 2\r\nContent-Length: 3\r\n\r\n{} "))
                .fails(ClovaUnreadableException.class, 0);
        whole("a negative length", it -> raw(JSON_HEAD + "Content-Length: -2\r\n\r\n{}"))
                .fails(ClovaUnreadableException.class, 0);
        whole("a length that is no number", it -> raw(JSON_HEAD + "Content-Length: two\r\n\r\n{}"))
                .fails(ClovaUnreadableException.class, 0);
        whole(
                        "a length beside chunks",
                        it -> raw(JSON_HEAD + "Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n"
                                + chunk(it.answer(BOTH)) + "0\r\n\r\n"))
                .answers();
        whole(
                        "an answer without a content type",
                        it -> raw("HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%s"
                                .formatted(Spoken.bytes(it.answer(BOTH)), it.answer(BOTH))))
                .answers();
        whole("HTTP/1.0", it -> raw(response("HTTP/1.0", it))).answers();
        whole(
                        "status 100, 102 and 103 before the head",
                        it -> raw("HTTP/1.1 100 Continue\r\n\r\n"
                                + "HTTP/1.1 102 Processing\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n"
                                + response("HTTP/1.1", it)))
                .answers();
        whole(
                        "another response behind an answer",
                        it -> raw(response("HTTP/1.1", it) + JSON_HEAD + "Content-Length: 2\r\n\r\n{}"))
                .answers();
        whole("gzip that is cut", it -> json(it).gzipped().truncatedAt(HALF)).fails(ClovaTruncatedException.class, 200);
        whole("gzip of which nothing is true", it -> json(it).header("Content-Encoding", "gzip"))
                .fails(ClovaUnreadableException.class, 200);
        whole("a bomb", it -> Reply.json("0".repeat(20_000_000)).gzipped())
                .with("maxResponseSize", BOUND)
                .fails(ClovaLimitException.class, 200)
                .names("maxResponseSize");
        whole("JSON without end", it -> Reply.json("[" + "0,".repeat(1_000_000)).chunked())
                .with("maxResponseSize", BOUND)
                .fails(ClovaLimitException.class, 200)
                .names("maxResponseSize");
        for (String deep : List.of("[", "{\"a\":")) {
            whole("100000 times " + deep, it -> Reply.json(deep.repeat(100_000)))
                    .fails(ClovaUnreadableException.class, 200);
            whole(
                            "100000 times " + deep + " in an answer",
                            it -> Reply.json(it.answer(BOTH)
                                    .replaceFirst(
                                            "\\{",
                                            "{\"x\":" + deep.repeat(100_000).replace("\"", "\\\"") + ",")))
                    .fails(ClovaUnreadableException.class, 200);
        }
        whole("a number that is too long", it -> Reply.json("{\"result\":" + "9".repeat(10_000) + "}"))
                .fails(ClovaUnreadableException.class, 200);
        whole("code 50000 in an envelope of status 200", it -> Reply.json(it.refusal("50000", "No")))
                .fails(ClovaServerException.class, 200)
                .code("50000")
                .calls(3);
        whole("bytes that are no UTF-8", it -> Reply.raw(notUtf8())).fails(ClovaUnreadableException.class, 200);
    }

    /** Where no service is, or not the one that was asked for. */
    private void places() {
        at(Place.NOBODY_LISTENS).fails(ClovaConnectionException.class, 0);
        at(Place.UNKNOWN_HOST).fails(ClovaConnectionException.class, 0);
        at(Place.TLS_EXPIRED).fails(ClovaConnectionException.class, 0);
        at(Place.TLS_OF_ANOTHER_HOST).fails(ClovaConnectionException.class, 0);
        at(Place.TLS_SELF_SIGNED).fails(ClovaConnectionException.class, 0);
        at(Place.TLS_TOO_OLD).fails(ClovaConnectionException.class, 0);
        at(Place.TLS_CUT).fails(ClovaConnectionException.class, 0);
        at(Place.TLS_STALLED)
                .with("connectTimeout", SHORT)
                .fails(ClovaTimeoutException.class, 0)
                .names("connectTimeout");
        at(Place.NO_TLS).fails(ClovaConnectionException.class, 0);
        at(Place.BEHIND_A_PROXY_THAT_REFUSES).fails(ClovaRefusedException.class, 407);
        at(Place.REFUSES_WHILE_UPLOADED)
                .sends(LARGE)
                .fails(ClovaRefusedException.class, 413)
                .code("41300");
        at(Place.RESETS_WHILE_UPLOADED).sends(LARGE).fails(ClovaConnectionException.class, 0);
        at(Place.STALLS_WHILE_UPLOADED)
                .sends(LARGE)
                .with("responseTimeout", SHORT)
                .fails(ClovaTimeoutException.class, 0)
                .names("responseTimeout");
    }

    private Fault whole(String name, Function<Spoken, Reply> reply) {
        Fault row = fault(name).asOneDocument().replies(reply);
        add(row);
        return row;
    }

    private Fault at(Place place) {
        Fault row = fault(place.name()).inAnyDialect().inEveryFace().at(place).calls(0);
        add(row);
        return row;
    }

    private static Reply json(Spoken spoken) {
        return Reply.json(spoken.answer(BOTH));
    }

    private static String response(String version, Spoken spoken) {
        return "%s 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s"
                .formatted(version, Spoken.bytes(spoken.answer(BOTH)), spoken.answer(BOTH));
    }

    private static byte[] notUtf8() {
        byte[] response = (JSON_HEAD + "Content-Length: 4\r\n\r\n{\"?\"").getBytes(UTF_8);
        response[response.length - 2] = (byte) 0xff;
        return response;
    }

    static Reply good(Spoken spoken, Face face) {
        return face == Face.JSON ? json(spoken) : Reply.events(spoken.stream(ONE, TWO));
    }

    /** All of it, but without the end of the framing. */
    private static Reply whole(String sse) {
        return cut(sse, Spoken.bytes(sse));
    }

    private static Reply cut(String sse, int bytes) {
        return Reply.events(sse).truncatedAt(bytes);
    }

    private static Reply endless(String beginning) {
        return Reply.events(beginning).ending(Ending.STALL);
    }

    static Reply raw(String response) {
        return Reply.raw(response.getBytes(UTF_8));
    }

    private static String chunk(String sse) {
        return Integer.toHexString(Spoken.bytes(sse)) + "\r\n" + sse + "\r\n";
    }

    private static int positionOf(String text, String part) {
        return Spoken.bytes(text.substring(0, text.indexOf(part)));
    }

    /** Each section sign loses its second byte. */
    private static byte[] broken(String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        byte[] whole = text.getBytes(UTF_8);
        for (int at = 0; at < whole.length; at++) {
            if (whole[at] != (byte) 0xA7 || whole[at - 1] != (byte) 0xC2) {
                bytes.write(whole[at]);
            }
        }
        return bytes.toByteArray();
    }

    /** @param longer bytes more or fewer at the end
     *  @param wrongAt which byte from the end is wrong, none if 0 */
    private static Reply gzipped(String sse, int longer, int wrongAt) {
        ByteArrayOutputStream compressed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(compressed)) {
            gzip.write(sse.getBytes(UTF_8));
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        byte[] bytes = compressed.toByteArray();
        if (wrongAt > 0) {
            bytes[bytes.length - wrongAt] ^= 1;
        }
        return Reply.events(bytes).truncatedAt(bytes.length + longer).header("Content-Encoding", "gzip");
    }
}
