package io.github.camelclova;

import io.github.camelclova.FaultCalls.Face;
import io.github.camelclova.FaultPlaces.Place;
import io.github.camelclova.chat.ClovaException;
import io.github.camelclova.testing.Reply;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

/** One row of the table: what goes wrong, and what a route sees of it. Written down once, then only read. */
final class Fault {

    /** Far more than anything here takes, and far less than the timeouts that a row does not set. */
    static final Duration SOON = Duration.ofSeconds(5);

    private final String name;
    private final Map<String, String> options = new TreeMap<>();
    private Function<Spoken, List<Reply>> service = spoken -> List.of();
    private Function<FaultPlaces, Reply> replyByPlaces;
    private boolean recovers;
    private Set<Face> faces = EnumSet.of(Face.PUSH, Face.PULL);
    private Place place = Place.SERVICE;
    private int promptLength;
    private Set<Spoken> dialects = EnumSet.allOf(Spoken.class);
    private Class<? extends ClovaException> failure;
    private String code;
    private String option;
    private int status;
    private List<String> tokens = List.of();
    private int calls = 1;
    private Duration atLeast = Duration.ZERO;
    private Duration atMost = SOON;

    private Fault(String name) {
        this.name = name;
    }

    /** In every dialect, and none unless {@link #fails} says so. */
    static Fault fault(String name) {
        return new Fault(name);
    }

    /** What the service answers to every call. */
    Fault replies(Function<Spoken, Reply> reply) {
        return repliesInTurn(spoken -> List.of(reply.apply(spoken)));
    }

    /** What the service answers to every call, where the answer names another place. */
    Fault repliesBy(Function<FaultPlaces, Reply> reply) {
        replyByPlaces = reply;
        return this;
    }

    /** What the service answers to the first call, the second one and so on; the last reply is repeated. */
    Fault repliesInTurn(Function<Spoken, List<Reply>> replies) {
        service = replies;
        return this;
    }

    /** After what it replies, the service answers as it should. */
    Fault thenAnswers() {
        recovers = true;
        return this;
    }

    /** Asked for one document, too; all else is asked for streams alone. */
    Fault inEveryFace() {
        faces = EnumSet.allOf(Face.class);
        return this;
    }

    /** Asked for one document alone. */
    Fault asOneDocument() {
        faces = EnumSet.of(Face.JSON);
        return this;
    }

    Fault at(Place where) {
        place = where;
        return this;
    }

    /** @param characters length of the prompt */
    Fault sends(int characters) {
        promptLength = characters;
        return this;
    }

    /** For what no codec sees, one dialect stands for all. */
    Fault inAnyDialect() {
        return in(Spoken.CLOVA_V3);
    }

    Fault in(Spoken first, Spoken... others) {
        dialects = EnumSet.of(first, others);
        return this;
    }

    /** An option of the endpoint, beside those of every row. */
    Fault with(String optionName, Object value) {
        options.put(optionName, value.toString());
        return this;
    }

    /** @param httpStatus 0 when no head came */
    Fault fails(Class<? extends ClovaException> how, int httpStatus) {
        failure = how;
        status = httpStatus;
        return this;
    }

    /** The service's code on the failure; there is none unless this says so. */
    Fault code(String serviceCode) {
        code = serviceCode;
        return this;
    }

    /** The option that a timeout or a limit names. */
    Fault names(String optionName) {
        option = optionName;
        return this;
    }

    /** The tokens that are handed on before the end; none unless this says so. */
    Fault handsOn(String... handedOn) {
        tokens = List.of(handedOn);
        return this;
    }

    /** It is no failure. */
    Fault answers() {
        return handsOn(Faults.ONE, Faults.TWO);
    }

    /** How many calls are made: one more than there are retries. */
    Fault calls(int number) {
        calls = number;
        return this;
    }

    Fault takes(Duration least, Duration most) {
        atLeast = least;
        atMost = most;
        return this;
    }

    Reply reply(Spoken spoken, Face face, FaultPlaces places, int call) {
        if (replyByPlaces != null) {
            return replyByPlaces.apply(places);
        }
        List<Reply> replies = service.apply(spoken);
        return recovers && call >= replies.size()
                ? Faults.good(spoken, face)
                : replies.get(Math.min(call, replies.size() - 1));
    }

    Set<Face> faces() {
        return faces;
    }

    Place place() {
        return place;
    }

    String prompt() {
        return promptLength == 0 ? "hello" : "x".repeat(promptLength);
    }

    Set<Spoken> dialects() {
        return dialects;
    }

    Map<String, String> options() {
        return options;
    }

    boolean isNone() {
        return failure == null;
    }

    Class<? extends ClovaException> failure() {
        return failure;
    }

    String code() {
        return code;
    }

    String option() {
        return option;
    }

    int status() {
        return status;
    }

    List<String> tokens() {
        return tokens;
    }

    /** Everything that was handed on, which is the answer if there is one. */
    String text() {
        return String.join("", tokens);
    }

    int calls() {
        return calls;
    }

    Duration atLeast() {
        return atLeast;
    }

    Duration atMost() {
        return atMost;
    }

    @Override
    public String toString() {
        return name;
    }
}
