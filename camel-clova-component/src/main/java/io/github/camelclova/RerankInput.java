package io.github.camelclova;

import io.github.camelclova.protocol.OperationCall;
import io.github.camelclova.protocol.Service;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/**
 * A query and the documents to answer it from. The body is the list of documents, or a map with {@code documents} and
 * {@code query}; a document is a text, whose id is then its position, or a map with {@code id} and {@code doc}.
 *
 * @param query of the option; absent where each message brings its own
 */
record RerankInput(@Nullable String query, HeaderGroups overrides) {

    OperationCall call(Service service, String requestId, Exchange exchange) {
        Object body = exchange.getMessage().getBody();
        Map<?, ?> both = body instanceof Map<?, ?> map ? map : Map.of();
        Object documents = body instanceof Map<?, ?> ? both.get("documents") : body;
        if (!(documents instanceof Collection<?> list) || list.isEmpty()) {
            throw new IllegalArgumentException(
                    "The message body takes a list of documents, or a map with query and documents");
        }
        return OperationCall.rerank(service, requestId, query(both, exchange), documents(list));
    }

    private String query(Map<?, ?> body, Exchange exchange) {
        String header =
                overrides.messages() ? exchange.getMessage().getHeader(ClovaConstants.QUERY, String.class) : null;
        Object asked = body.get("query") != null ? body.get("query") : header != null ? header : query;
        if (asked == null || asked.toString().isBlank()) {
            throw new IllegalArgumentException(
                    "The query is missing; name it in the body, with option query, or with header %s and allowedHeaderOverrides=messages"
                            .formatted(ClovaConstants.QUERY));
        }
        return asked.toString();
    }

    private static Map<String, String> documents(Collection<?> list) {
        Map<String, String> documents = new LinkedHashMap<>();
        int position = 0;
        for (Object entry : list) {
            String id = entry instanceof Map<?, ?> map
                    ? Objects.toString(map.get("id"), String.valueOf(position))
                    : String.valueOf(position);
            Object text = entry instanceof Map<?, ?> map ? map.get("doc") : entry;
            if (!(text instanceof CharSequence) || text.toString().isBlank()) {
                throw new IllegalArgumentException(
                        "The message body, document %d, is no text and no map with id and doc".formatted(position));
            }
            if (documents.put(id, text.toString()) != null) {
                throw new IllegalArgumentException(
                        "The message body, document %d, has the id of another".formatted(position));
            }
            position++;
        }
        return documents;
    }
}
