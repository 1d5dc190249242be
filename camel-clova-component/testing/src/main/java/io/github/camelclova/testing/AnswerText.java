package io.github.camelclova.testing;

import java.util.Optional;

/** What the stand-in says to a user message: who it is, and what it read. */
final class AnswerText {

    private static final int LONGEST_QUOTE = 60;

    private AnswerText() {}

    /** Korean if the message holds Hangul, else English. */
    static String to(String message) {
        boolean korean = Tokens.isKorean(message);
        String quote = quote(message)
                .map((korean ? "보내신 말씀은 잘 받았습니다: “%s”. " : "It has read your message: “%s”. ")::formatted)
                .orElse("");
        return korean
                ? "여기는 언어 모델이 아니라 연습용 대역 서비스입니다. " + quote + "실제 서비스에서는 이 자리에 모델의 답이 옵니다."
                : "This is the stand-in service, not a language model. " + quote
                        + "With the real service, the model's answer stands here.";
    }

    static String thinking(String message) {
        return Tokens.isKorean(message)
                ? "대역 서비스는 생각하지 않고 받은 말을 되풀이합니다."
                : "The stand-in does not think, it repeats what it was told.";
    }

    /** The beginning of the first line that says anything. */
    private static Optional<String> quote(String message) {
        return Markers.removedFrom(message)
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .findFirst()
                .map(AnswerText::shortened);
    }

    private static String shortened(String line) {
        if (line.codePointCount(0, line.length()) <= LONGEST_QUOTE) {
            return line;
        }
        return line.substring(0, line.offsetByCodePoints(0, LONGEST_QUOTE)).strip() + "…";
    }
}
