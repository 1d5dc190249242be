package io.github.camelclova;

import io.github.camelclova.ChatSettings.BodyFormat;
import io.github.camelclova.chat.ChatMessage;
import io.github.camelclova.chat.ContentPart;
import io.github.camelclova.chat.Excerpt;
import io.github.camelclova.protocol.MessageList;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePropertyKey;
import org.apache.camel.TypeConversionException;
import org.apache.camel.support.ExchangeHelper;
import org.jspecify.annotations.Nullable;

/**
 * Reads a body as messages. Text is one user message, whatever it looks like, unless the route's author chose {@code
 * bodyFormat=messages}: who may write the text must not be able to speak in another role.
 */
final class BodyMessages {

    private static final String WHAT_FITS =
            "a text, an image, a ContentPart or a list of them, a ChatMessage, a map with role and content, or a list of those messages";

    private BodyMessages() {}

    /** @param imagePrompt stands beside an image that is the body; absent for none */
    static List<ChatMessage> of(Exchange exchange, BodyFormat format, @Nullable String imagePrompt) {
        Object body = exchange.getMessage().getBody();
        if (body == null) {
            throw empty();
        }
        if (format == BodyFormat.TEXT) {
            return user(text(exchange, body));
        }
        if (body instanceof Collection<?>
                || body instanceof Map<?, ?>
                || body instanceof ChatMessage
                || body instanceof ContentPart) {
            return typed(body);
        }
        if (format == BodyFormat.MESSAGES) {
            return json(text(exchange, body));
        }
        Object rereadable = ImageBody.rereadable(body);
        ContentPart image = ImageBody.of(exchange.getMessage(), rereadable);
        return image == null ? user(text(exchange, rereadable)) : List.of(question(image, imagePrompt));
    }

    private static ChatMessage question(ContentPart image, @Nullable String imagePrompt) {
        if (imagePrompt == null || imagePrompt.isBlank()) {
            throw new IllegalArgumentException(
                    "The message body is an image and needs a text beside it: set the option imagePrompt, or allow the header %s to bring it"
                            .formatted(ClovaConstants.IMAGE_PROMPT));
        }
        return ChatMessage.user(ContentPart.text(imagePrompt), image);
    }

    private static IllegalArgumentException empty() {
        return new IllegalArgumentException("The message body is empty; it takes " + WHAT_FITS);
    }

    private static List<ChatMessage> user(String text) {
        return List.of(ChatMessage.user(text));
    }

    /** Text without a charset of its own is UTF-8, whatever the platform's default. */
    static String text(Exchange exchange) {
        return text(exchange, exchange.getMessage().getBody());
    }

    private static String text(Exchange exchange, Object body) {
        String charset = ExchangeHelper.getCharsetName(exchange, false);
        boolean hasCharset = charset != null;
        if (!hasCharset) {
            exchange.setProperty(ExchangePropertyKey.CHARSET_NAME, StandardCharsets.UTF_8.name());
        }
        String text;
        try {
            text = exchange.getContext().getTypeConverter().convertTo(String.class, exchange, body);
        } catch (TypeConversionException unreadable) {
            throw new IllegalArgumentException(
                    "The message body cannot be read as text in charset %s"
                            .formatted(hasCharset ? Excerpt.of(charset) : StandardCharsets.UTF_8),
                    unreadable);
        } finally {
            if (!hasCharset) {
                exchange.removeProperty(ExchangePropertyKey.CHARSET_NAME);
            }
        }
        if (text == null || text.isBlank()) {
            throw empty();
        }
        return text;
    }

    private static List<ChatMessage> json(String text) {
        try {
            return requireSome(MessageList.parse(text));
        } catch (IllegalArgumentException malformed) {
            throw new IllegalArgumentException(
                    "The message body is no list of messages: " + malformed.getMessage(), malformed);
        }
    }

    private static List<ChatMessage> typed(Object body) {
        Collection<?> entries = body instanceof Collection<?> collection ? collection : List.of(body);
        if (!entries.isEmpty() && entries.stream().allMatch(ContentPart.class::isInstance)) {
            return List.of(ChatMessage.user(
                    entries.stream().map(ContentPart.class::cast).toList()));
        }
        List<ChatMessage> messages = new ArrayList<>();
        int position = 0;
        for (Object entry : entries) {
            messages.add(message(entry, position++));
        }
        return requireSome(messages);
    }

    private static List<ChatMessage> requireSome(List<ChatMessage> messages) {
        if (messages.isEmpty()) {
            throw empty();
        }
        return messages;
    }

    private static ChatMessage message(@Nullable Object entry, int position) {
        if (entry instanceof ChatMessage message) {
            return message;
        }
        if (entry instanceof Map<?, ?> map && map.get("role") != null) {
            try {
                return MessageList.of(map, position);
            } catch (IllegalArgumentException unfit) {
                throw new IllegalArgumentException("The message body, " + unfit.getMessage(), unfit);
            }
        }
        throw new IllegalArgumentException(
                "The message body, entry %d, is no message; the body takes %s".formatted(position, WHAT_FITS));
    }
}
