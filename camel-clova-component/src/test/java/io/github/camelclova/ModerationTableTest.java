package io.github.camelclova;

import static io.github.camelclova.Target.V3_MODEL;
import static io.github.camelclova.Target.read;
import static io.github.camelclova.Target.reply;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.camelclova.chat.ClovaAiFilterException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every combination of moderation options meets every filter result, and the contract's own few rules say what follows. */
class ModerationTableTest {

    static final String QUESTION = "the question";
    static final String REPLACEMENT = "withheld";
    static final String SHORT = "😀".repeat(500);
    static final String LONG = "😀".repeat(501);
    private static final List<String> DOCUMENTED = List.of("insult", "discrimination", "sexualHarassment");

    /** What may stand in {@code aiFilter}; "-" for an answer without one. */
    static final List<String> FILTERS = List.of(
            "-",
            "null",
            "[]",
            "\"OK\"",
            "{\"insult\":\"2\"}",
            all("\"2\""),
            all("\"0\""),
            all("\"1\""),
            all("0"),
            all("1"),
            all("2"),
            all("\" 1 \""),
            all("\"-1\""),
            all("-1"),
            all("\"high\""),
            all("\"\""),
            all("\"3\""),
            all("-2"),
            all("null"),
            all("true"),
            all("[0]"),
            list(scored("insult", "\"2\""), scored("discrimination", "\"0\""), scored("sexualHarassment", "\"1\"")),
            list(scored("insult", "\"-1\""), scored("discrimination", "\"0\""), scored("sexualHarassment", "\"2\"")),
            list(scored("insult", "\"-1\""), scored("discrimination", "\"1\""), scored("sexualHarassment", "\"2\"")),
            list(scored("insult", "\"2\""), scored("discrimination", "\"2\"")),
            list(scored("insult", "\"0\"")),
            list("{\"name\":\"insult\"}", scored("discrimination", "\"2\""), scored("sexualHarassment", "\"2\"")),
            all("\"2\",\"result\":\"ERROR\""),
            all("\"1\",\"result\":\"ERROR\""),
            all("\"2\",\"result\":\"ok\""),
            all("\"2\",\"result\":null"),
            with(all("\"2\""), scored("insult", "\"0\"")),
            with(all("\"0\""), scored("insult", "\"2\"")),
            with(all("\"2\""), scored("insult", "\"1\"")),
            with(all("\"2\""), scored("insult", "\"soon\"")),
            with(all("\"2\""), scored("violence", "\"0\"")),
            with(all("\"2\""), scored("violence", "\"1\"")),
            with(all("\"2\""), scored("violence", "\"2\"")),
            with(all("\"2\""), scored("violence", "\"-1\"")));

    @RegisterExtension
    static final ChatRoutes routes = new ChatRoutes();

    /** @param partial empty for the default */
    record Rules(String policy, Map<String, Integer> thresholds, String unjudged, String partial, String action) {

        boolean on() {
            return !policy.equals("off") || !thresholds.isEmpty();
        }

        String[] options() {
            List<String> options = new ArrayList<>(List.of(
                    "aiFilterPolicy=" + policy,
                    "aiFilterUnjudged=" + unjudged,
                    "aiFilterAction=" + action,
                    "aiFilterReplacement=" + REPLACEMENT));
            thresholds.forEach((name, score) -> options.add("aiFilterThreshold." + name + "=" + score));
            if (!partial.isEmpty()) {
                options.add("aiFilterPartial=" + partial);
            }
            return options.toArray(String[]::new);
        }
    }

    static Stream<Rules> rules() {
        List<Map<String, Integer>> thresholds =
                List.of(Map.of(), Map.of("insult", 1), Map.of("insult", -1), Map.of("insult", 0, "violence", 1));
        return Stream.of("off", "moderate", "strict")
                .flatMap(policy -> thresholds.stream().flatMap(each -> Stream.of("flag", "fail", "pass")
                        .flatMap(unjudged -> Stream.of("", "flag", "pass")
                                .flatMap(partial -> Stream.of("header", "exception", "replace")
                                        .map(action -> new Rules(policy, each, unjudged, partial, action))))))
                .filter(rules -> rules.on() || rules.action().equals("header"));
    }

    @ParameterizedTest
    @MethodSource("rules")
    void whatBecomesOfAnAnswerFollowsFromItsScoresAndTheRules(Rules rules) {
        String from = routes.start(V3_MODEL.at(routes.service(), rules.options()));
        for (String filter : FILTERS) {
            for (String text : List.of(SHORT, LONG)) {
                Expected expected = Expected.of(rules, filter, text);
                routes.service().replays(reply(answer(text, filter)));

                Exchange answer = routes.send(from, QUESTION, Map.of());

                assertThat(Expected.seen(answer))
                        .as("%s, %d code points", filter, text.codePointCount(0, text.length()))
                        .isEqualTo(expected);
            }
        }
    }

    private static ObjectNode answer(String text, String filter) {
        ObjectNode answer = V3_MODEL.hello();
        V3_MODEL.message(answer).put("content", text);
        if (!filter.equals("-")) {
            V3_MODEL.choice(answer).set("aiFilter", read(filter));
        }
        return answer;
    }

    /**
     * What a route sees, and what it should see by the rules of the contract.
     *
     * @param body "answer", "replacement", or "question" where the exchange failed
     * @param headers of those about the filter that are set
     */
    record Expected(String body, boolean failed, List<String> reasonsOfFailure, Map<String, Object> headers) {

        static Expected of(Rules rules, String filter, String text) {
            boolean asked = rules.on();
            JsonNode entries = read(filter.equals("-") ? "null" : filter);
            boolean came = !entries.isNull();
            // Of a name that is listed twice the worse counts: 0, 1, not judged, 2.
            Map<String, Integer> scores = new LinkedHashMap<>();
            boolean unjudged = !entries.isArray();
            for (JsonNode entry : entries) {
                String name = entry.path("name").asText();
                int score = score(entry.path("score"));
                boolean failed = entry.hasNonNull("result")
                        && !entry.path("result").asText().equalsIgnoreCase("OK");
                unjudged |= score < 0 || failed;
                scores.merge(name, score, (one, other) -> badness(one) > badness(other) ? one : other);
            }
            unjudged |= !scores.keySet().containsAll(DOCUMENTED);
            boolean partial = text.codePointCount(0, text.length()) > 500;

            Map<String, Object> headers = new LinkedHashMap<>();
            if (asked || came) {
                headers.put(
                        ClovaConstants.AI_FILTER_VERDICT,
                        scores.containsValue(0)
                                ? "unsafe"
                                : unjudged ? "unjudged" : scores.containsValue(1) ? "suspect" : "safe");
                headers.put(ClovaConstants.AI_FILTER_COVERAGE, partial ? "partial" : "full");
            }
            if (came) {
                headers.put(
                        ClovaConstants.AI_FILTER_SCORES,
                        scores.entrySet().stream()
                                .filter(score -> score.getValue() != UNREADABLE)
                                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
            }
            if (!rules.on()) {
                return new Expected("answer", false, List.of(), headers);
            }
            int level = List.of("off", "moderate", "strict").indexOf(rules.policy()) - 1;
            Set<String> reasons = new LinkedHashSet<>();
            scores.forEach((name, score) -> {
                if (score >= 0 && score <= rules.thresholds().getOrDefault(name, level)) {
                    reasons.add(name);
                }
            });
            if (unjudged && !rules.unjudged().equals("pass")) {
                reasons.add("unjudged");
            }
            boolean flagsPartial = rules.partial().isEmpty()
                    ? rules.policy().equals("strict")
                    : rules.partial().equals("flag");
            if (partial && flagsPartial) {
                reasons.add("partial");
            }
            headers.put(ClovaConstants.AI_FILTER_FLAGGED, !reasons.isEmpty());
            headers.put(ClovaConstants.AI_FILTER_REASONS, List.copyOf(reasons));
            boolean fails = unjudged && rules.unjudged().equals("fail");
            boolean held = !reasons.isEmpty() && !rules.action().equals("header");
            if (fails || (held && rules.action().equals("exception"))) {
                return new Expected("question", true, List.copyOf(reasons), Map.of());
            }
            return new Expected(held ? "replacement" : "answer", false, List.of(), headers);
        }

        private static final int UNREADABLE = -9;

        private static int score(JsonNode score) {
            String text = score.isTextual() || score.isNumber() ? score.asText().trim() : "";
            return List.of("-1", "0", "1", "2").contains(text) ? Integer.parseInt(text) : UNREADABLE;
        }

        private static int badness(int score) {
            return score == 0 ? 3 : score == 1 ? 2 : score < 0 ? 1 : 0;
        }

        static Expected seen(Exchange exchange) {
            Message message = exchange.getMessage();
            Map<String, Object> headers = aboutTheFilter(message.getHeaders());
            Exception failure = exchange.getException();
            if (failure != null) {
                assertThat(failure).isInstanceOf(ClovaAiFilterException.class);
            }
            return new Expected(
                    name(message.getBody()),
                    failure != null,
                    failure instanceof ClovaAiFilterException held ? held.getReasons() : List.of(),
                    headers);
        }

        static Map<String, Object> aboutTheFilter(Map<String, Object> all) {
            Map<String, Object> headers = new LinkedHashMap<>(all);
            headers.keySet().removeIf(name -> !name.startsWith(ClovaConstants.AI_FILTER));
            headers.remove(ClovaConstants.AI_FILTER);
            return headers;
        }

        static String name(Object body) {
            return body.equals(SHORT) || body.equals(LONG)
                    ? "answer"
                    : body.equals(REPLACEMENT) ? "replacement" : body.equals(QUESTION) ? "question" : body.toString();
        }
    }

    static String all(String score) {
        return list(DOCUMENTED.stream().map(name -> scored(name, score)).toArray(String[]::new));
    }

    private static String scored(String name, String score) {
        return "{\"groupName\":\"curse\",\"name\":\"%s\",\"score\":%s}".formatted(name, score);
    }

    private static String list(String... entries) {
        return "[" + String.join(",", entries) + "]";
    }

    private static String with(String list, String entry) {
        return list.substring(0, list.length() - 1) + "," + entry + "]";
    }
}
