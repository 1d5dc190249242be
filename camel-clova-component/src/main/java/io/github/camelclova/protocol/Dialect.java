package io.github.camelclova.protocol;

import static java.util.stream.Collectors.joining;

import io.github.camelclova.chat.ChatMessage;
import io.github.camelclova.chat.GenerationOption;
import io.github.camelclova.chat.GenerationOptions;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The protocol that a service speaks. */
public enum Dialect {
    CLOVA_V1("clova-v1"),
    /** Tuned tasks with the messages and options of {@link #CLOVA_V1}. */
    CLOVA_V2("clova-v2"),
    CLOVA_V3("clova-v3"),
    OPENAI("openai");

    /** The word that leaves the choice to the model's name. */
    public static final String AUTO = "auto";

    private static final Set<String> V1_MODELS = Set.of("HCX-003", "HCX-DASH-001");
    private static final String HCX = "HCX-";

    private final String id;

    Dialect(String id) {
        this.id = id;
    }

    /** As users write it. */
    public String id() {
        return id;
    }

    /** Whether it is one of CLOVA Studio's own: an AI filter, a model in the path, a {@code status} envelope. */
    public boolean isNative() {
        return this != OPENAI;
    }

    /** Whether its service takes more than one system message. (CLOVA Studio, Chat Completions v3: at most one.) */
    public boolean takesSeveralSystemMessages() {
        return this != CLOVA_V3;
    }

    /** Whether its messages may have the role tool. */
    public boolean takesTools() {
        return this == CLOVA_V3 || this == OPENAI;
    }

    /** Whether what a message says may be a list of parts, and not only text. */
    boolean takesParts() {
        return takesTools();
    }

    /**
     * Finds a dialect by its id; {@code auto} stands for v1 where the model is HCX-003 or HCX-DASH-001 and for v3 where it
     * is another HCX model.
     *
     * @throws IllegalArgumentException if the id is unknown, or {@code auto} cannot tell
     */
    public static Dialect of(String id, @Nullable String model) {
        if (id.equalsIgnoreCase(AUTO)) {
            return byModel(model);
        }
        return Arrays.stream(values())
                .filter(dialect -> dialect.id.equalsIgnoreCase(id))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("'%s' is none of auto, %s".formatted(id, allIds())));
    }

    private static Dialect byModel(@Nullable String model) {
        if (isV1Model(model)) {
            return CLOVA_V1;
        }
        if (model != null && model.startsWith(HCX)) {
            return CLOVA_V3;
        }
        throw new IllegalArgumentException("auto needs an HCX model to choose by; say one of %s".formatted(allIds()));
    }

    static boolean isV1Model(@Nullable String model) {
        return model != null && V1_MODELS.contains(model);
    }

    private static String allIds() {
        return Arrays.stream(values()).map(Dialect::id).collect(joining(", "));
    }

    /**
     * What is wrong with a value of an option, with the legal range; empty if nothing is.
     *
     * @param model the model that will be asked; absent for a task
     */
    public Optional<String> problem(GenerationOption option, Object value, @Nullable String model) {
        return Spellings.of(this).problem(option, value, model);
    }

    /** What is wrong with these options together, whatever model will be asked. */
    public Optional<String> problem(GenerationOptions options) {
        return Conflicts.ofAnyModel(this, options);
    }

    /** What is wrong with these options together, for instance a stop string while the model thinks. */
    public Optional<String> problem(GenerationOptions options, @Nullable String model) {
        return Spellings.of(this).conflict(options, model);
    }

    /** Why no image can be asked about with these options, whatever model will be asked; empty if it can. */
    public Optional<String> imageProblem(GenerationOptions options) {
        return new ImageRules(this, options).problem();
    }

    /**
     * Why this model cannot be asked about an image with these options; empty if it can.
     *
     * @param model absent for a task
     */
    public Optional<String> imageProblem(GenerationOptions options, @Nullable String model) {
        return new ImageRules(this, options).problem(model);
    }

    /**
     * What is wrong with the images in these messages; empty if nothing is, or if there are none.
     *
     * @param model absent for a task
     */
    public Optional<String> imageProblem(
            List<ChatMessage> messages, GenerationOptions options, @Nullable String model) {
        return new ImageRules(this, options).problem(messages, model);
    }

    /** These options, and no thinking where answers have to fit a schema and the model thinks unless told otherwise. */
    public GenerationOptions withoutThinking(GenerationOptions options, @Nullable String model) {
        boolean thinksUnasked = this == CLOVA_V3
                && Spellings.THINKING_MODEL.equals(model)
                && !options.has(GenerationOption.THINKING_EFFORT);
        return thinksUnasked && options.has(GenerationOption.JSON_SCHEMA)
                ? options.with(Map.of(GenerationOption.THINKING_EFFORT, Spellings.NO_THINKING))
                : options;
    }

    /** The body members that the component writes itself, so that no additional property may. */
    public Set<String> ownMembers() {
        return Spellings.of(this).ownMembers();
    }
}
