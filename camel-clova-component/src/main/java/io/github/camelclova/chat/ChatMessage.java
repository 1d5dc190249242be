package io.github.camelclova.chat;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.joining;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One turn of a conversation.
 *
 * @param content one empty text where an assistant did nothing but call tools
 * @param toolCalls what the assistant asked for; empty for other roles
 * @param toolCallId the call whose result this is; present for the role tool and no other
 */
public record ChatMessage(
        Role role,
        List<ContentPart> content,
        List<ToolCall> toolCalls,
        @Nullable String toolCallId) {

    /**
     * Checks that the parts fit the role.
     *
     * @throws IllegalArgumentException if they do not
     */
    public ChatMessage {
        requireNonNull(role, "role");
        content = List.copyOf(content);
        toolCalls = List.copyOf(toolCalls);
        if (content.isEmpty()) {
            throw new IllegalArgumentException("a message needs content");
        }
        if (role != Role.USER && countImages(content) > 0) {
            throw new IllegalArgumentException("only the role user has images");
        }
        if (role != Role.ASSISTANT && !toolCalls.isEmpty()) {
            throw new IllegalArgumentException("only the role assistant has tool calls");
        }
        if ((role == Role.TOOL) != (toolCallId != null)) {
            throw new IllegalArgumentException("the role tool, and no other, needs the id of its tool call");
        }
    }

    /** A message of nothing but text. */
    public ChatMessage(Role role, String text, List<ToolCall> toolCalls, @Nullable String toolCallId) {
        this(role, List.of(new ContentPart.Text(text)), toolCalls, toolCallId);
    }

    /** A message that calls no tool and brings no result of one. */
    public ChatMessage(Role role, String text) {
        this(role, text, List.of(), null);
    }

    public static ChatMessage system(String text) {
        return new ChatMessage(Role.SYSTEM, text);
    }

    public static ChatMessage user(String text) {
        return new ChatMessage(Role.USER, text);
    }

    /** A question about images. */
    public static ChatMessage user(ContentPart... content) {
        return user(List.of(content));
    }

    /** A question about images. */
    public static ChatMessage user(List<ContentPart> content) {
        return new ChatMessage(Role.USER, content, List.of(), null);
    }

    public static ChatMessage assistant(String text) {
        return new ChatMessage(Role.ASSISTANT, text);
    }

    /** What the model said when it asked for tools; it goes before their results. */
    public static ChatMessage assistant(String text, List<ToolCall> toolCalls) {
        return new ChatMessage(Role.ASSISTANT, text, toolCalls, null);
    }

    /** The result of a tool call. */
    public static ChatMessage tool(String toolCallId, String result) {
        return new ChatMessage(Role.TOOL, result, List.of(), toolCallId);
    }

    /** The text, several texts with a line end between them; empty if there is none. */
    public String text() {
        return content.size() == 1 && content.get(0) instanceof ContentPart.Text only
                ? only.text()
                : content.stream()
                        .filter(ContentPart.Text.class::isInstance)
                        .map(part -> ((ContentPart.Text) part).text())
                        .collect(joining("\n"));
    }

    /** How many of its parts are images. */
    public int images() {
        return countImages(content);
    }

    private static int countImages(List<ContentPart> content) {
        int images = 0;
        for (ContentPart part : content) {
            images += part instanceof ContentPart.Text ? 0 : 1;
        }
        return images;
    }

    /** Says how much was said, never what: prompts and answers stay out of logs. */
    @Override
    public String toString() {
        return "ChatMessage[%s, %d characters, %d images]".formatted(role.wireName(), text().length(), images());
    }
}
