package io.github.camelclova;

import io.github.camelclova.chat.GenerationOptions;
import io.github.camelclova.moderation.Moderation;
import io.github.camelclova.protocol.AnswerSchema;
import io.github.camelclova.protocol.Service;
import io.github.camelclova.quota.QuotaLimits;
import io.github.camelclova.transport.CallLimits;
import io.github.camelclova.transport.HttpSettings;
import io.github.camelclova.transport.Retry;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What the options of an endpoint say, checked as a whole when its route starts.
 *
 * @param model absent for a task, and where a header must name it
 * @param systemMessage absent for none
 * @param imagePrompt stands beside an image that is the body; absent for none
 * @param includeAiFilters absent when it is left to the service
 * @param overrides the groups of headers that count
 * @param streaming absent for one whole answer
 * @param schema absent where answers are free text
 * @param tools absent where the model may call no routes
 * @param maxTokensLimit absent for none
 */
record ChatSettings(
        Service service,
        @Nullable String model,
        GenerationOptions options,
        @Nullable String systemMessage,
        @Nullable String imagePrompt,
        BodyFormat bodyFormat,
        boolean allowSystemInBody,
        @Nullable Boolean includeAiFilters,
        Moderation moderation,
        FilterAction filterAction,
        String replacement,
        @Nullable StreamSettings streaming,
        @Nullable AnswerSchema schema,
        int structuredRetries,
        @Nullable ToolSettings tools,
        HeaderGroups overrides,
        Conversations conversations,
        @Nullable Integer maxTokensLimit,
        String requestIdPrefix,
        HttpSettings connections,
        CallLimits limits,
        int maxEventSize,
        Retry retry,
        Duration requestTimeout,
        QuotaLimits quota,
        Prices prices) {

    enum BodyFormat {
        AUTO,
        TEXT,
        MESSAGES
    }

    enum FilterAction {
        HEADER,
        EXCEPTION,
        REPLACE
    }
}
