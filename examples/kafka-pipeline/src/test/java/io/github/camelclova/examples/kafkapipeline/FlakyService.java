package io.github.camelclova.examples.kafkapipeline;

import io.github.camelclova.testing.ClovaStandIn;
import io.github.camelclova.testing.ReceivedRequest;
import io.github.camelclova.testing.Reply;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;

/** A service that takes its time, fails a share of its calls in seven ways, and refuses what is poisoned. */
final class FlakyService implements AutoCloseable {

    /** A question with it is refused, however often it is asked. */
    static final String POISON = "#poison";

    private static final String REQUEST_ID = "X-NCP-CLOVASTUDIO-REQUEST-ID";
    private static final String ANSWER = """
            {"status":{"code":"20000","message":"OK"},"result":{\
            "message":{"role":"assistant","content":"This is the answer to %s."},"finishReason":"stop",\
            "usage":{"promptTokens":10,"completionTokens":8,"totalTokens":18},"aiFilter":[\
            {"groupName":"curse","name":"insult","score":"2","result":"OK"},\
            {"groupName":"curse","name":"discrimination","score":"2","result":"OK"},\
            {"groupName":"unsafeContents","name":"sexualHarassment","score":"2","result":"OK"}]}}""";

    private final ClovaStandIn standIn = ClovaStandIn.start();
    private final Map<String, List<Instant>> calls = new ConcurrentHashMap<>();
    private final Duration latency;
    private final double faultShare;
    private final Random chance;

    /**
     * @param faultShare of the calls, 0 to 1
     */
    FlakyService(Duration latency, double faultShare, long seed) {
        this.latency = latency;
        this.faultShare = faultShare;
        this.chance = new Random(seed);
        standIn.answers(this::reply);
    }

    String baseUrl() {
        return standIn.baseUrl();
    }

    /** When the calls of a record came in, in order. */
    List<Instant> callsOf(String requestId) {
        List<Instant> known = calls.getOrDefault(requestId, List.of());
        synchronized (known) {
            return List.copyOf(known);
        }
    }

    int allCalls() {
        return calls.keySet().stream().mapToInt(id -> callsOf(id).size()).sum();
    }

    private Reply reply(ReceivedRequest request) {
        String id = request.header(REQUEST_ID).orElseThrow();
        List<Instant> known = calls.computeIfAbsent(id, any -> new ArrayList<>());
        synchronized (known) {
            known.add(request.at());
        }
        if (request.body().contains(POISON)) {
            return Reply.json(400, Fault.error("40000")).headDelay(latency);
        }
        return drawnFault(answer(id)).headDelay(latency);
    }

    /** A good answer to this request, in clova-v3. */
    static String answer(String requestId) {
        return ANSWER.formatted(requestId);
    }

    private synchronized Reply drawnFault(String answer) {
        if (chance.nextDouble() >= faultShare) {
            return Reply.json(answer);
        }
        Fault[] faults = Fault.values();
        return faults[chance.nextInt(faults.length)].instead(answer);
    }

    @Override
    public void close() {
        standIn.close();
    }
}
