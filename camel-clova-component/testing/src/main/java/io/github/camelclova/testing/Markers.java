package io.github.camelclova.testing;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Words in a user message that steer the stand-in's unscripted answers. They work anywhere in any user message of the
 * request, are read with their case, and are left out when the answer quotes the message.
 *
 * <table>
 *   <caption>Markers</caption>
 *   <tr><td>{@code #insult:0}, {@code #discrimination:1}, {@code #sexualHarassment:-1}</td>
 *     <td>the AI filter's score of this category: 0 is the worst, 2 the best, -1 says that the filter failed. Any other number
 *     is sent as it is. Where no marker names a category its score is 2, but {@code insult} is 0 where a user message holds
 *     one of a few rude words ("idiot", "stupid", "moron", "바보", "멍청이", "멍청한", "얼간이", "꺼져"). In the OpenAI
 *     dialect, which has no AI filter, a score of 0 ends the answer with {@code content_filter}.</td></tr>
 *   <tr><td>{@code #no-filter}</td><td>the answer has no {@code aiFilter}, although it was asked for</td></tr>
 *   <tr><td>{@code #filter-empty}</td><td>{@code aiFilter} is an empty list</td></tr>
 *   <tr><td>{@code #status:429}</td><td>the call fails with this HTTP status, 400 to 599, and the code 42900</td></tr>
 *   <tr><td>{@code #code:42901}</td><td>the call fails with this code: in an HTTP status of 200, unless {@code #status} gives
 *     another; in a stream then as an error event</td></tr>
 * </table>
 */
public final class Markers {

    /** Leaves the AI filter out of the answer. */
    public static final String NO_FILTER = "#no-filter";

    /** Empties the AI filter of the answer. */
    public static final String FILTER_EMPTY = "#filter-empty";

    static final List<String> CATEGORIES = List.of("insult", "discrimination", "sexualHarassment");

    private static final Pattern MARKER = Pattern.compile(
            "#(?:(insult|discrimination|sexualHarassment|code):(-?\\d{1,9})|(status):([45]\\d\\d|200)|no-filter|filter-empty)"
                    + "(?![\\w-])");

    private static final Pattern RUDE = Pattern.compile(
            "(?<![a-z])(?:idiots?|stupid|morons?)(?![a-z])|바보|멍청이|멍청한|얼간이|꺼져", Pattern.CASE_INSENSITIVE);

    private final String text;
    private final Map<String, String> values = new HashMap<>();

    private Markers(String text) {
        this.text = text;
        MARKER.matcher(text).results().forEach(this::keep);
    }

    /** The marker that gives a category a score, such as {@code #insult:0}. */
    public static String score(String category, int score) {
        if (!CATEGORIES.contains(category)) {
            throw new IllegalArgumentException("not a category of the AI filter: " + category);
        }
        return "#" + category + ":" + score;
    }

    /** The marker that makes a call fail with an HTTP status from 400 to 599. */
    public static String status(int status) {
        return "#status:" + status;
    }

    /** The marker that makes a call fail with a code of the service. */
    public static String code(int code) {
        return "#code:" + code;
    }

    static Markers in(String userText) {
        return new Markers(userText);
    }

    static String removedFrom(String text) {
        return MARKER.matcher(text).replaceAll("").strip();
    }

    boolean hidesFilter() {
        return values.containsKey(NO_FILTER);
    }

    boolean emptiesFilter() {
        return values.containsKey(FILTER_EMPTY);
    }

    /** The score of a category as it goes over the wire. */
    String score(String category) {
        String usual = category.equals("insult") && RUDE.matcher(text).find() ? "0" : "2";
        return values.getOrDefault(category, usual);
    }

    /** The failure that was asked for, if one was. */
    Optional<Refusal> refusal() {
        String code = values.get("code");
        int status = status().orElse(200);
        if (code == null && status == 200) {
            return Optional.empty();
        }
        String meant = code == null ? status + "00" : code;
        return Optional.of(new Refusal(status, meant, Codes.label(meant)));
    }

    private OptionalInt status() {
        String status = values.get("status");
        return status == null ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(status));
    }

    private void keep(MatchResult marker) {
        if (marker.group(1) != null) {
            values.put(marker.group(1), marker.group(2));
        } else if (marker.group(3) != null) {
            values.put(marker.group(3), marker.group(4));
        } else {
            values.put(marker.group(), "");
        }
    }
}
