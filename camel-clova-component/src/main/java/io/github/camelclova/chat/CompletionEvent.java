package io.github.camelclova.chat;

import static java.util.Objects.requireNonNull;

/** A part of an answer that arrives while it is made: any number of tokens and tools, then one result. */
public sealed interface CompletionEvent {

    /** A piece of the answer, as large as the endpoint's token unit; never empty. */
    record Token(String text) implements CompletionEvent {

        public Token {
            requireNonNull(text, "text");
        }
    }

    /** A piece of the model's reasoning, which is no part of the answer; never empty. */
    record Thinking(String text) implements CompletionEvent {

        public Thinking {
            requireNonNull(text, "text");
        }
    }

    /** The model wants a tool called, and it will be when this and its like of the same round have been taken. */
    record Tool(ToolCall call) implements CompletionEvent {

        public Tool {
            requireNonNull(call, "call");
        }
    }

    /** The whole answer and how it ended; nothing follows it. */
    record Result(Answer answer) implements CompletionEvent {

        public Result {
            requireNonNull(answer, "answer");
        }
    }
}
