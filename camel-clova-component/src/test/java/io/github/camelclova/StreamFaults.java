package io.github.camelclova;

import static io.github.camelclova.Spoken.CLOVA_V1;
import static io.github.camelclova.Spoken.CLOVA_V3;
import static io.github.camelclova.Spoken.OPENAI;
import static io.github.camelclova.StreamFault.fault;
import static java.nio.charset.StandardCharsets.UTF_8;

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

/** The table: what a service can do wrong while it streams. */
final class StreamFaults {

    static final String ONE = "벚꽃 ";
    static final String TWO = "엔딩";
    static final String BOTH = ONE + TWO;

    private static final int SHORT = 300;
    private static final Duration AT_ONCE = Duration.ofMillis(900);
    private static final Duration GRACE = Duration.ofMillis(900);
    private static final Duration GRACE_AT_MOST = Duration.ofMillis(2500);

    private static final String HEAD =
            "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n";

    private final List<StreamFault> rows = new ArrayList<>();

    private StreamFaults() {}

    static List<StreamFault> all() {
        StreamFaults faults = new StreamFaults();
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
        return List.copyOf(faults.rows);
    }

    static StreamFault named(String name) {
        return all().stream()
                .filter(row -> row.toString().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no such row: " + name));
    }

    private void add(StreamFault row) {
        rows.add(row);
    }

    /** Reset, closed, half closed: the client can tell. */
    private void connectionsThatEnd() {
        for (Ending ending : List.of(Ending.RESET, Ending.CLOSE, Ending.HALF_CLOSE)) {
            String how = ending + " ";
            add(fault(how + "before the head")
                    .inAnyDialect()
                    .replies(it -> Reply.nothing().ending(ending))
                    .fails(ClovaConnectionException.class, 0)
                    .calls(3));
            // The HTTP client reads a line that the end of the connection cuts as a whole one, and a bad one.
            boolean isCut = ending != Ending.RESET;
            add(fault(how + "inside the head")
                    .inAnyDialect()
                    .replies(it -> raw("HTTP/1.1 200 OK\r\nContent-Ty").ending(ending))
                    .fails(isCut ? ClovaUnreadableException.class : ClovaConnectionException.class, 0)
                    .calls(isCut ? 1 : 3));
            add(fault(how + "before the head once")
                    .inAnyDialect()
                    .repliesInTurn(it -> List.of(Reply.nothing().ending(ending), good(it)))
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
        add(fault("an end marker without a closing event")
                .replies(it -> Reply.events(it.tokens(ONE, TWO) + it.end()))
                .handsOn(ONE, TWO));
        add(fault("a last token with the reason of the end, and no result")
                .in(CLOVA_V1, CLOVA_V3)
                .replies(it -> Reply.events(it.token(ONE)
                        + it.data("{\"message\":{\"content\":\"%s\"},\"stopReason\":\"stop_before\"}".formatted(TWO))))
                .handsOn(ONE, TWO)
                .fails(ClovaTruncatedException.class, 200));
        add(fault("nobody listens")
                .inAnyDialect()
                .with("baseUrl", "http://localhost:1")
                .fails(ClovaConnectionException.class, 0)
                .calls(0));
    }

    /** Nothing more comes, and only a clock can tell. */
    private void connectionsThatStall() {
        add(fault("stalls before the head")
                .inAnyDialect()
                .with("responseTimeout", SHORT)
                .replies(it -> Reply.nothing())
                .fails(ClovaTimeoutException.class, 0)
                .names("responseTimeout"));
        add(fault("stalls inside the head")
                .inAnyDialect()
                .with("responseTimeout", SHORT)
                .replies(it -> raw("HTTP/1.1 200 OK\r\nContent-Ty").ending(Ending.STALL))
                .fails(ClovaTimeoutException.class, 0)
                .names("responseTimeout"));
        add(fault("sends its head byte by byte and too slowly")
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
                .takes(Duration.ofMillis(600), StreamFault.SOON));
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
                .inAnyDialect()
                .with("maxResponseSize", 1000)
                .replies(it -> Reply.json(it.answer("x".repeat(64_000))).ending(Ending.STALL))
                .fails(ClovaLimitException.class, 200)
                .names("maxResponseSize"));
        add(fault("a page without end")
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
                .takes(GRACE, StreamFault.SOON));
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
                .replies(it -> Reply.text(200, "text/html", "<html>please sign in</html>"))
                .fails(ClovaUnreadableException.class, 200));
        add(fault("plain text")
                .replies(it -> Reply.text(200, "text/plain; charset=utf-8", "please sign in"))
                .fails(ClovaUnreadableException.class, 200));
        add(fault("events under the name of JSON")
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
        add(fault("a JSON answer").replies(it -> Reply.json(it.answer(BOTH))).handsOn(BOTH));
        add(fault("a JSON answer with status 201")
                .inAnyDialect()
                .replies(it -> Reply.json(201, it.answer(BOTH)))
                .handsOn(BOTH));
        add(fault("half a JSON answer")
                .replies(it -> Reply.json(it.answer(BOTH)).truncatedAt(50))
                .fails(ClovaUnreadableException.class, 200));
        add(fault("a JSON answer that breaks off")
                .replies(it -> Reply.json(it.answer(BOTH)).truncatedAt(50).ending(Ending.CLOSE))
                .fails(ClovaTruncatedException.class, 200));
        add(fault("an empty JSON object").replies(it -> Reply.json("{}")).fails(ClovaUnreadableException.class, 200));
        add(fault("a JSON array").replies(it -> Reply.json("[]")).fails(ClovaUnreadableException.class, 200));
        add(fault("JSON that is nothing but deep")
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
                .inAnyDialect()
                .replies(it -> Reply.events(it.stream(ONE, TWO)).header("Content-Encoding", "br"))
                .fails(ClovaUnreadableException.class, 200));
        add(fault("a JSON answer in gzip")
                .inAnyDialect()
                .replies(it -> Reply.json(it.answer(BOTH)).gzipped())
                .handsOn(BOTH));
        add(fault("a refusal in gzip")
                .inAnyDialect()
                .replies(it ->
                        Reply.json(401, it.refusal("40104", "Invalid key")).gzipped())
                .fails(ClovaAuthenticationException.class, 401)
                .code("40104"));
        add(fault("a refusal without a body that claims to be gzip")
                .inAnyDialect()
                .replies(it -> Reply.json(401, "").header("Content-Encoding", "gzip"))
                .fails(ClovaAuthenticationException.class, 401));
    }

    /** An HTTP status that says no. */
    private void refusals() {
        refusal(400, "40001", ClovaRefusedException.class, 1);
        refusal(400, "40003", ClovaContextLengthException.class, 1);
        refusal(401, "40104", ClovaAuthenticationException.class, 1);
        refusal(403, "40300", ClovaAuthenticationException.class, 1);
        refusal(404, "40400", ClovaRefusedException.class, 1);
        refusal(408, "40800", ClovaRefusedException.class, 3);
        refusal(413, "41300", ClovaRefusedException.class, 1);
        refusal(429, "42901", ClovaRateLimitException.class, 3);
        refusal(500, "50000", ClovaServerException.class, 3);
        refusal(501, "50100", ClovaServerException.class, 1);
        refusal(503, "50300", ClovaServerException.class, 3);
        refusal(504, "50400", ClovaServerException.class, 3);
        for (int status : new int[] {500, 502, 503, 504, 529}) {
            add(fault("status " + status + " with a page")
                    .inAnyDialect()
                    .replies(it -> Reply.text(status, "text/html", "<html>overloaded</html>"))
                    .fails(ClovaServerException.class, status)
                    .calls(3));
        }
        for (int status : new int[] {301, 302, 303, 307, 308}) {
            add(fault("status " + status + " to somewhere else")
                    .inAnyDialect()
                    .replies(it -> Reply.text(status, "text/plain", "moved").header("Location", "/v3/elsewhere"))
                    .fails(ClovaRefusedException.class, status));
        }
        add(fault("status 400 without a body")
                .inAnyDialect()
                .replies(it -> Reply.json(400, ""))
                .fails(ClovaRefusedException.class, 400));
        add(fault("status 400 with JSON 100000 deep")
                .inAnyDialect()
                .replies(it -> Reply.json(400, "{\"a\":".repeat(100_000)))
                .fails(ClovaRefusedException.class, 400));
        add(fault("status 429 that asks for a short wait")
                .inAnyDialect()
                .repliesInTurn(it -> List.of(
                        Reply.json(429, it.refusal("42900", "Too many")).header("Retry-After-Ms", "200"), good(it)))
                .handsOn(ONE, TWO)
                .calls(2)
                .takes(Duration.ofMillis(200), StreamFault.SOON));
        add(fault("status 429 that asks for one second")
                .inAnyDialect()
                .repliesInTurn(it ->
                        List.of(Reply.json(429, it.refusal("42900", "Too many")).header("Retry-After", "1"), good(it)))
                .handsOn(ONE, TWO)
                .calls(2)
                .takes(Duration.ofSeconds(1), StreamFault.SOON));
        add(fault("status 429 that asks for too long a wait")
                .inAnyDialect()
                .replies(it -> Reply.json(429, it.refusal("42900", "Too many")).header("Retry-After", "61"))
                .fails(ClovaRateLimitException.class, 429)
                .code("42900"));
        add(fault("status 503 that asks for more than requestTimeout has")
                .inAnyDialect()
                .with("requestTimeout", 2000)
                .replies(it -> Reply.json(503, it.refusal("50300", "Busy")).header("Retry-After", "3"))
                .fails(ClovaServerException.class, 503)
                .code("50300"));
        add(fault("status 500 twice")
                .repliesInTurn(it -> List.of(
                        Reply.json(500, it.refusal("50000", "Busy")),
                        Reply.json(500, it.refusal("50000", "Busy")),
                        good(it)))
                .handsOn(ONE, TWO)
                .calls(3));
    }

    private void refusal(int status, String code, Class<? extends ClovaException> failure, int calls) {
        add(fault("status %d, code %s".formatted(status, code))
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
                .repliesInTurn(it -> List.of(Reply.events(it.error("42902", "Busy")), good(it)))
                .handsOn(ONE, TWO)
                .calls(2));
        add(fault("code 42902 in the first event once, after a while")
                .repliesInTurn(it ->
                        List.of(Reply.events(it.error("42902", "Busy")).bodyDelay(Duration.ofMillis(50)), good(it)))
                .handsOn(ONE, TWO)
                .calls(2));
        add(fault("code 50000 in mid-stream")
                .repliesInTurn(it -> List.of(Reply.events(it.token(ONE) + it.error("50000", "No")), good(it)))
                .handsOn(ONE)
                .fails(ClovaServerException.class, 200)
                .code("50000"));
        add(fault("code 42901 in mid-stream, under the name of a token")
                .repliesInTurn(
                        it -> List.of(Reply.events(it.token(ONE) + it.data(it.refusal("42901", "No"))), good(it)))
                .handsOn(ONE)
                .fails(ClovaRateLimitException.class, 200)
                .code("42901"));
    }

    private void brokenHttp() {
        add(fault("a status line that is none")
                .inAnyDialect()
                .replies(it -> raw("SSH-2.0-OpenSSH_9.6\r\n"))
                .fails(ClovaUnreadableException.class, 0));
        add(fault("a head with too many headers")
                .inAnyDialect()
                .replies(it -> raw("HTTP/1.1 200 OK\r\n" + "X-More: 1\r\n".repeat(5000)))
                .fails(ClovaUnreadableException.class, 0));
        add(fault("a head with a line without end")
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
        add(fault("status 100 and 103 before the head")
                .replies(it -> raw("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n" + HEAD
                        + chunk(it.stream(ONE, TWO)) + "0\r\n\r\n"))
                .handsOn(ONE, TWO));
        add(fault("status 103 and nothing more")
                .inAnyDialect()
                .with("responseTimeout", SHORT)
                .replies(
                        it -> raw("HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n").ending(Ending.STALL))
                .fails(ClovaTimeoutException.class, 0)
                .names("responseTimeout"));
    }

    static Reply good(Spoken spoken) {
        return Reply.events(spoken.stream(ONE, TWO));
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

    private static Reply raw(String response) {
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
