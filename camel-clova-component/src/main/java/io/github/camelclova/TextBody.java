package io.github.camelclova;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.TypeConverter;
import org.jspecify.annotations.Nullable;

/** Reads a body as one text or several. Refusals are {@link IllegalArgumentException}s and never quote it. */
final class TextBody {

    private TextBody() {}

    static String text(Exchange exchange) {
        if (exchange.getMessage().getBody() instanceof Collection<?>) {
            throw new IllegalArgumentException("The message body is a list; it takes one text");
        }
        return texts(exchange).get(0);
    }

    static List<String> texts(Exchange exchange) {
        Object body = exchange.getMessage().getBody();
        if (!(body instanceof Collection<?> entries)) {
            if (body == null) {
                throw empty();
            }
            return List.of(BodyMessages.text(exchange));
        }
        List<String> texts = new ArrayList<>(entries.size());
        for (Object entry : entries) {
            if (!(entry instanceof CharSequence text) || text.toString().isBlank()) {
                throw new IllegalArgumentException(
                        "The message body, entry %d, is no text or an empty one".formatted(texts.size()));
            }
            texts.add(text.toString());
        }
        if (texts.isEmpty()) {
            throw empty();
        }
        return texts;
    }

    /** The text that a body is or can be read as; absent for data, and where there is none. */
    static @Nullable String asText(Exchange exchange) {
        Object body = exchange.getMessage().getBody();
        if (body instanceof CharSequence text) {
            return text.toString();
        }
        if (body == null || isData(body)) {
            return null;
        }
        // Only one that knows the type: Camel's last resort is toString.
        TypeConverter converter =
                exchange.getContext().getTypeConverterRegistry().lookup(String.class, body.getClass());
        return converter == null ? null : converter.convertTo(String.class, exchange, body);
    }

    private static boolean isData(Object body) {
        return body instanceof Map<?, ?>
                || body instanceof Collection<?>
                || body instanceof Object[]
                || body instanceof Number
                || body instanceof Boolean
                || body instanceof Record;
    }

    private static IllegalArgumentException empty() {
        return new IllegalArgumentException("The message body is empty; it takes a text or a list of texts");
    }

    /** The same texts. */
    static List<String> atMost(int limit, List<String> texts) {
        int length = texts.stream()
                .mapToInt(text -> text.codePointCount(0, text.length()))
                .sum();
        if (length > limit) {
            throw new IllegalArgumentException(
                    "The message body has %d characters; the service takes at most %d".formatted(length, limit));
        }
        return texts;
    }
}
