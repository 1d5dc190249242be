package io.github.camelclova.examples.moderatedchat;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Variable;

/**
 * The withheld answers, the newest first. It keeps the last hundred in memory; a real application has a database.
 *
 * <p>Everybody may see that something was withheld and why. The text is for those who know the reviewer's key.
 */
public final class ReviewQueue {

    private static final int MOST = 100;

    /** An answer that the AI filter flagged. */
    record Withheld(Instant time, String question, Mode mode, String verdict, List<String> reasons, String text) {

        Withheld {
            reasons = List.copyOf(reasons);
        }
    }

    private final Deque<Withheld> answers = new ArrayDeque<>();
    private final String key;

    ReviewQueue() {
        byte[] bytes = new byte[16];
        new SecureRandom().nextBytes(bytes);
        key = HexFormat.of().formatHex(bytes);
    }

    String key() {
        return key;
    }

    synchronized void add(Withheld answer) {
        answers.addFirst(answer);
        if (answers.size() > MOST) {
            answers.removeLast();
        }
    }

    /** Answers with the list; with the texts when the request is a reviewer's. */
    public void list(@Variable("authorization") String authorization, Message response) {
        boolean reviewer = authorization != null && isKey(authorization);
        if (authorization != null && !reviewer) {
            throw new RefusedException(403, "not-a-reviewer");
        }
        response.setHeader(Exchange.CONTENT_TYPE, "application/json");
        response.setBody(Json.bytesOf(entries(reviewer)));
    }

    private boolean isKey(String authorization) {
        return MessageDigest.isEqual(bytes(authorization), bytes("Bearer " + key));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private synchronized List<Map<String, Object>> entries(boolean withText) {
        List<Map<String, Object>> entries = new ArrayList<>();
        for (Withheld answer : answers) {
            Map<String, Object> entry = new LinkedHashMap<>();
            entry.put("time", answer.time().toString());
            entry.put("question", answer.question());
            entry.put("mode", answer.mode().name().toLowerCase(Locale.ROOT));
            entry.put("verdict", answer.verdict());
            entry.put("reasons", answer.reasons());
            if (withText) {
                entry.put("text", answer.text());
            }
            entries.add(entry);
        }
        return entries;
    }
}
