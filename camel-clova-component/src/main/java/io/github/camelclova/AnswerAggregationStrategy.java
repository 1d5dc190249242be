package io.github.camelclova;

import io.github.camelclova.protocol.JsonRecord;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.apache.camel.AggregationStrategy;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.jspecify.annotations.Nullable;

/**
 * For {@code enrich} with {@code clova:chat}: puts the model's answer beside the record that it is about, so that none is
 * lost. With a field, the answer becomes that field of the record, which is a map or the text of a JSON object. Without
 * one, the answer becomes the body and the record the header {@code CamelClovaOriginalBody}. An answer that is no text, such
 * as an instance of {@code outputClass}, is that in a map and in the body, and JSON in JSON.
 *
 * <p>The answer's {@code CamelClova} headers come along and replace those of an earlier answer. A failed call fails the
 * exchange; with {@code aggregateOnException} the record is then as it was, without it Camel leaves the body that the failed
 * route had. Thread-safe.
 */
public class AnswerAggregationStrategy implements AggregationStrategy {

    private static final String OWN = "camelclova";

    private @Nullable String field;

    /** Makes the answer the body. */
    public AnswerAggregationStrategy() {}

    /** Makes the answer a field of the record. */
    public AnswerAggregationStrategy(String field) {
        this.field = field;
    }

    @Override
    public Exchange aggregate(Exchange record, @Nullable Exchange answered) {
        if (answered == null) {
            return record;
        }
        if (answered.getException() != null) {
            record.setException(answered.getException());
            return record;
        }
        Message message = record.getMessage();
        Object original = message.getBody();
        String text = TextBody.asText(answered);
        Object answer = text == null ? answered.getMessage().getBody() : text;
        if (field == null) {
            message.setHeader(ClovaConstants.ORIGINAL_BODY, original);
            message.setBody(answer);
        } else {
            message.setBody(withField(original, field, answer, record));
        }
        Replies.forgetEarlierAnswer(message);
        answered.getMessage().getHeaders().forEach((name, value) -> {
            if (name.toLowerCase(Locale.ROOT).startsWith(OWN)) {
                message.setHeader(name, value);
            }
        });
        return record;
    }

    private static Object withField(Object original, String field, Object answer, Exchange record) {
        if (original instanceof Map<?, ?> map) {
            Map<Object, Object> enriched = new LinkedHashMap<>(map);
            enriched.put(field, answer);
            return enriched;
        }
        return JsonRecord.with(
                record.getMessage().getBody(String.class),
                field,
                answer,
                record.getContext().getRegistry()::findSingleByType);
    }

    public @Nullable String getField() {
        return field;
    }

    public void setField(@Nullable String field) {
        this.field = field;
    }
}
