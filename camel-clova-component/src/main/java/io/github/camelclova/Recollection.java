package io.github.camelclova;

import io.github.camelclova.chat.Answer;
import io.github.camelclova.chat.ChatMessage;
import io.github.camelclova.chat.ChatRequest;
import io.github.camelclova.chat.Choice;
import io.github.camelclova.chat.Conversation;
import io.github.camelclova.chat.HistoryLimit;
import io.github.camelclova.chat.Role;
import io.github.camelclova.chat.Turn;
import io.github.camelclova.chat.Usage;
import io.github.camelclova.conversation.ConversationStore;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What one exchange finds of its conversation, and adds to it. Both read or write the store on the thread that calls. */
final class Recollection {

    /** Many more than there can be nodes that answer in one conversation at once. */
    private static final int TRIES = 100;

    private final String id;
    private final ConversationStore store;
    private final HistoryLimit limit;
    private final Conversation before;

    Recollection(String id, ConversationStore store, HistoryLimit limit) {
        this.id = id;
        this.store = store;
        this.limit = limit;
        this.before = load().within(limit);
    }

    private Conversation load() {
        return ForeignCode.run(() -> store.load(id));
    }

    /** The request with what was said before it, after its system messages. */
    ChatRequest remind(ChatRequest request) {
        List<ChatMessage> messages = new ArrayList<>(request.messages());
        messages.addAll(systemMessages(request), before.messages());
        return request.with(messages);
    }

    /** System messages that stand first; one that comes later belongs where it is. */
    private static int systemMessages(ChatRequest request) {
        int count = 0;
        while (count < request.messages().size()
                && request.messages().get(count).role() == Role.SYSTEM) {
            count++;
        }
        return count;
    }

    /**
     * Keeps what was asked and answered. If somebody else has gone on with the conversation meanwhile, it comes after that.
     *
     * @param asked as {@link #remind} gave it, perhaps with rounds of tool calls behind
     * @param usage of the call that brought the answer
     */
    void keep(ChatRequest asked, Answer answer, Usage usage) {
        Turn turn = new Turn(said(asked, answer), tokens(usage));
        Conversation soFar = before;
        for (int tries = 0; tries < TRIES; tries++) {
            Conversation longer = soFar.with(turn).within(limit);
            if (ForeignCode.run(() -> store.save(id, longer))) {
                return;
            }
            soFar = load();
        }
        throw new IllegalStateException(
                "The conversation of request %s was changed by others %d times while it was saved"
                        .formatted(asked.requestId(), TRIES));
    }

    private List<ChatMessage> said(ChatRequest asked, Answer answer) {
        int known = systemMessages(asked) + before.messages().size();
        List<ChatMessage> said = new ArrayList<>();
        asked.messages().subList(known, asked.messages().size()).stream()
                .filter(message -> message.role() != Role.SYSTEM)
                .map(Recollection::withoutImages)
                .forEach(said::add);
        Choice choice = answer.completion().first();
        said.add(ChatMessage.assistant(choice.text(), choice.toolCalls()));
        return said;
    }

    /** Services take few images a request, so that earlier ones cannot all be sent again. */
    private static ChatMessage withoutImages(ChatMessage message) {
        return message.images() == 0
                ? message
                : ChatMessage.user(message.text().isBlank() ? "[image]" : message.text());
    }

    /** What is new in the conversation costs what the whole of it costs now, less what it cost before. */
    private @Nullable Integer tokens(Usage usage) {
        Integer all = usage.all();
        return all == null ? null : Integer.valueOf(Math.max(0, all - before.tokens()));
    }
}
