package io.github.camelclova;

import io.github.camelclova.chat.HistoryLimit;
import io.github.camelclova.conversation.ConversationStore;
import java.util.regex.Pattern;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Expression;
import org.apache.camel.ExpressionIllegalSyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * The conversations of an endpoint: which one an exchange belongs to, and what was said in it.
 *
 * @param id absent where only a header may name the conversation
 */
record Conversations(@Nullable Expression id, boolean byHeader, ConversationStore store, HistoryLimit limit) {

    private static final Pattern ID = Pattern.compile("[^\\p{Cntrl}]{1,200}");
    private static final int LEAST_MESSAGES = 2;

    /**
     * Checks the options.
     *
     * @param otherwise where conversations are kept unless an option says where
     */
    static Conversations check(ClovaEndpoint endpoint, HeaderGroups groups, ConversationStore otherwise) {
        ClovaConfiguration options = endpoint.getConfiguration();
        ConversationStore store = options.getConversationStore();
        int messages = options.getMaxHistoryMessages();
        if (messages < LEAST_MESSAGES) {
            throw OptionValue.refused("maxHistoryMessages", "%d is less than %d".formatted(messages, LEAST_MESSAGES));
        }
        Integer tokens = options.getMaxHistoryTokens();
        if (tokens != null && tokens < 1) {
            throw OptionValue.refused("maxHistoryTokens", "%d is less than 1".formatted(tokens));
        }
        return new Conversations(
                expression(endpoint.getCamelContext(), options.getConversationId()),
                groups.conversation(),
                store == null ? otherwise : store,
                new HistoryLimit(messages, tokens));
    }

    private static @Nullable Expression expression(CamelContext context, @Nullable String id) {
        try {
            return id == null ? null : context.resolveLanguage("simple").createExpression(id);
        } catch (ExpressionIllegalSyntaxException malformed) {
            throw OptionValue.refused("conversationId", String.valueOf(malformed.getMessage()));
        }
    }

    /** What was said before in this conversation; reads the store. */
    Recollection recall(String conversationId) {
        return new Recollection(conversationId, store, limit);
    }

    /** Which conversation an exchange belongs to; absent for none. */
    @Nullable
    String idOf(Exchange exchange) {
        String header = byHeader ? exchange.getMessage().getHeader(ClovaConstants.CONVERSATION_ID, String.class) : null;
        if (header != null) {
            return checked("Header " + ClovaConstants.CONVERSATION_ID, header);
        }
        if (id == null) {
            return null;
        }
        String name = id.evaluate(exchange, String.class);
        return checked("Option conversationId", name == null ? "" : name);
    }

    private static String checked(String source, String name) {
        // Its value is not shown: it may be what lets somebody into a conversation.
        if (name.isBlank() || !ID.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "%s gave no id of a conversation, which has 1 to 200 characters, none of them a control character"
                            .formatted(source));
        }
        return name;
    }
}
