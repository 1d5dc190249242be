package io.github.camelclova.protocol;

import io.github.camelclova.chat.ChatMessage;
import io.github.camelclova.chat.ContentPart;
import io.github.camelclova.chat.ContentPart.ImageBytes;
import io.github.camelclova.chat.ContentPart.ImageUrl;
import io.github.camelclova.chat.GenerationOption;
import io.github.camelclova.chat.GenerationOptions;
import io.github.camelclova.chat.ImageFormat;
import io.github.camelclova.chat.ImageSize;
import io.github.camelclova.chat.Role;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What CLOVA Studio takes of images, checked before they travel. OpenAI-compatible services differ too much for rules.
 *
 * <p>Source: CLOVA Studio's pages Chat Completions v3, function calling and thinking.
 */
final class ImageRules {

    private static final String SEEING_MODEL = "HCX-005";
    private static final Set<String> BLIND_MODELS = Set.of("HCX-DASH-002", "HCX-007");
    private static final Set<ImageFormat> FORMATS =
            Set.of(ImageFormat.BMP, ImageFormat.PNG, ImageFormat.JPEG, ImageFormat.WEBP);
    private static final String FORMAT_NAMES = "BMP, PNG, JPG, JPEG or WEBP";
    private static final int MOST_IMAGES = 5;
    private static final int LONGEST_SIDE = 2240;
    private static final int SHORTEST_SIDE = 4;
    private static final int LARGEST_RATIO = 5;
    private static final long LARGEST_REQUEST = 50 * 1024 * 1024;

    private final Dialect dialect;
    private final GenerationOptions options;

    ImageRules(Dialect dialect, GenerationOptions options) {
        this.dialect = dialect;
        this.options = options;
    }

    /** Whatever model is asked. */
    Optional<String> problem() {
        if (!dialect.takesParts()) {
            return Optional.of("dialect %s cannot express images".formatted(dialect.id()));
        }
        if (!dialect.isNative()) {
            return Optional.empty();
        }
        if (options.has(GenerationOption.TOOLS)) {
            return Optional.of(beside("tools"));
        }
        return options.get(GenerationOption.THINKING_EFFORT)
                .filter(effort -> !effort.equals(Spellings.NO_THINKING))
                .map(effort -> beside("thinkingEffort=" + effort));
    }

    private String beside(String what) {
        return "images cannot stand beside %s in dialect %s".formatted(what, dialect.id());
    }

    Optional<String> problem(@Nullable String model) {
        Optional<String> general = problem();
        if (general.isPresent() || !dialect.isNative()) {
            return general;
        }
        if (model == null) {
            return Optional.of("images cannot be used with a tuned task");
        }
        return BLIND_MODELS.contains(model) || Dialect.isV1Model(model)
                ? Optional.of(
                        "images need a model that sees, such as %s, and %s does not".formatted(SEEING_MODEL, model))
                : Optional.empty();
    }

    Optional<String> problem(List<ChatMessage> messages, @Nullable String model) {
        int images = messages.stream().mapToInt(ChatMessage::images).sum();
        if (images == 0) {
            return Optional.empty();
        }
        Optional<String> general = problem(model);
        if (general.isPresent() || !dialect.isNative()) {
            return general;
        }
        return Stream.of(besideToolCalls(messages), number(messages, images), size(messages), parts(messages))
                .flatMap(Optional::stream)
                .findFirst();
    }

    private Optional<String> besideToolCalls(List<ChatMessage> messages) {
        boolean hasTools = messages.stream()
                .anyMatch(message ->
                        message.role() == Role.TOOL || !message.toolCalls().isEmpty());
        return hasTools ? Optional.of(beside("tool calls")) : Optional.empty();
    }

    private Optional<String> number(List<ChatMessage> messages, int images) {
        if (images > MOST_IMAGES) {
            return Optional.of("dialect %s takes %d images at most, and there are %d"
                    .formatted(dialect.id(), MOST_IMAGES, images));
        }
        return messages.stream()
                .map(ChatMessage::images)
                .filter(inOne -> inOne > 1)
                .map(inOne -> "dialect %s takes one image in a message, and one message has %d"
                        .formatted(dialect.id(), inOne))
                .findFirst();
    }

    /** Of what is known before it is written; the rest of a request is small beside it. */
    private Optional<String> size(List<ChatMessage> messages) {
        long bytes = messages.stream()
                .flatMap(message -> message.content().stream())
                .mapToLong(ImageRules::leastBytes)
                .sum();
        return bytes > LARGEST_REQUEST
                ? Optional.of("the images and texts make a request of more than the %d bytes that dialect %s takes"
                        .formatted(LARGEST_REQUEST, dialect.id()))
                : Optional.empty();
    }

    private static long leastBytes(ContentPart part) {
        return part instanceof ImageBytes image
                ? Base64Text.length(image.bytes().remaining())
                : part instanceof ContentPart.Text text ? text.text().length() : 0;
    }

    private Optional<String> parts(List<ChatMessage> messages) {
        return messages.stream()
                .flatMap(message -> message.content().stream())
                .map(part -> part instanceof ImageUrl image
                        ? address(image)
                        : part instanceof ImageBytes bytes ? bytes(bytes) : Optional.<String>empty())
                .flatMap(Optional::stream)
                .findFirst();
    }

    private Optional<String> address(ImageUrl image) {
        String path = Objects.requireNonNullElse(image.url().getPath(), "");
        return ImageFormat.ofFileName(path).filter(FORMATS::contains).isPresent()
                ? Optional.empty()
                : Optional.of("the address of an image needs a path that ends like a file of %s in dialect %s"
                        .formatted(FORMAT_NAMES, dialect.id()));
    }

    private Optional<String> bytes(ImageBytes image) {
        if (ImageFormat.of(image.bytes()).filter(FORMATS::contains).isEmpty()) {
            return Optional.of(
                    "an image is %s, and dialect %s takes %s".formatted(image.mediaType(), dialect.id(), FORMAT_NAMES));
        }
        return ImageSize.of(image.bytes())
                .map(this::pixels)
                .orElse(Optional.of(
                        "an image of type %s breaks off before it tells its size".formatted(image.mediaType())));
    }

    private Optional<String> pixels(ImageSize size) {
        int longSide = Math.max(size.width(), size.height());
        int shortSide = Math.min(size.width(), size.height());
        boolean fits = longSide <= LONGEST_SIDE && shortSide >= SHORTEST_SIDE && longSide <= LARGEST_RATIO * shortSide;
        return fits
                ? Optional.empty()
                : Optional.of(
                        "an image has %d x %d pixels, and dialect %s takes a long side of at most %d, a short side of at least %d and a ratio of at most %d:1"
                                .formatted(
                                        size.width(),
                                        size.height(),
                                        dialect.id(),
                                        LONGEST_SIDE,
                                        SHORTEST_SIDE,
                                        LARGEST_RATIO));
    }
}
