package io.github.camelclova;

import io.github.camelclova.chat.GenerationOption;
import io.github.camelclova.chat.GenerationOptions;
import io.github.camelclova.chat.TokenUnit;
import io.github.camelclova.protocol.Service;
import io.github.camelclova.protocol.StreamOptions;
import org.jspecify.annotations.Nullable;

/**
 * What the streaming options say.
 *
 * @param streamTo absent when the stream becomes the body
 * @param hold whether tokens are kept back until the AI filter's verdict is there
 */
record StreamSettings(@Nullable String streamTo, StreamOptions options, boolean hold, OnTokenFailure onTokenFailure) {

    enum OnTokenFailure {
        STOP,
        CONTINUE
    }

    /** Absent when one whole answer is wanted. */
    static @Nullable StreamSettings check(
            ClovaConfiguration options, Service service, GenerationOptions generation, FilterOptions filter) {
        StreamSettings settings = new StreamSettings(
                options.getStreamTo(),
                new StreamOptions(
                        OptionValue.oneOf("tokenUnit", options.getTokenUnit(), TokenUnit.class),
                        options.isEmitThinking(),
                        asksForUsage(options.getStreamUsage(), service)),
                filter.hold(),
                OptionValue.oneOf("tokenFailurePolicy", options.getTokenFailurePolicy(), OnTokenFailure.class));
        if (options.getStreamTo() != null && Boolean.FALSE.equals(options.getStreaming())) {
            throw OptionValue.refused("streaming", "cannot be false beside streamTo");
        }
        boolean streams = options.getStreamTo() != null || Boolean.TRUE.equals(options.getStreaming());
        if (!streams) {
            return null;
        }
        if (generation.get(GenerationOption.N).filter(n -> (Integer) n > 1).isPresent()) {
            throw OptionValue.refused("n", "a stream has one answer; use n=1 or no streaming");
        }
        return settings;
    }

    private static boolean asksForUsage(@Nullable Boolean streamUsage, Service service) {
        if (service.dialect().isNative()) {
            if (streamUsage != null) {
                throw OptionValue.refused(
                        "streamUsage",
                        "cannot be expressed in dialect %s, which always counts"
                                .formatted(service.dialect().id()));
            }
            return false;
        }
        return streamUsage == null ? !ServiceOptions.isClovaStudio(service.baseUrl()) : streamUsage;
    }
}
