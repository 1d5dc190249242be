package io.github.camelclova.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.camelclova.chat.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Reads {@code aiFilter}. Whatever cannot be read is a verdict without a score, so that no policy takes it for clear. */
final class AiFilterEntries {

    private static final int LOWEST = -1;
    private static final int HIGHEST = 2;

    private AiFilterEntries() {}

    /** Absent when the answer has no filter result at all; empty when the service listed nothing. */
    static @Nullable List<Verdict> of(JsonNode aiFilter) {
        if (aiFilter.isMissingNode() || aiFilter.isNull()) {
            return null;
        }
        List<Verdict> verdicts = new ArrayList<>();
        aiFilter.forEach(entry -> verdicts.add(verdict(entry)));
        return verdicts;
    }

    private static Verdict verdict(JsonNode entry) {
        String name = Objects.requireNonNullElse(Member.text(entry, "name"), "");
        Map<String, Object> members = Json.map(entry);
        return new Verdict(name.trim(), score(entry), Verdict.isFailure(members.get("result")), members);
    }

    private static @Nullable Integer score(JsonNode entry) {
        Long score = Member.wholeNumber(entry, "score");
        return score == null || score < LOWEST || score > HIGHEST ? null : score.intValue();
    }
}
