package io.github.camelclova.springboot;

import java.util.Set;
import org.apache.camel.spring.boot.ComponentConfigurationPropertiesCommon;
import org.springframework.boot.context.properties.ConfigurationProperties;

/** Made by the build from the options of the component; do not edit. */
@ConfigurationProperties(prefix = "camel.component.clova")
public class ClovaComponentConfiguration extends ComponentConfigurationPropertiesCommon {

    /** The options that hold secrets. */
    static final Set<String> SECRETS = Set.of("additionalHeader", "apigwKey", "apiKey");

    /**
     * The defaults of all endpoints.
     */
    private io.github.camelclova.ClovaConfiguration configuration;

    /**
     * Where the service is: the host root for CLOVA Studio, up to and including /v1 for OpenAI-compatible services.
     * A path in it is kept. Default for the CLOVA dialects: https://clovastudio.stream.ntruss.com; the dialect
     * openai has none.
     */
    private String baseUrl;

    /**
     * How a body is read. auto: text as one user message, whatever it looks like, and bytes that are an image as
     * that. messages: text as a JSON list of objects with role and content. text: everything as text, lists, maps
     * and images too.
     */
    private String bodyFormat;

    /**
     * The protocol that the service speaks. auto chooses clova-v1 for the models HCX-003 and HCX-DASH-001 and
     * clova-v3 for other HCX models.
     */
    private String dialect;

    /**
     * What to ask about an image that is the body: text, or resource: and the location of a file with it, read once
     * when the route starts. An image without it is refused. Needs bodyFormat=auto and a model that sees. Other
     * bodies are asked without it.
     */
    private String imagePrompt;

    /**
     * Whether the producer should be started lazy (on the first message). By starting lazy you can use this to
     * allow CamelContext and routes to startup in situations where a producer may otherwise fail during starting
     * and cause the route to fail being started. By deferring this startup to be lazy then the startup failure can
     * be handled during routing messages via Camel's routing error handlers. Beware that when the first message is
     * processed then creating and starting the producer may take a little time and prolong the total processing
     * time of the processing.
     */
    private Boolean lazyStartProducer;

    /**
     * The model to ask, such as HCX-005. Needed unless taskId is set or a header may name it.
     */
    private String model;

    /**
     * The query of the operation rerank, for messages that bring none in their body or in the header
     * CamelClovaQuery.
     */
    private String query;

    /**
     * The system message: text, or resource: and the location of a file with it, such as
     * resource:classpath:prompt.txt, read once when the route starts.
     */
    private String systemMessage;

    /**
     * The tuned task to ask in place of a model. CLOVA dialects only.
     */
    private String taskId;

    /**
     * Members to add to the JSON body of every request. A value that is JSON by itself (true, 5, {a:1}) is sent as
     * that, others as text. Cannot replace the members that the component writes itself. This is a multi-value
     * option with prefix: additionalBodyProperty.
     */
    private java.util.Map<String, Object> additionalBodyProperty;

    /**
     * A path segment between the base URL and the API path, such as testapp. CLOVA dialects only.
     */
    private String pathPrefix;

    /**
     * Put before the request ids that the component makes: 1 to 27 letters, digits, dots, underscores or hyphens.
     */
    private String requestIdPrefix;

    /**
     * Whether autowiring is enabled. This is used for automatic autowiring options (the option must be marked as
     * autowired) by looking up in the registry to find if there is a single instance of matching type, which then
     * gets configured on the component. This can be used for automatic configuring JDBC data sources, JMS
     * connection factories, AWS Clients, etc.
     */
    private Boolean autowiredEnabled;

    /**
     * The conversation that a message belongs to, as text or an expression of the Simple language such as
     * ${header.session}: 1 to 200 characters. What was said in it before is sent again, and what is asked and
     * answered is kept. Without it nothing is kept, unless allowedHeaderOverrides lets the header
     * CamelClovaConversationId name a conversation.
     */
    private String conversationId;

    /**
     * Where conversations are kept, as a bean. Without one they are kept in memory, by the component for all of its
     * endpoints: 10,000 of them, each for an hour after its last use.
     */
    private io.github.camelclova.conversation.ConversationStore conversationStore;

    /**
     * How many messages of a conversation are kept and sent again, at least 2; the system message is not counted.
     * The oldest turns go first, and tool calls go together with their results.
     */
    private Integer maxHistoryMessages;

    /**
     * How many tokens of a conversation are kept and sent again, as the service counted them; the oldest turns go
     * first. A turn that the service did not count costs nothing. Without it, only maxHistoryMessages is a limit.
     */
    private Integer maxHistoryTokens;

    /**
     * What 1000 tokens of a request cost, in your currency, for the header CamelClovaEstimatedCost. From 0; a price
     * that is not set counts as 0. Of the component's, only chats take it.
     */
    private Double priceInputPer1k;

    /**
     * What 1000 tokens of an answer cost, in your currency, for the header CamelClovaEstimatedCost. From 0; a price
     * that is not set counts as 0. Of the component's, only chats take it.
     */
    private Double priceOutputPer1k;

    /**
     * Holds frequent tokens against themselves, -2 to 2. openai only. Not sent when absent.
     */
    private Double frequencyPenalty;

    /**
     * The JSON Schema that the answer must have: inline, or resource: and where it is. The answer is validated and
     * stays text. clova-v3 (HCX-007, whose thinking it turns off) and openai.
     */
    private String jsonSchema;

    /**
     * Whether to return log probabilities. openai only. Not sent when absent.
     */
    private Boolean logprobs;

    /**
     * The most tokens that the answer may have. clova-v1: 1 to 4096; clova-v3: 1 to 4096, for HCX-007 to 32768 with
     * its thinking; openai: from 1. When absent the service decides: CLOVA Studio v1 stops after 100.
     */
    private Integer maxTokens;

    /**
     * How often the model may call toolRoutes for one answer, from 1; several calls at once count as one round.
     * Then it is asked to answer without.
     */
    private Integer maxToolRounds;

    /**
     * How many answers to give, from 1. openai only. Not sent when absent.
     */
    private Integer n;

    /**
     * The name of the class whose instance the answer becomes. Its JSON Schema is sent as jsonSchema is, and the
     * answer is read with the ObjectMapper of the registry, if there is one. clova-v3 (HCX-007, whose thinking it
     * turns off) and openai.
     */
    private String outputClass;

    /**
     * Holds tokens that have occurred against themselves, -2 to 2. openai only. Not sent when absent.
     */
    private Double presencePenalty;

    /**
     * How much repetition is held against a token. clova-v1: above 0 to 10; clova-v3: above 0 to 2; openai: above 0
     * to 10, where the service knows it. Not sent when absent.
     */
    private Double repeatPenalty;

    /**
     * The form of the answer. openai only. Not sent when absent.
     */
    private String responseFormat;

    /**
     * Makes sampling repeatable. CLOVA: 0 (random) to 4294967295; openai: any. Not sent when absent.
     */
    private Long seed;

    /**
     * Strings that end the answer, comma separated; openai takes at most 4. Not sent when absent.
     */
    private String stop;

    /**
     * How often the model is asked again, with the problem named, when an answer does not fit jsonSchema or
     * outputClass. Not for streams.
     */
    private Integer structuredRetries;

    /**
     * How varied the answer is. clova-v1: above 0 to 1; clova-v3: 0 to 1; openai: 0 to 2. Not sent when absent.
     */
    private Double temperature;

    /**
     * How much the model reasons before it answers. clova-v3 (HCX-007): none, low, medium, high; openai: also
     * minimal. Not sent when absent; HCX-007 then takes low.
     */
    private String thinkingEffort;

    /**
     * Whether the model calls tools: none, auto, or the name of the function that it must call; openai also takes
     * required. Needs tools or toolRoutes. Not sent when absent.
     */
    private String toolChoice;

    /**
     * What happens when one of toolRoutes fails. report: the model is told that it failed, and nothing more; fail:
     * the exchange fails with the same exception.
     */
    private String toolErrorPolicy;

    /**
     * The routes that the model may call as tools, comma separated by the names in their clova:tool/name. The
     * component calls them and asks again with their results. clova-v3 and openai.
     */
    private String toolRoutes;

    /**
     * The functions that the model may ask for: a JSON list of definitions with name, description and parameters
     * (JSON Schema), inline or resource: and where it is. What the model asks for is in the header
     * CamelClovaToolCalls; for routes that are called see toolRoutes. clova-v3 and openai.
     */
    private String tools;

    /**
     * Samples from this many of the likeliest tokens. CLOVA: 0 (off) to 128; openai: from 0, where the service
     * knows it. Not sent when absent.
     */
    private Integer topK;

    /**
     * How many alternatives to list at each token, 0 to 20; needs logprobs=true. openai only. Not sent when absent.
     */
    private Integer topLogprobs;

    /**
     * Samples from the likeliest tokens that together have this probability. CLOVA: above 0 to 1; openai: 0 to 1.
     * Not sent when absent.
     */
    private Double topP;

    /**
     * Names the end user to the service. openai only. Not sent when absent.
     */
    private String user;

    /**
     * Whether endpoints have a readiness check, which calls nobody. Camel's checks of producers are off until
     * camel.health.producers-enabled=true.
     */
    private Boolean healthCheckProducerEnabled;

    /**
     * What happens to a flagged answer. header: the headers say so; exception: the exchange fails with
     * ClovaAiFilterException before its body is replaced; replace: the body becomes aiFilterReplacement.
     */
    private String aiFilterAction;

    /**
     * What happens when the answer is longer than the 500 characters that the filter reads. Default: flag when
     * aiFilterPolicy is strict, else pass.
     */
    private String aiFilterPartial;

    /**
     * Which answers are flagged. moderate: those with a category of score 0; strict: of score 0 or 1; any other
     * word is the name of a bean of type AiFilterPolicy. CLOVA dialects only.
     */
    private String aiFilterPolicy;

    /**
     * The body in place of a flagged answer when aiFilterAction is replace.
     */
    private String aiFilterReplacement;

    /**
     * Up to which score a category is flagged: 0, 1, or -1 for never. Wins over aiFilterPolicy and needs none. For
     * example aiFilterThreshold.insult=1. This is a multi-value option with prefix: aiFilterThreshold.
     */
    private java.util.Map<String, Object> aiFilterThreshold;

    /**
     * What happens when the filter result is absent, empty, failed or unreadable, or lacks a category. flag: the
     * answer is flagged; fail: the exchange fails; pass: it is not held against the answer.
     */
    private String aiFilterUnjudged;

    /**
     * Whether to ask for AI filter results. CLOVA dialects only. Not sent when absent, unless a policy is on, which
     * sets it to true.
     */
    private Boolean includeAiFilters;

    /**
     * How long connecting may take, TLS included. Default: what the https or http component has been given, else 10
     * s.
     */
    private java.time.Duration connectTimeout;

    /**
     * How long the service may pause within a response. Default: the soTimeout that the https or http component has
     * been given, else 60 s.
     */
    private java.time.Duration idleTimeout;

    /**
     * The most bytes that one event of a stream may have; the closing result event may be as large as
     * maxResponseSize.
     */
    private Integer maxEventSize;

    /**
     * The most bytes that a response may have, after decompression.
     */
    private Integer maxResponseSize;

    /**
     * How often a call is made again when it failed in a way that may pass: no connection, HTTP 408, 429, 500, 502,
     * 503, 504, 529, and the service codes 40800, 429xx, 50000, 50400. 0 turns it off.
     */
    private Integer maxRetries;

    /**
     * How long the whole step may take, waiting and retries included.
     */
    private java.time.Duration requestTimeout;

    /**
     * How long the service may take from the request to its response head, each try. Default: what the https or
     * http component has been given, else 90 s.
     */
    private java.time.Duration responseTimeout;

    /**
     * The pause before the first retry; doubles each time, plus or minus 20 %. Retry-After takes its place.
     */
    private java.time.Duration retryDelay;

    /**
     * How many calls may be under way at a time; a stream counts until its body has ended. All endpoints of the JVM
     * with the same key and model share it, and the lowest value that one of them sets counts for all. At least 1.
     * No limit when absent.
     */
    private Integer maxConcurrentRequests;

    /**
     * How long each try may wait for requestsPerMinute, tokensPerMinute, maxConcurrentRequests or a pause that the
     * service asked for, within requestTimeout. Then it fails with ClovaQuotaException and is not made.
     */
    private java.time.Duration quotaTimeout;

    /**
     * How many calls may begin within any minute, retries included; they begin at even distances. All endpoints of
     * the JVM with the same key and model share it, and the lowest value that one of them sets counts for all. At
     * least 1. No limit when absent.
     */
    private Integer requestsPerMinute;

    /**
     * How many tokens calls may be charged with within any minute: an estimate of what is sent plus maxTokens,
     * corrected by the usage that the service tells. All endpoints of the JVM with the same key and model share it,
     * and the lowest value that one of them sets counts for all. At least 1. No limit when absent.
     */
    private Integer tokensPerMinute;

    /**
     * HTTP headers to send with every request, for gateways that want their own. Cannot replace the headers that
     * the component sends itself. This is a multi-value option with prefix: additionalHeader.
     */
    private java.util.Map<String, Object> additionalHeader;

    /**
     * Which headers may override options, comma separated: generation (temperature and the like), model, messages
     * (the system message), conversation (which one a message belongs to), or none or all.
     */
    private String allowedHeaderOverrides;

    /**
     * Whether baseUrl may be http for a host that is not this machine.
     */
    private Boolean allowInsecureUrl;

    /**
     * Whether messages in the body may have the role system.
     */
    private Boolean allowSystemInBody;

    /**
     * The API Gateway key that belongs to a legacy pair of CLOVA Studio keys; apiKey is then the CLOVA Studio key
     * of the pair.
     */
    private String apigwKey;

    /**
     * The key of the service. Without it, the CLOVA dialects take the environment variable CLOVASTUDIO_API_KEY; a
     * service that asks for no key needs none.
     */
    private String apiKey;

    /**
     * The largest maxTokens that an option or header may ask for; sent when nothing asks for any. From 1.
     */
    private Integer maxTokensLimit;

    /**
     * TLS settings. Default: those of the https component, or the global ones where it uses them.
     */
    private org.apache.camel.support.jsse.SSLContextParameters sslContextParameters;

    /**
     * Whether to use the context's global SSL parameters.
     */
    private Boolean useGlobalSslContextParameters;

    /**
     * When the tokens of a stream are handed on. after: as they come, so that text is out before the filter has
     * judged it; hold: only when the verdict is there and clear, so that nothing of a flagged answer is handed on
     * but what aiFilterAction says.
     */
    private String aiFilterRelease;

    /**
     * Whether the model's reasoning is handed out in a stream, too, as events of type thinking. It may repeat the
     * system message.
     */
    private Boolean emitThinking;

    /**
     * Whether the answer is streamed into the body: a closeable iterator of messages, one for each token, for
     * split(body()).streaming(). streamTo implies it.
     */
    private Boolean streaming;

    /**
     * The URI of an endpoint to which every token is sent as an exchange of its own, one after the other, with a
     * closing result or error exchange; the original exchange continues with the whole answer.
     */
    private String streamTo;

    /**
     * Whether a stream asks the service to count its tokens (stream_options.include_usage). openai only. Default:
     * true, but not for CLOVA Studio's own OpenAI-compatible endpoint, which refuses the question.
     */
    private Boolean streamUsage;

    /**
     * What happens when an exchange of a streamed token fails. stop: the service is stopped and the original
     * exchange fails; continue: the stream goes on. For streamTo; a splitter has its own stopOnException.
     */
    private String tokenFailurePolicy;

    /**
     * How tokens are grouped: as the service sends them, or to words, sentences or lines.
     */
    private String tokenUnit;

    public io.github.camelclova.ClovaConfiguration getConfiguration() {
        return configuration;
    }

    public void setConfiguration(io.github.camelclova.ClovaConfiguration configuration) {
        this.configuration = configuration;
    }

    public String getBaseUrl() {
        return baseUrl;
    }

    public void setBaseUrl(String baseUrl) {
        this.baseUrl = baseUrl;
    }

    public String getBodyFormat() {
        return bodyFormat;
    }

    public void setBodyFormat(String bodyFormat) {
        this.bodyFormat = bodyFormat;
    }

    public String getDialect() {
        return dialect;
    }

    public void setDialect(String dialect) {
        this.dialect = dialect;
    }

    public String getImagePrompt() {
        return imagePrompt;
    }

    public void setImagePrompt(String imagePrompt) {
        this.imagePrompt = imagePrompt;
    }

    public Boolean getLazyStartProducer() {
        return lazyStartProducer;
    }

    public void setLazyStartProducer(Boolean lazyStartProducer) {
        this.lazyStartProducer = lazyStartProducer;
    }

    public String getModel() {
        return model;
    }

    public void setModel(String model) {
        this.model = model;
    }

    public String getQuery() {
        return query;
    }

    public void setQuery(String query) {
        this.query = query;
    }

    public String getSystemMessage() {
        return systemMessage;
    }

    public void setSystemMessage(String systemMessage) {
        this.systemMessage = systemMessage;
    }

    public String getTaskId() {
        return taskId;
    }

    public void setTaskId(String taskId) {
        this.taskId = taskId;
    }

    public java.util.Map<String, Object> getAdditionalBodyProperty() {
        return additionalBodyProperty;
    }

    public void setAdditionalBodyProperty(java.util.Map<String, Object> additionalBodyProperty) {
        this.additionalBodyProperty = additionalBodyProperty;
    }

    public String getPathPrefix() {
        return pathPrefix;
    }

    public void setPathPrefix(String pathPrefix) {
        this.pathPrefix = pathPrefix;
    }

    public String getRequestIdPrefix() {
        return requestIdPrefix;
    }

    public void setRequestIdPrefix(String requestIdPrefix) {
        this.requestIdPrefix = requestIdPrefix;
    }

    public Boolean getAutowiredEnabled() {
        return autowiredEnabled;
    }

    public void setAutowiredEnabled(Boolean autowiredEnabled) {
        this.autowiredEnabled = autowiredEnabled;
    }

    public String getConversationId() {
        return conversationId;
    }

    public void setConversationId(String conversationId) {
        this.conversationId = conversationId;
    }

    public io.github.camelclova.conversation.ConversationStore getConversationStore() {
        return conversationStore;
    }

    public void setConversationStore(io.github.camelclova.conversation.ConversationStore conversationStore) {
        this.conversationStore = conversationStore;
    }

    public Integer getMaxHistoryMessages() {
        return maxHistoryMessages;
    }

    public void setMaxHistoryMessages(Integer maxHistoryMessages) {
        this.maxHistoryMessages = maxHistoryMessages;
    }

    public Integer getMaxHistoryTokens() {
        return maxHistoryTokens;
    }

    public void setMaxHistoryTokens(Integer maxHistoryTokens) {
        this.maxHistoryTokens = maxHistoryTokens;
    }

    public Double getPriceInputPer1k() {
        return priceInputPer1k;
    }

    public void setPriceInputPer1k(Double priceInputPer1k) {
        this.priceInputPer1k = priceInputPer1k;
    }

    public Double getPriceOutputPer1k() {
        return priceOutputPer1k;
    }

    public void setPriceOutputPer1k(Double priceOutputPer1k) {
        this.priceOutputPer1k = priceOutputPer1k;
    }

    public Double getFrequencyPenalty() {
        return frequencyPenalty;
    }

    public void setFrequencyPenalty(Double frequencyPenalty) {
        this.frequencyPenalty = frequencyPenalty;
    }

    public String getJsonSchema() {
        return jsonSchema;
    }

    public void setJsonSchema(String jsonSchema) {
        this.jsonSchema = jsonSchema;
    }

    public Boolean getLogprobs() {
        return logprobs;
    }

    public void setLogprobs(Boolean logprobs) {
        this.logprobs = logprobs;
    }

    public Integer getMaxTokens() {
        return maxTokens;
    }

    public void setMaxTokens(Integer maxTokens) {
        this.maxTokens = maxTokens;
    }

    public Integer getMaxToolRounds() {
        return maxToolRounds;
    }

    public void setMaxToolRounds(Integer maxToolRounds) {
        this.maxToolRounds = maxToolRounds;
    }

    public Integer getN() {
        return n;
    }

    public void setN(Integer n) {
        this.n = n;
    }

    public String getOutputClass() {
        return outputClass;
    }

    public void setOutputClass(String outputClass) {
        this.outputClass = outputClass;
    }

    public Double getPresencePenalty() {
        return presencePenalty;
    }

    public void setPresencePenalty(Double presencePenalty) {
        this.presencePenalty = presencePenalty;
    }

    public Double getRepeatPenalty() {
        return repeatPenalty;
    }

    public void setRepeatPenalty(Double repeatPenalty) {
        this.repeatPenalty = repeatPenalty;
    }

    public String getResponseFormat() {
        return responseFormat;
    }

    public void setResponseFormat(String responseFormat) {
        this.responseFormat = responseFormat;
    }

    public Long getSeed() {
        return seed;
    }

    public void setSeed(Long seed) {
        this.seed = seed;
    }

    public String getStop() {
        return stop;
    }

    public void setStop(String stop) {
        this.stop = stop;
    }

    public Integer getStructuredRetries() {
        return structuredRetries;
    }

    public void setStructuredRetries(Integer structuredRetries) {
        this.structuredRetries = structuredRetries;
    }

    public Double getTemperature() {
        return temperature;
    }

    public void setTemperature(Double temperature) {
        this.temperature = temperature;
    }

    public String getThinkingEffort() {
        return thinkingEffort;
    }

    public void setThinkingEffort(String thinkingEffort) {
        this.thinkingEffort = thinkingEffort;
    }

    public String getToolChoice() {
        return toolChoice;
    }

    public void setToolChoice(String toolChoice) {
        this.toolChoice = toolChoice;
    }

    public String getToolErrorPolicy() {
        return toolErrorPolicy;
    }

    public void setToolErrorPolicy(String toolErrorPolicy) {
        this.toolErrorPolicy = toolErrorPolicy;
    }

    public String getToolRoutes() {
        return toolRoutes;
    }

    public void setToolRoutes(String toolRoutes) {
        this.toolRoutes = toolRoutes;
    }

    public String getTools() {
        return tools;
    }

    public void setTools(String tools) {
        this.tools = tools;
    }

    public Integer getTopK() {
        return topK;
    }

    public void setTopK(Integer topK) {
        this.topK = topK;
    }

    public Integer getTopLogprobs() {
        return topLogprobs;
    }

    public void setTopLogprobs(Integer topLogprobs) {
        this.topLogprobs = topLogprobs;
    }

    public Double getTopP() {
        return topP;
    }

    public void setTopP(Double topP) {
        this.topP = topP;
    }

    public String getUser() {
        return user;
    }

    public void setUser(String user) {
        this.user = user;
    }

    public Boolean getHealthCheckProducerEnabled() {
        return healthCheckProducerEnabled;
    }

    public void setHealthCheckProducerEnabled(Boolean healthCheckProducerEnabled) {
        this.healthCheckProducerEnabled = healthCheckProducerEnabled;
    }

    public String getAiFilterAction() {
        return aiFilterAction;
    }

    public void setAiFilterAction(String aiFilterAction) {
        this.aiFilterAction = aiFilterAction;
    }

    public String getAiFilterPartial() {
        return aiFilterPartial;
    }

    public void setAiFilterPartial(String aiFilterPartial) {
        this.aiFilterPartial = aiFilterPartial;
    }

    public String getAiFilterPolicy() {
        return aiFilterPolicy;
    }

    public void setAiFilterPolicy(String aiFilterPolicy) {
        this.aiFilterPolicy = aiFilterPolicy;
    }

    public String getAiFilterReplacement() {
        return aiFilterReplacement;
    }

    public void setAiFilterReplacement(String aiFilterReplacement) {
        this.aiFilterReplacement = aiFilterReplacement;
    }

    public java.util.Map<String, Object> getAiFilterThreshold() {
        return aiFilterThreshold;
    }

    public void setAiFilterThreshold(java.util.Map<String, Object> aiFilterThreshold) {
        this.aiFilterThreshold = aiFilterThreshold;
    }

    public String getAiFilterUnjudged() {
        return aiFilterUnjudged;
    }

    public void setAiFilterUnjudged(String aiFilterUnjudged) {
        this.aiFilterUnjudged = aiFilterUnjudged;
    }

    public Boolean getIncludeAiFilters() {
        return includeAiFilters;
    }

    public void setIncludeAiFilters(Boolean includeAiFilters) {
        this.includeAiFilters = includeAiFilters;
    }

    public java.time.Duration getConnectTimeout() {
        return connectTimeout;
    }

    public void setConnectTimeout(java.time.Duration connectTimeout) {
        this.connectTimeout = connectTimeout;
    }

    public java.time.Duration getIdleTimeout() {
        return idleTimeout;
    }

    public void setIdleTimeout(java.time.Duration idleTimeout) {
        this.idleTimeout = idleTimeout;
    }

    public Integer getMaxEventSize() {
        return maxEventSize;
    }

    public void setMaxEventSize(Integer maxEventSize) {
        this.maxEventSize = maxEventSize;
    }

    public Integer getMaxResponseSize() {
        return maxResponseSize;
    }

    public void setMaxResponseSize(Integer maxResponseSize) {
        this.maxResponseSize = maxResponseSize;
    }

    public Integer getMaxRetries() {
        return maxRetries;
    }

    public void setMaxRetries(Integer maxRetries) {
        this.maxRetries = maxRetries;
    }

    public java.time.Duration getRequestTimeout() {
        return requestTimeout;
    }

    public void setRequestTimeout(java.time.Duration requestTimeout) {
        this.requestTimeout = requestTimeout;
    }

    public java.time.Duration getResponseTimeout() {
        return responseTimeout;
    }

    public void setResponseTimeout(java.time.Duration responseTimeout) {
        this.responseTimeout = responseTimeout;
    }

    public java.time.Duration getRetryDelay() {
        return retryDelay;
    }

    public void setRetryDelay(java.time.Duration retryDelay) {
        this.retryDelay = retryDelay;
    }

    public Integer getMaxConcurrentRequests() {
        return maxConcurrentRequests;
    }

    public void setMaxConcurrentRequests(Integer maxConcurrentRequests) {
        this.maxConcurrentRequests = maxConcurrentRequests;
    }

    public java.time.Duration getQuotaTimeout() {
        return quotaTimeout;
    }

    public void setQuotaTimeout(java.time.Duration quotaTimeout) {
        this.quotaTimeout = quotaTimeout;
    }

    public Integer getRequestsPerMinute() {
        return requestsPerMinute;
    }

    public void setRequestsPerMinute(Integer requestsPerMinute) {
        this.requestsPerMinute = requestsPerMinute;
    }

    public Integer getTokensPerMinute() {
        return tokensPerMinute;
    }

    public void setTokensPerMinute(Integer tokensPerMinute) {
        this.tokensPerMinute = tokensPerMinute;
    }

    public java.util.Map<String, Object> getAdditionalHeader() {
        return additionalHeader;
    }

    public void setAdditionalHeader(java.util.Map<String, Object> additionalHeader) {
        this.additionalHeader = additionalHeader;
    }

    public String getAllowedHeaderOverrides() {
        return allowedHeaderOverrides;
    }

    public void setAllowedHeaderOverrides(String allowedHeaderOverrides) {
        this.allowedHeaderOverrides = allowedHeaderOverrides;
    }

    public Boolean getAllowInsecureUrl() {
        return allowInsecureUrl;
    }

    public void setAllowInsecureUrl(Boolean allowInsecureUrl) {
        this.allowInsecureUrl = allowInsecureUrl;
    }

    public Boolean getAllowSystemInBody() {
        return allowSystemInBody;
    }

    public void setAllowSystemInBody(Boolean allowSystemInBody) {
        this.allowSystemInBody = allowSystemInBody;
    }

    public String getApigwKey() {
        return apigwKey;
    }

    public void setApigwKey(String apigwKey) {
        this.apigwKey = apigwKey;
    }

    public String getApiKey() {
        return apiKey;
    }

    public void setApiKey(String apiKey) {
        this.apiKey = apiKey;
    }

    public Integer getMaxTokensLimit() {
        return maxTokensLimit;
    }

    public void setMaxTokensLimit(Integer maxTokensLimit) {
        this.maxTokensLimit = maxTokensLimit;
    }

    public org.apache.camel.support.jsse.SSLContextParameters getSslContextParameters() {
        return sslContextParameters;
    }

    public void setSslContextParameters(org.apache.camel.support.jsse.SSLContextParameters sslContextParameters) {
        this.sslContextParameters = sslContextParameters;
    }

    public Boolean getUseGlobalSslContextParameters() {
        return useGlobalSslContextParameters;
    }

    public void setUseGlobalSslContextParameters(Boolean useGlobalSslContextParameters) {
        this.useGlobalSslContextParameters = useGlobalSslContextParameters;
    }

    public String getAiFilterRelease() {
        return aiFilterRelease;
    }

    public void setAiFilterRelease(String aiFilterRelease) {
        this.aiFilterRelease = aiFilterRelease;
    }

    public Boolean getEmitThinking() {
        return emitThinking;
    }

    public void setEmitThinking(Boolean emitThinking) {
        this.emitThinking = emitThinking;
    }

    public Boolean getStreaming() {
        return streaming;
    }

    public void setStreaming(Boolean streaming) {
        this.streaming = streaming;
    }

    public String getStreamTo() {
        return streamTo;
    }

    public void setStreamTo(String streamTo) {
        this.streamTo = streamTo;
    }

    public Boolean getStreamUsage() {
        return streamUsage;
    }

    public void setStreamUsage(Boolean streamUsage) {
        this.streamUsage = streamUsage;
    }

    public String getTokenFailurePolicy() {
        return tokenFailurePolicy;
    }

    public void setTokenFailurePolicy(String tokenFailurePolicy) {
        this.tokenFailurePolicy = tokenFailurePolicy;
    }

    public String getTokenUnit() {
        return tokenUnit;
    }

    public void setTokenUnit(String tokenUnit) {
        this.tokenUnit = tokenUnit;
    }
}
