package io.github.camelclova.protocol;

import static java.util.stream.Collectors.joining;

import java.util.Arrays;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a service can be asked for, and in which dialects.
 *
 * <p>Source of the paths, members and limits of the operations beside chat: CLOVA Studio's pages Embedding, Embedding v2,
 * Tokenizer (HCX), Tokenizer (HCX v3), Summarization, Segmentation, Reranker and OpenAI compatibility.
 */
public enum Operation {
    CHAT("chat"),
    /** Texts to vectors. */
    EMBEDDINGS("embeddings"),
    /** Messages to the number of tokens they cost. */
    COUNT_TOKENS("count-tokens"),
    /** Texts to a shorter text. */
    SUMMARIZE("summarize"),
    /** A text to its topics. */
    SEGMENT("segment"),
    /** Documents and a query to an answer that cites the documents. */
    RERANK("rerank"),
    /** The models that a service offers. */
    MODELS("models");

    private final String id;

    Operation(String id) {
        this.id = id;
    }

    /** As users write it. */
    public String id() {
        return id;
    }

    /**
     * Finds an operation by its id.
     *
     * @throws IllegalArgumentException listing those that there are
     */
    public static Operation of(String id) {
        return Arrays.stream(values())
                .filter(operation -> operation.id.equals(id))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("'%s' is none of %s"
                        .formatted(
                                id, Arrays.stream(values()).map(Operation::id).collect(joining(", ")))));
    }

    /**
     * The dialect to speak. {@code auto} asks the model's name only where the paths differ by model.
     *
     * @throws IllegalArgumentException if the id is unknown, {@code auto} cannot tell, or the dialect has no such operation
     */
    public Dialect dialect(String dialectId, @Nullable String model) {
        Dialect dialect = dialectId.equalsIgnoreCase(Dialect.AUTO) ? auto(model) : Dialect.of(dialectId, model);
        if (!isKnownTo(dialect)) {
            throw new IllegalArgumentException("%s has no operation %s; say one of %s"
                    .formatted(
                            dialect.id(),
                            id,
                            Arrays.stream(Dialect.values())
                                    .filter(this::isKnownTo)
                                    .map(Dialect::id)
                                    .collect(joining(", "))));
        }
        return dialect;
    }

    private Dialect auto(@Nullable String model) {
        return switch (this) {
            case CHAT, COUNT_TOKENS -> Dialect.of(Dialect.AUTO, model);
            case EMBEDDINGS, SUMMARIZE, SEGMENT, RERANK -> Dialect.CLOVA_V3;
            case MODELS -> Dialect.OPENAI;
        };
    }

    /** Tuned tasks, which are all that clova-v2 has, only chat. */
    private boolean isKnownTo(Dialect dialect) {
        return switch (this) {
            case CHAT -> true;
            case EMBEDDINGS -> dialect != Dialect.CLOVA_V2;
            case COUNT_TOKENS, SUMMARIZE, SEGMENT, RERANK -> dialect.isNative() && dialect != Dialect.CLOVA_V2;
            case MODELS -> dialect == Dialect.OPENAI;
        };
    }

    /** The body members that the component writes itself, so that no additional property may. */
    public Set<String> ownMembers(Dialect dialect) {
        return switch (this) {
            case CHAT -> dialect.ownMembers();
            case EMBEDDINGS -> Set.of("text", "input", "model", "encoding_format");
            case COUNT_TOKENS -> Set.of("messages", "tools", "toolChoice", "responseFormat");
            case SUMMARIZE -> Set.of("texts");
            case SEGMENT -> Set.of("text");
            case RERANK -> Set.of("documents", "query");
            case MODELS -> Set.of();
        };
    }
}
