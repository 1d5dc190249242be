package io.github.camelclova;

import org.apache.camel.spi.Metadata;

/** The headers that the component reads and writes. */
public final class ClovaConstants {

    @Metadata(
            label = "producer",
            description = "The model to ask. Read only when the option allowedHeaderOverrides has the group `model`.",
            javaType = "String")
    public static final String MODEL = "CamelClovaModel";

    @Metadata(
            label = "producer",
            description =
                    "The query of the operation rerank. Read only when the option allowedHeaderOverrides has the group `messages`; takes the place of the option query.",
            javaType = "String")
    public static final String QUERY = "CamelClovaQuery";

    @Metadata(
            label = "producer",
            description =
                    "The conversation that the message belongs to: 1 to 200 characters. Read only when the option allowedHeaderOverrides has the group `conversation`; takes the place of the option conversationId.",
            javaType = "String")
    public static final String CONVERSATION_ID = "CamelClovaConversationId";

    @Metadata(
            label = "producer",
            description =
                    "The system message. Read only when the option allowedHeaderOverrides has the group `messages`; takes the place of the option systemMessage.",
            javaType = "String")
    public static final String SYSTEM_MESSAGE = "CamelClovaSystemMessage";

    @Metadata(
            label = "producer",
            description =
                    "The text beside an image that is the body. Read only when the option allowedHeaderOverrides has the group `messages`; takes the place of the option imagePrompt.",
            javaType = "String")
    public static final String IMAGE_PROMPT = "CamelClovaImagePrompt";

    @Metadata(
            label = "producer",
            description = "Overrides the option temperature; group `generation`.",
            javaType = "Double")
    public static final String TEMPERATURE = "CamelClovaTemperature";

    @Metadata(label = "producer", description = "Overrides the option topP; group `generation`.", javaType = "Double")
    public static final String TOP_P = "CamelClovaTopP";

    @Metadata(label = "producer", description = "Overrides the option topK; group `generation`.", javaType = "Integer")
    public static final String TOP_K = "CamelClovaTopK";

    @Metadata(
            label = "producer",
            description = "Overrides the option maxTokens, at most maxTokensLimit; group `generation`.",
            javaType = "Integer")
    public static final String MAX_TOKENS = "CamelClovaMaxTokens";

    @Metadata(
            label = "producer",
            description = "Overrides the option repeatPenalty; group `generation`.",
            javaType = "Double")
    public static final String REPEAT_PENALTY = "CamelClovaRepeatPenalty";

    @Metadata(
            label = "producer",
            description = "Overrides the option stop, as a list or comma separated; group `generation`.",
            javaType = "java.util.List<String>")
    public static final String STOP = "CamelClovaStop";

    @Metadata(
            label = "producer",
            description =
                    "In: overrides the option seed; group `generation`. Out: the seed that the service used, 0 to 4294967295; absent if it said none.",
            javaType = "Long")
    public static final String SEED = "CamelClovaSeed";

    @Metadata(
            label = "producer",
            description =
                    "In: the id of this request, always read, 1 to 64 letters, digits, dots, underscores or hyphens. Out: the id that was sent, made by the component when none was given; also on all exchanges of a stream.",
            javaType = "String")
    public static final String REQUEST_ID = "CamelClovaRequestId";

    @Metadata(
            label = "producer",
            description = "The service's id of the answer; absent if it gave none.",
            javaType = "String")
    public static final String RESPONSE_ID = "CamelClovaResponseId";

    @Metadata(
            label = "producer",
            description = "The model that answered; absent if the service did not say.",
            javaType = "String")
    public static final String RESPONSE_MODEL = "CamelClovaResponseModel";

    @Metadata(
            label = "producer",
            description =
                    "Why the answer ended: `stop`, `length`, `tool_calls`, `content_filter`, or `other` for a word that is not known; absent if the service gave no reason.",
            javaType = "String")
    public static final String STOP_REASON = "CamelClovaStopReason";

    @Metadata(label = "producer", description = "The service's own word for why the answer ended.", javaType = "String")
    public static final String RAW_STOP_REASON = "CamelClovaRawStopReason";

    @Metadata(
            label = "producer",
            description =
                    "Tokens of the request, as the service counted them, over all rounds of tools; absent if it did not.",
            javaType = "Integer")
    public static final String INPUT_TOKENS = "CamelClovaInputTokens";

    @Metadata(
            label = "producer",
            description =
                    "Tokens of the answer, as the service counted them, over all rounds of tools; absent if it did not.",
            javaType = "Integer")
    public static final String OUTPUT_TOKENS = "CamelClovaOutputTokens";

    @Metadata(
            label = "producer",
            description =
                    "Tokens in all, as the service counted them, which need not be the sum; absent if it did not.",
            javaType = "Integer")
    public static final String TOTAL_TOKENS = "CamelClovaTotalTokens";

    @Metadata(
            label = "producer",
            description =
                    "What these tokens cost by the options priceInputPer1k and priceOutputPer1k, in their currency; absent if neither is set, or the service did not count the tokens of one that is.",
            javaType = "Double")
    public static final String ESTIMATED_COST = "CamelClovaEstimatedCost";

    @Metadata(
            label = "producer",
            description =
                    "Links that the answer rests on, from services that search; ids of the documents that it rests on, from the operation rerank. Absent if there are none.",
            javaType = "java.util.List<String>")
    public static final String CITATIONS = "CamelClovaCitations";

    @Metadata(
            label = "producer",
            description = "What the operation rerank would ask next; absent if there is nothing.",
            javaType = "java.util.List<String>")
    public static final String SUGGESTED_QUERIES = "CamelClovaSuggestedQueries";

    @Metadata(
            label = "producer",
            description =
                    "The tool calls that the model asks for, which the route has to do; absent if there are none. On an exchange of type `tool`, the call that is about to be run.",
            javaType = "java.util.List<io.github.camelclova.chat.ToolCall>")
    public static final String TOOL_CALLS = "CamelClovaToolCalls";

    @Metadata(
            label = "producer",
            description =
                    "All answers, in the service's order, when there is more than one (n greater than 1); the body is the first.",
            javaType = "java.util.List<io.github.camelclova.chat.Choice>")
    public static final String CHOICES = "CamelClovaChoices";

    @Metadata(
            label = "producer",
            description = "Log probabilities in the service's own structure; absent unless asked for.",
            javaType = "java.util.Map<String, Object>")
    public static final String LOGPROBS = "CamelClovaLogprobs";

    @Metadata(
            label = "producer",
            description =
                    "The model's reasoning, where it was sent. It is no part of the answer and may repeat the system message.",
            javaType = "String")
    public static final String THINKING = "CamelClovaThinking";

    @Metadata(label = "producer", description = "HTTP status of the answer.", javaType = "Integer")
    public static final String STATUS_CODE = "CamelClovaStatusCode";

    @Metadata(
            label = "producer",
            description =
                    "Calls made for this answer: 1, and one more for each retry and each round of tools; also on the exchanges of a stream.",
            javaType = "Integer")
    public static final String ATTEMPTS = "CamelClovaAttempts";

    @Metadata(
            label = "producer",
            description =
                    "The `x-ratelimit-*` values as received, by lower-case header name; absent if there are none. CLOVA Studio does not document their unit.",
            javaType = "java.util.Map<String, String>")
    public static final String RATE_LIMIT = "CamelClovaRateLimit";

    @Metadata(
            label = "streaming",
            description =
                    "Set to true on a token exchange, it stops the service; the original exchange then fails with ClovaCancelledException. Read on token exchanges only.",
            javaType = "Boolean")
    public static final String CANCEL = "CamelClovaCancel";

    @Metadata(
            label = "streaming",
            description =
                    "What an exchange of a stream carries: `token`, `thinking`, `tool` (the model calls one of toolRoutes, whose name is the body), `result` or `error`.",
            javaType = "String")
    public static final String EVENT_TYPE = "CamelClovaEventType";

    @Metadata(
            label = "streaming",
            description = "The same on all exchanges of one stream, and on those of no other.",
            javaType = "String")
    public static final String STREAM_ID = "CamelClovaStreamId";

    @Metadata(
            label = "streaming",
            description = "Counts the tokens of a stream from 0, in the unit of tokenUnit; on tokens only.",
            javaType = "Integer")
    public static final String TOKEN_INDEX = "CamelClovaTokenIndex";

    @Metadata(
            label = "streaming",
            description = "True on the last exchange of a stream, a result or an error; absent on the others.",
            javaType = "Boolean")
    public static final String STREAM_COMPLETE = "CamelClovaStreamComplete";

    @Metadata(
            label = "moderation",
            description = "The AI filter's entries as received: groupName, name, score, result; absent if none came.",
            javaType = "java.util.List<java.util.Map<String, Object>>")
    public static final String AI_FILTER = "CamelClovaAiFilter";

    @Metadata(
            label = "moderation",
            description =
                    "Scores by category: 0 is the worst, 2 the best, -1 says that the filter failed. A category whose score cannot be read is left out.",
            javaType = "java.util.Map<String, Integer>")
    public static final String AI_FILTER_SCORES = "CamelClovaAiFilterScores";

    @Metadata(
            label = "moderation",
            description =
                    "What the scores say together: `safe`, `suspect`, `unsafe` or `unjudged`. Set whenever a filter result was asked for or came.",
            javaType = "String")
    public static final String AI_FILTER_VERDICT = "CamelClovaAiFilterVerdict";

    @Metadata(
            label = "moderation",
            description =
                    "Whether the answer breaks the endpoint's policy; always set when a policy is on. For OpenAI-compatible services true when the stop reason is `content_filter`, else absent.",
            javaType = "Boolean")
    public static final String AI_FILTER_FLAGGED = "CamelClovaAiFilterFlagged";

    @Metadata(
            label = "moderation",
            description =
                    "The categories that broke the policy, and `unjudged` or `partial` where those did; set when a policy is on.",
            javaType = "java.util.List<String>")
    public static final String AI_FILTER_REASONS = "CamelClovaAiFilterReasons";

    @Metadata(
            label = "moderation",
            description =
                    "`full`, or `partial` when the answer is longer than the 500 characters that the filter reads. Set whenever a filter result was asked for or came.",
            javaType = "String")
    public static final String AI_FILTER_COVERAGE = "CamelClovaAiFilterCoverage";

    @Metadata(
            label = "enrichment",
            description = "The body as it was before AnswerAggregationStrategy made the answer the body.",
            javaType = "Object")
    public static final String ORIGINAL_BODY = "CamelClovaOriginalBody";

    @Metadata(
            label = "consumer",
            description = "The name of the tool that the model calls; on the exchange of a route that is a tool.",
            javaType = "String")
    public static final String TOOL_NAME = "CamelClovaToolName";

    private ClovaConstants() {}
}
