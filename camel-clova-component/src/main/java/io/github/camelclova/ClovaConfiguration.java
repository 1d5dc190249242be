package io.github.camelclova;

import io.github.camelclova.conversation.ConversationStore;
import java.util.HashMap;
import java.util.Map;
import org.apache.camel.RuntimeCamelException;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriParams;
import org.apache.camel.support.jsse.SSLContextParameters;
import org.jspecify.annotations.Nullable;

/**
 * What a {@code clova} URI can say. The component holds one with the defaults of all its endpoints; each endpoint has a
 * copy of its own. An absent generation option is not sent, so the service decides.
 */
@UriParams
public class ClovaConfiguration implements Cloneable {

    @UriParam(
            label = "producer",
            defaultValue = "auto",
            enums = "auto,clova-v1,clova-v2,clova-v3,openai",
            description =
                    "The protocol that the service speaks. `auto` chooses clova-v1 for the models HCX-003 and HCX-DASH-001 and clova-v3 for other HCX models.")
    private String dialect = "auto";

    @UriParam(
            label = "producer",
            description =
                    "Where the service is: the host root for CLOVA Studio, up to and including `/v1` for OpenAI-compatible services. A path in it is kept. Default for the CLOVA dialects: `https://clovastudio.stream.ntruss.com`; the dialect openai has none.")
    private @Nullable String baseUrl;

    @UriParam(
            label = "producer,advanced",
            description =
                    "A path segment between the base URL and the API path, such as `testapp`. CLOVA dialects only.")
    private @Nullable String pathPrefix;

    @UriParam(
            label = "producer",
            description = "The model to ask, such as `HCX-005`. Needed unless taskId is set or a header may name it.")
    private @Nullable String model;

    @UriParam(label = "producer", description = "The tuned task to ask in place of a model. CLOVA dialects only.")
    private @Nullable String taskId;

    @UriParam(
            label = "producer,security",
            secret = true,
            description =
                    "The key of the service. Without it, the CLOVA dialects take the environment variable `CLOVASTUDIO_API_KEY`; a service that asks for no key needs none.")
    private @Nullable String apiKey;

    @UriParam(
            label = "producer,security",
            secret = true,
            description =
                    "The API Gateway key that belongs to a legacy pair of CLOVA Studio keys; apiKey is then the CLOVA Studio key of the pair.")
    private @Nullable String apigwKey;

    @UriParam(
            label = "producer,advanced",
            description =
                    "Put before the request ids that the component makes: 1 to 27 letters, digits, dots, underscores or hyphens.")
    private @Nullable String requestIdPrefix;

    @UriParam(
            label = "producer,security",
            secret = true,
            prefix = "additionalHeader.",
            multiValue = true,
            description =
                    "HTTP headers to send with every request, for gateways that want their own. Cannot replace the headers that the component sends itself.")
    private Map<String, Object> additionalHeader = new HashMap<>();

    @UriParam(
            label = "producer,advanced",
            prefix = "additionalBodyProperty.",
            multiValue = true,
            description =
                    "Members to add to the JSON body of every request. A value that is JSON by itself (`true`, `5`, `{\"a\":1}`) is sent as that, others as text. Cannot replace the members that the component writes itself.")
    private Map<String, Object> additionalBodyProperty = new HashMap<>();

    @UriParam(
            label = "producer",
            description =
                    "The system message: text, or `resource:` and the location of a file with it, such as `resource:classpath:prompt.txt`, read once when the route starts.")
    @Metadata(largeInput = true)
    private @Nullable String systemMessage;

    @UriParam(
            label = "producer",
            description =
                    "The query of the operation rerank, for messages that bring none in their body or in the header `CamelClovaQuery`.")
    private @Nullable String query;

    @UriParam(
            label = "producer",
            description =
                    "What to ask about an image that is the body: text, or `resource:` and the location of a file with it, read once when the route starts. An image without it is refused. Needs `bodyFormat=auto` and a model that sees. Other bodies are asked without it.")
    @Metadata(largeInput = true)
    private @Nullable String imagePrompt;

    @UriParam(
            label = "producer",
            defaultValue = "auto",
            enums = "auto,text,messages",
            description =
                    "How a body is read. `auto`: text as one user message, whatever it looks like, and bytes that are an image as that. `messages`: text as a JSON list of objects with role and content. `text`: everything as text, lists, maps and images too.")
    private String bodyFormat = "auto";

    @UriParam(
            label = "producer,security",
            defaultValue = "false",
            description = "Whether messages in the body may have the role system.")
    private boolean allowSystemInBody;

    @UriParam(
            label = "producer,conversation",
            description =
                    "The conversation that a message belongs to, as text or an expression of the Simple language such as `${header.session}`: 1 to 200 characters. What was said in it before is sent again, and what is asked and answered is kept. Without it nothing is kept, unless allowedHeaderOverrides lets the header `CamelClovaConversationId` name a conversation.")
    private @Nullable String conversationId;

    @UriParam(
            label = "producer,conversation",
            description =
                    "Where conversations are kept, as a bean. Without one they are kept in memory, by the component for all of its endpoints: 10,000 of them, each for an hour after its last use.")
    private @Nullable ConversationStore conversationStore;

    @UriParam(
            label = "producer,conversation",
            defaultValue = "40",
            description =
                    "How many messages of a conversation are kept and sent again, at least 2; the system message is not counted. The oldest turns go first, and tool calls go together with their results.")
    private int maxHistoryMessages = 40;

    @UriParam(
            label = "producer,conversation",
            description =
                    "How many tokens of a conversation are kept and sent again, as the service counted them; the oldest turns go first. A turn that the service did not count costs nothing. Without it, only maxHistoryMessages is a limit.")
    private @Nullable Integer maxHistoryTokens;

    @UriParam(
            label = "producer,generation",
            description =
                    "How varied the answer is. clova-v1: above 0 to 1; clova-v3: 0 to 1; openai: 0 to 2. Not sent when absent.")
    private @Nullable Double temperature;

    @UriParam(
            label = "producer,generation",
            description =
                    "Samples from the likeliest tokens that together have this probability. CLOVA: above 0 to 1; openai: 0 to 1. Not sent when absent.")
    private @Nullable Double topP;

    @UriParam(
            label = "producer,generation",
            description =
                    "Samples from this many of the likeliest tokens. CLOVA: 0 (off) to 128; openai: from 0, where the service knows it. Not sent when absent.")
    private @Nullable Integer topK;

    @UriParam(
            label = "producer,generation",
            description =
                    "The most tokens that the answer may have. clova-v1: 1 to 4096; clova-v3: 1 to 4096, for HCX-007 to 32768 with its thinking; openai: from 1. When absent the service decides: CLOVA Studio v1 stops after 100.")
    private @Nullable Integer maxTokens;

    @UriParam(
            label = "producer,generation",
            description =
                    "How much repetition is held against a token. clova-v1: above 0 to 10; clova-v3: above 0 to 2; openai: above 0 to 10, where the service knows it. Not sent when absent.")
    private @Nullable Double repeatPenalty;

    @UriParam(
            label = "producer,generation",
            description = "Holds frequent tokens against themselves, -2 to 2. openai only. Not sent when absent.")
    private @Nullable Double frequencyPenalty;

    @UriParam(
            label = "producer,generation",
            description =
                    "Holds tokens that have occurred against themselves, -2 to 2. openai only. Not sent when absent.")
    private @Nullable Double presencePenalty;

    @UriParam(
            label = "producer,generation",
            description = "Strings that end the answer, comma separated; openai takes at most 4. Not sent when absent.")
    private @Nullable String stop;

    @UriParam(
            label = "producer,generation",
            description =
                    "Makes sampling repeatable. CLOVA: 0 (random) to 4294967295; openai: any. Not sent when absent.")
    private @Nullable Long seed;

    @UriParam(
            label = "producer,generation",
            description = "How many answers to give, from 1. openai only. Not sent when absent.")
    private @Nullable Integer n;

    @UriParam(
            label = "producer,generation",
            javaType = "Boolean",
            enums = "true,false",
            description = "Whether to return log probabilities. openai only. Not sent when absent.")
    private @Nullable Boolean logprobs;

    @UriParam(
            label = "producer,generation",
            description =
                    "How many alternatives to list at each token, 0 to 20; needs logprobs=true. openai only. Not sent when absent.")
    private @Nullable Integer topLogprobs;

    @UriParam(
            label = "producer,generation",
            description = "Names the end user to the service. openai only. Not sent when absent.")
    private @Nullable String user;

    @UriParam(
            label = "producer,generation",
            enums = "text,json_object",
            description = "The form of the answer. openai only. Not sent when absent.")
    private @Nullable String responseFormat;

    @UriParam(
            label = "producer,generation",
            enums = "none,minimal,low,medium,high",
            description =
                    "How much the model reasons before it answers. clova-v3 (HCX-007): none, low, medium, high; openai: also minimal. Not sent when absent; HCX-007 then takes low.")
    private @Nullable String thinkingEffort;

    @UriParam(
            label = "producer,moderation",
            javaType = "Boolean",
            enums = "true,false",
            description =
                    "Whether to ask for AI filter results. CLOVA dialects only. Not sent when absent, unless a policy is on, which sets it to true.")
    private @Nullable Boolean includeAiFilters;

    @UriParam(
            label = "producer,moderation",
            defaultValue = "off",
            description =
                    "Which answers are flagged. `moderate`: those with a category of score 0; `strict`: of score 0 or 1; any other word is the name of a bean of type AiFilterPolicy. CLOVA dialects only.")
    private String aiFilterPolicy = "off";

    @UriParam(
            label = "producer,moderation",
            prefix = "aiFilterThreshold.",
            multiValue = true,
            description =
                    "Up to which score a category is flagged: 0, 1, or -1 for never. Wins over aiFilterPolicy and needs none. For example `aiFilterThreshold.insult=1`.")
    private Map<String, Object> aiFilterThreshold = new HashMap<>();

    @UriParam(
            label = "producer,moderation",
            defaultValue = "header",
            enums = "header,exception,replace",
            description =
                    "What happens to a flagged answer. `header`: the headers say so; `exception`: the exchange fails with ClovaAiFilterException before its body is replaced; `replace`: the body becomes aiFilterReplacement.")
    private String aiFilterAction = "header";

    @UriParam(
            label = "producer,moderation",
            defaultValue = "This answer was withheld.",
            description = "The body in place of a flagged answer when aiFilterAction is `replace`.")
    private String aiFilterReplacement = "This answer was withheld.";

    @UriParam(
            label = "producer,moderation",
            defaultValue = "flag",
            enums = "flag,fail,pass",
            description =
                    "What happens when the filter result is absent, empty, failed or unreadable, or lacks a category. `flag`: the answer is flagged; `fail`: the exchange fails; `pass`: it is not held against the answer.")
    private String aiFilterUnjudged = "flag";

    @UriParam(
            label = "producer,moderation",
            enums = "flag,pass",
            description =
                    "What happens when the answer is longer than the 500 characters that the filter reads. Default: `flag` when aiFilterPolicy is `strict`, else `pass`.")
    private @Nullable String aiFilterPartial;

    @UriParam(
            label = "producer,moderation,streaming",
            defaultValue = "after",
            enums = "after,hold",
            description =
                    "When the tokens of a stream are handed on. `after`: as they come, so that text is out before the filter has judged it; `hold`: only when the verdict is there and clear, so that nothing of a flagged answer is handed on but what aiFilterAction says.")
    private String aiFilterRelease = "after";

    @UriParam(
            label = "producer,network",
            javaType = "java.time.Duration",
            description =
                    "How long connecting may take, TLS included. Default: what the https or http component has been given, else 10 s.")
    private @Nullable Long connectTimeout;

    @UriParam(
            label = "producer,network",
            javaType = "java.time.Duration",
            description =
                    "How long the service may take from the request to its response head, each try. Default: what the https or http component has been given, else 90 s.")
    private @Nullable Long responseTimeout;

    @UriParam(
            label = "producer,network",
            javaType = "java.time.Duration",
            description =
                    "How long the service may pause within a response. Default: the soTimeout that the https or http component has been given, else 60 s.")
    private @Nullable Long idleTimeout;

    @UriParam(
            label = "producer,network",
            javaType = "java.time.Duration",
            defaultValue = "10m",
            description = "How long the whole step may take, waiting and retries included.")
    private @Nullable Long requestTimeout;

    @UriParam(
            label = "producer,network",
            defaultValue = "2",
            description =
                    "How often a call is made again when it failed in a way that may pass: no connection, HTTP 408, 429, 500, 502, 503, 504, 529, and the service codes 40800, 429xx, 50000, 50400. 0 turns it off.")
    private int maxRetries = 2;

    @UriParam(
            label = "producer,network",
            javaType = "java.time.Duration",
            defaultValue = "500ms",
            description =
                    "The pause before the first retry; doubles each time, plus or minus 20 %. Retry-After takes its place.")
    private @Nullable Long retryDelay;

    @UriParam(
            label = "producer,quota",
            description =
                    "How many calls may begin within any minute, retries included; they begin at even distances. All endpoints of the JVM with the same key and model share it, and the lowest value that one of them sets counts for all. At least 1. No limit when absent.")
    private @Nullable Integer requestsPerMinute;

    @UriParam(
            label = "producer,quota",
            description =
                    "How many tokens calls may be charged with within any minute: an estimate of what is sent plus maxTokens, corrected by the usage that the service tells. All endpoints of the JVM with the same key and model share it, and the lowest value that one of them sets counts for all. At least 1. No limit when absent.")
    private @Nullable Integer tokensPerMinute;

    @UriParam(
            label = "producer,quota",
            description =
                    "How many calls may be under way at a time; a stream counts until its body has ended. All endpoints of the JVM with the same key and model share it, and the lowest value that one of them sets counts for all. At least 1. No limit when absent.")
    private @Nullable Integer maxConcurrentRequests;

    @UriParam(
            label = "producer,quota",
            javaType = "java.time.Duration",
            defaultValue = "2m",
            description =
                    "How long each try may wait for requestsPerMinute, tokensPerMinute, maxConcurrentRequests or a pause that the service asked for, within requestTimeout. Then it fails with ClovaQuotaException and is not made.")
    private @Nullable Long quotaTimeout;

    @UriParam(
            label = "producer,network",
            defaultValue = "16777216",
            description = "The most bytes that a response may have, after decompression.")
    private int maxResponseSize = 16 * 1024 * 1024;

    @UriParam(
            label = "producer,security",
            description = "TLS settings. Default: those of the https component, or the global ones where it uses them.")
    private @Nullable SSLContextParameters sslContextParameters;

    @UriParam(
            label = "producer,security",
            defaultValue = "false",
            description = "Whether baseUrl may be http for a host that is not this machine.")
    private boolean allowInsecureUrl;

    @UriParam(
            label = "producer,security",
            defaultValue = "generation",
            description =
                    "Which headers may override options, comma separated: `generation` (temperature and the like), `model`, `messages` (the system message), `conversation` (which one a message belongs to), or `none` or `all`.")
    private String allowedHeaderOverrides = "generation";

    @UriParam(
            label = "producer,security",
            description =
                    "The largest maxTokens that an option or header may ask for; sent when nothing asks for any. From 1.")
    private @Nullable Integer maxTokensLimit;

    @UriParam(
            label = "producer,cost",
            description =
                    "What 1000 tokens of a request cost, in your currency, for the header CamelClovaEstimatedCost. From 0; a price that is not set counts as 0. Of the component's, only chats take it.")
    private @Nullable Double priceInputPer1k;

    @UriParam(
            label = "producer,cost",
            description =
                    "What 1000 tokens of an answer cost, in your currency, for the header CamelClovaEstimatedCost. From 0; a price that is not set counts as 0. Of the component's, only chats take it.")
    private @Nullable Double priceOutputPer1k;

    @UriParam(
            label = "producer,streaming",
            javaType = "Boolean",
            enums = "true,false",
            description =
                    "Whether the answer is streamed into the body: a closeable iterator of messages, one for each token, for `split(body()).streaming()`. streamTo implies it.")
    private @Nullable Boolean streaming;

    @UriParam(
            label = "producer,streaming",
            description =
                    "The URI of an endpoint to which every token is sent as an exchange of its own, one after the other, with a closing `result` or `error` exchange; the original exchange continues with the whole answer.")
    private @Nullable String streamTo;

    @UriParam(
            label = "producer,streaming",
            defaultValue = "token",
            enums = "token,word,sentence,line",
            description = "How tokens are grouped: as the service sends them, or to words, sentences or lines.")
    private String tokenUnit = "token";

    @UriParam(
            label = "producer,streaming",
            defaultValue = "false",
            description =
                    "Whether the model's reasoning is handed out in a stream, too, as events of type `thinking`. It may repeat the system message.")
    private boolean emitThinking;

    @UriParam(
            label = "producer,streaming",
            defaultValue = "stop",
            enums = "stop,continue",
            description =
                    "What happens when an exchange of a streamed token fails. `stop`: the service is stopped and the original exchange fails; `continue`: the stream goes on. For streamTo; a splitter has its own stopOnException.")
    private String tokenFailurePolicy = "stop";

    @UriParam(
            label = "producer,streaming",
            javaType = "Boolean",
            enums = "true,false",
            description =
                    "Whether a stream asks the service to count its tokens (`stream_options.include_usage`). openai only. Default: true, but not for CLOVA Studio's own OpenAI-compatible endpoint, which refuses the question.")
    private @Nullable Boolean streamUsage;

    @UriParam(
            label = "producer,network",
            defaultValue = "4194304",
            description =
                    "The most bytes that one event of a stream may have; the closing result event may be as large as maxResponseSize.")
    private int maxEventSize = 4 * 1024 * 1024;

    @UriParam(
            label = "producer,generation",
            description =
                    "The functions that the model may ask for: a JSON list of definitions with name, description and parameters (JSON Schema), inline or `resource:` and where it is. What the model asks for is in the header CamelClovaToolCalls; for routes that are called see toolRoutes. clova-v3 and openai.")
    @Metadata(largeInput = true, supportFileReference = true)
    private @Nullable String tools;

    @UriParam(
            label = "producer,generation",
            description =
                    "Whether the model calls tools: `none`, `auto`, or the name of the function that it must call; openai also takes `required`. Needs tools or toolRoutes. Not sent when absent.")
    private @Nullable String toolChoice;

    @UriParam(
            label = "producer,generation",
            description =
                    "The JSON Schema that the answer must have: inline, or `resource:` and where it is. The answer is validated and stays text. clova-v3 (HCX-007, whose thinking it turns off) and openai.")
    @Metadata(largeInput = true, supportFileReference = true)
    private @Nullable String jsonSchema;

    @UriParam(
            label = "producer,generation",
            description =
                    "The name of the class whose instance the answer becomes. Its JSON Schema is sent as jsonSchema is, and the answer is read with the ObjectMapper of the registry, if there is one. clova-v3 (HCX-007, whose thinking it turns off) and openai.")
    private @Nullable String outputClass;

    @UriParam(
            label = "producer,generation",
            defaultValue = "0",
            description =
                    "How often the model is asked again, with the problem named, when an answer does not fit jsonSchema or outputClass. Not for streams.")
    private int structuredRetries;

    @UriParam(
            label = "producer,generation",
            description =
                    "The routes that the model may call as tools, comma separated by the names in their `clova:tool/name`. The component calls them and asks again with their results. clova-v3 and openai.")
    private @Nullable String toolRoutes;

    @UriParam(
            label = "producer,generation",
            defaultValue = "5",
            description =
                    "How often the model may call toolRoutes for one answer, from 1; several calls at once count as one round. Then it is asked to answer without.")
    private int maxToolRounds = 5;

    @UriParam(
            label = "producer,generation",
            defaultValue = "report",
            enums = "report,fail",
            description =
                    "What happens when one of toolRoutes fails. `report`: the model is told that it failed, and nothing more; `fail`: the exchange fails with the same exception.")
    private String toolErrorPolicy = "report";

    /** A configuration of its own with the same values. */
    public ClovaConfiguration copy() {
        try {
            ClovaConfiguration copy = (ClovaConfiguration) super.clone();
            copy.additionalHeader = new HashMap<>(additionalHeader);
            copy.additionalBodyProperty = new HashMap<>(additionalBodyProperty);
            copy.aiFilterThreshold = new HashMap<>(aiFilterThreshold);
            return copy;
        } catch (CloneNotSupportedException impossible) {
            throw new RuntimeCamelException(impossible);
        }
    }

    public String getDialect() {
        return dialect;
    }

    public void setDialect(String dialect) {
        this.dialect = dialect;
    }

    public @Nullable String getBaseUrl() {
        return baseUrl;
    }

    public void setBaseUrl(@Nullable String baseUrl) {
        this.baseUrl = baseUrl;
    }

    public @Nullable String getPathPrefix() {
        return pathPrefix;
    }

    public void setPathPrefix(@Nullable String pathPrefix) {
        this.pathPrefix = pathPrefix;
    }

    public @Nullable String getModel() {
        return model;
    }

    public void setModel(@Nullable String model) {
        this.model = model;
    }

    public @Nullable String getTaskId() {
        return taskId;
    }

    public void setTaskId(@Nullable String taskId) {
        this.taskId = taskId;
    }

    public @Nullable String getApiKey() {
        return apiKey;
    }

    public void setApiKey(@Nullable String apiKey) {
        this.apiKey = apiKey;
    }

    public @Nullable String getApigwKey() {
        return apigwKey;
    }

    public void setApigwKey(@Nullable String apigwKey) {
        this.apigwKey = apigwKey;
    }

    public @Nullable String getRequestIdPrefix() {
        return requestIdPrefix;
    }

    public void setRequestIdPrefix(@Nullable String requestIdPrefix) {
        this.requestIdPrefix = requestIdPrefix;
    }

    public Map<String, Object> getAdditionalHeader() {
        return additionalHeader;
    }

    public void setAdditionalHeader(Map<String, Object> additionalHeader) {
        this.additionalHeader = additionalHeader;
    }

    public Map<String, Object> getAdditionalBodyProperty() {
        return additionalBodyProperty;
    }

    public void setAdditionalBodyProperty(Map<String, Object> additionalBodyProperty) {
        this.additionalBodyProperty = additionalBodyProperty;
    }

    public @Nullable String getConversationId() {
        return conversationId;
    }

    public void setConversationId(@Nullable String conversationId) {
        this.conversationId = conversationId;
    }

    public @Nullable ConversationStore getConversationStore() {
        return conversationStore;
    }

    public void setConversationStore(@Nullable ConversationStore conversationStore) {
        this.conversationStore = conversationStore;
    }

    public int getMaxHistoryMessages() {
        return maxHistoryMessages;
    }

    public void setMaxHistoryMessages(int maxHistoryMessages) {
        this.maxHistoryMessages = maxHistoryMessages;
    }

    public @Nullable Integer getMaxHistoryTokens() {
        return maxHistoryTokens;
    }

    public void setMaxHistoryTokens(@Nullable Integer maxHistoryTokens) {
        this.maxHistoryTokens = maxHistoryTokens;
    }

    public @Nullable String getQuery() {
        return query;
    }

    public void setQuery(@Nullable String query) {
        this.query = query;
    }

    public @Nullable String getSystemMessage() {
        return systemMessage;
    }

    public void setSystemMessage(@Nullable String systemMessage) {
        this.systemMessage = systemMessage;
    }

    public @Nullable String getImagePrompt() {
        return imagePrompt;
    }

    public void setImagePrompt(@Nullable String imagePrompt) {
        this.imagePrompt = imagePrompt;
    }

    public String getBodyFormat() {
        return bodyFormat;
    }

    public void setBodyFormat(String bodyFormat) {
        this.bodyFormat = bodyFormat;
    }

    public boolean isAllowSystemInBody() {
        return allowSystemInBody;
    }

    public void setAllowSystemInBody(boolean allowSystemInBody) {
        this.allowSystemInBody = allowSystemInBody;
    }

    public @Nullable Double getTemperature() {
        return temperature;
    }

    public void setTemperature(@Nullable Double temperature) {
        this.temperature = temperature;
    }

    public @Nullable Double getTopP() {
        return topP;
    }

    public void setTopP(@Nullable Double topP) {
        this.topP = topP;
    }

    public @Nullable Integer getTopK() {
        return topK;
    }

    public void setTopK(@Nullable Integer topK) {
        this.topK = topK;
    }

    public @Nullable Integer getMaxTokens() {
        return maxTokens;
    }

    public void setMaxTokens(@Nullable Integer maxTokens) {
        this.maxTokens = maxTokens;
    }

    public @Nullable Double getRepeatPenalty() {
        return repeatPenalty;
    }

    public void setRepeatPenalty(@Nullable Double repeatPenalty) {
        this.repeatPenalty = repeatPenalty;
    }

    public @Nullable Double getFrequencyPenalty() {
        return frequencyPenalty;
    }

    public void setFrequencyPenalty(@Nullable Double frequencyPenalty) {
        this.frequencyPenalty = frequencyPenalty;
    }

    public @Nullable Double getPresencePenalty() {
        return presencePenalty;
    }

    public void setPresencePenalty(@Nullable Double presencePenalty) {
        this.presencePenalty = presencePenalty;
    }

    public @Nullable String getStop() {
        return stop;
    }

    public void setStop(@Nullable String stop) {
        this.stop = stop;
    }

    public @Nullable Long getSeed() {
        return seed;
    }

    public void setSeed(@Nullable Long seed) {
        this.seed = seed;
    }

    public @Nullable Integer getN() {
        return n;
    }

    public void setN(@Nullable Integer n) {
        this.n = n;
    }

    public @Nullable Boolean getLogprobs() {
        return logprobs;
    }

    public void setLogprobs(@Nullable Boolean logprobs) {
        this.logprobs = logprobs;
    }

    public @Nullable Integer getTopLogprobs() {
        return topLogprobs;
    }

    public void setTopLogprobs(@Nullable Integer topLogprobs) {
        this.topLogprobs = topLogprobs;
    }

    public @Nullable String getUser() {
        return user;
    }

    public void setUser(@Nullable String user) {
        this.user = user;
    }

    public @Nullable String getResponseFormat() {
        return responseFormat;
    }

    public void setResponseFormat(@Nullable String responseFormat) {
        this.responseFormat = responseFormat;
    }

    public @Nullable String getThinkingEffort() {
        return thinkingEffort;
    }

    public void setThinkingEffort(@Nullable String thinkingEffort) {
        this.thinkingEffort = thinkingEffort;
    }

    public @Nullable Boolean getIncludeAiFilters() {
        return includeAiFilters;
    }

    public void setIncludeAiFilters(@Nullable Boolean includeAiFilters) {
        this.includeAiFilters = includeAiFilters;
    }

    public String getAiFilterPolicy() {
        return aiFilterPolicy;
    }

    public void setAiFilterPolicy(String aiFilterPolicy) {
        this.aiFilterPolicy = aiFilterPolicy;
    }

    public Map<String, Object> getAiFilterThreshold() {
        return aiFilterThreshold;
    }

    public void setAiFilterThreshold(Map<String, Object> aiFilterThreshold) {
        this.aiFilterThreshold = aiFilterThreshold;
    }

    public String getAiFilterAction() {
        return aiFilterAction;
    }

    public void setAiFilterAction(String aiFilterAction) {
        this.aiFilterAction = aiFilterAction;
    }

    public String getAiFilterReplacement() {
        return aiFilterReplacement;
    }

    public void setAiFilterReplacement(String aiFilterReplacement) {
        this.aiFilterReplacement = aiFilterReplacement;
    }

    public String getAiFilterUnjudged() {
        return aiFilterUnjudged;
    }

    public void setAiFilterUnjudged(String aiFilterUnjudged) {
        this.aiFilterUnjudged = aiFilterUnjudged;
    }

    public @Nullable String getAiFilterPartial() {
        return aiFilterPartial;
    }

    public void setAiFilterPartial(@Nullable String aiFilterPartial) {
        this.aiFilterPartial = aiFilterPartial;
    }

    public @Nullable Long getConnectTimeout() {
        return connectTimeout;
    }

    public void setConnectTimeout(@Nullable Long connectTimeout) {
        this.connectTimeout = connectTimeout;
    }

    public @Nullable Long getResponseTimeout() {
        return responseTimeout;
    }

    public void setResponseTimeout(@Nullable Long responseTimeout) {
        this.responseTimeout = responseTimeout;
    }

    public @Nullable Long getIdleTimeout() {
        return idleTimeout;
    }

    public void setIdleTimeout(@Nullable Long idleTimeout) {
        this.idleTimeout = idleTimeout;
    }

    public @Nullable Long getRequestTimeout() {
        return requestTimeout;
    }

    public void setRequestTimeout(@Nullable Long requestTimeout) {
        this.requestTimeout = requestTimeout;
    }

    public int getMaxRetries() {
        return maxRetries;
    }

    public void setMaxRetries(int maxRetries) {
        this.maxRetries = maxRetries;
    }

    public @Nullable Long getRetryDelay() {
        return retryDelay;
    }

    public void setRetryDelay(@Nullable Long retryDelay) {
        this.retryDelay = retryDelay;
    }

    public @Nullable Integer getRequestsPerMinute() {
        return requestsPerMinute;
    }

    public void setRequestsPerMinute(@Nullable Integer requestsPerMinute) {
        this.requestsPerMinute = requestsPerMinute;
    }

    public @Nullable Integer getTokensPerMinute() {
        return tokensPerMinute;
    }

    public void setTokensPerMinute(@Nullable Integer tokensPerMinute) {
        this.tokensPerMinute = tokensPerMinute;
    }

    public @Nullable Integer getMaxConcurrentRequests() {
        return maxConcurrentRequests;
    }

    public void setMaxConcurrentRequests(@Nullable Integer maxConcurrentRequests) {
        this.maxConcurrentRequests = maxConcurrentRequests;
    }

    public @Nullable Long getQuotaTimeout() {
        return quotaTimeout;
    }

    public void setQuotaTimeout(@Nullable Long quotaTimeout) {
        this.quotaTimeout = quotaTimeout;
    }

    public int getMaxResponseSize() {
        return maxResponseSize;
    }

    public void setMaxResponseSize(int maxResponseSize) {
        this.maxResponseSize = maxResponseSize;
    }

    public @Nullable SSLContextParameters getSslContextParameters() {
        return sslContextParameters;
    }

    public void setSslContextParameters(@Nullable SSLContextParameters sslContextParameters) {
        this.sslContextParameters = sslContextParameters;
    }

    public boolean isAllowInsecureUrl() {
        return allowInsecureUrl;
    }

    public void setAllowInsecureUrl(boolean allowInsecureUrl) {
        this.allowInsecureUrl = allowInsecureUrl;
    }

    public String getAllowedHeaderOverrides() {
        return allowedHeaderOverrides;
    }

    public void setAllowedHeaderOverrides(String allowedHeaderOverrides) {
        this.allowedHeaderOverrides = allowedHeaderOverrides;
    }

    public @Nullable Double getPriceInputPer1k() {
        return priceInputPer1k;
    }

    public void setPriceInputPer1k(@Nullable Double priceInputPer1k) {
        this.priceInputPer1k = priceInputPer1k;
    }

    public @Nullable Double getPriceOutputPer1k() {
        return priceOutputPer1k;
    }

    public void setPriceOutputPer1k(@Nullable Double priceOutputPer1k) {
        this.priceOutputPer1k = priceOutputPer1k;
    }

    public @Nullable Integer getMaxTokensLimit() {
        return maxTokensLimit;
    }

    public void setMaxTokensLimit(@Nullable Integer maxTokensLimit) {
        this.maxTokensLimit = maxTokensLimit;
    }

    public @Nullable Boolean getStreaming() {
        return streaming;
    }

    public void setStreaming(@Nullable Boolean streaming) {
        this.streaming = streaming;
    }

    public @Nullable String getStreamTo() {
        return streamTo;
    }

    public void setStreamTo(@Nullable String streamTo) {
        this.streamTo = streamTo;
    }

    public String getTokenUnit() {
        return tokenUnit;
    }

    public void setTokenUnit(String tokenUnit) {
        this.tokenUnit = tokenUnit;
    }

    public boolean isEmitThinking() {
        return emitThinking;
    }

    public void setEmitThinking(boolean emitThinking) {
        this.emitThinking = emitThinking;
    }

    public String getTokenFailurePolicy() {
        return tokenFailurePolicy;
    }

    public void setTokenFailurePolicy(String tokenFailurePolicy) {
        this.tokenFailurePolicy = tokenFailurePolicy;
    }

    public @Nullable Boolean getStreamUsage() {
        return streamUsage;
    }

    public void setStreamUsage(@Nullable Boolean streamUsage) {
        this.streamUsage = streamUsage;
    }

    public int getMaxEventSize() {
        return maxEventSize;
    }

    public void setMaxEventSize(int maxEventSize) {
        this.maxEventSize = maxEventSize;
    }

    public String getAiFilterRelease() {
        return aiFilterRelease;
    }

    public void setAiFilterRelease(String aiFilterRelease) {
        this.aiFilterRelease = aiFilterRelease;
    }

    public @Nullable String getTools() {
        return tools;
    }

    public void setTools(@Nullable String tools) {
        this.tools = tools;
    }

    public @Nullable String getToolChoice() {
        return toolChoice;
    }

    public void setToolChoice(@Nullable String toolChoice) {
        this.toolChoice = toolChoice;
    }

    public @Nullable String getJsonSchema() {
        return jsonSchema;
    }

    public void setJsonSchema(@Nullable String jsonSchema) {
        this.jsonSchema = jsonSchema;
    }

    public @Nullable String getOutputClass() {
        return outputClass;
    }

    public void setOutputClass(@Nullable String outputClass) {
        this.outputClass = outputClass;
    }

    public int getStructuredRetries() {
        return structuredRetries;
    }

    public void setStructuredRetries(int structuredRetries) {
        this.structuredRetries = structuredRetries;
    }

    public @Nullable String getToolRoutes() {
        return toolRoutes;
    }

    public void setToolRoutes(@Nullable String toolRoutes) {
        this.toolRoutes = toolRoutes;
    }

    public int getMaxToolRounds() {
        return maxToolRounds;
    }

    public void setMaxToolRounds(int maxToolRounds) {
        this.maxToolRounds = maxToolRounds;
    }

    public String getToolErrorPolicy() {
        return toolErrorPolicy;
    }

    public void setToolErrorPolicy(String toolErrorPolicy) {
        this.toolErrorPolicy = toolErrorPolicy;
    }
}
