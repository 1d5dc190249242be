package io.github.camelclova;

import io.github.camelclova.observation.CallLabels;
import io.github.camelclova.observation.ServiceHealth;
import io.github.camelclova.observation.Tally;
import java.net.URI;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import org.apache.camel.Category;
import org.apache.camel.Consumer;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.api.management.ManagedResource;
import org.apache.camel.health.HealthCheckHelper;
import org.apache.camel.health.WritableHealthCheckRepository;
import org.apache.camel.spi.EndpointServiceLocation;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.UriEndpoint;
import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriPath;
import org.apache.camel.support.DefaultEndpoint;
import org.jspecify.annotations.Nullable;

/** Chat with CLOVA Studio (HyperCLOVA X) and OpenAI-compatible services, and let their models call routes as tools. */
@UriEndpoint(
        firstVersion = "0.1.0",
        scheme = "clova",
        title = "CLOVA",
        syntax = "clova:operation/toolName",
        category = Category.AI,
        headersClass = ClovaConstants.class)
@Metadata(excludeProperties = "bridgeErrorHandler,exceptionHandler,exchangePattern")
@ManagedResource(description = "Managed CLOVA endpoint")
public class ClovaEndpoint extends DefaultEndpoint implements EndpointServiceLocation, ManagedCounts {

    private final Tally tally = new Tally(InstantSource.system());
    private final ServiceHealth health = new ServiceHealth(InstantSource.system());
    private @Nullable ClovaHealthCheck healthCheck;

    @UriPath(
            enums = "chat,embeddings,count-tokens,summarize,segment,rerank,models,tool",
            description =
                    "What is asked of the service. `chat`: the body becomes chat messages, and the answer becomes the body. `embeddings`: a text becomes its vector, a list of texts a list of vectors. `count-tokens`: the body, read as for a chat, becomes the number of its tokens. `summarize`: a text or a list of texts becomes a shorter text. `segment`: a text becomes a list of its topics, each a list of sentences. `rerank`: a list of documents becomes an answer to a query that cites them. `models`: the body becomes the list of the models that the service offers. `tool`: in a `from`, makes the route a tool that a chat may call.")
    @Metadata(required = true)
    private String operation = "chat";

    @UriPath(
            label = "consumer",
            description =
                    "The name that a chat has in its toolRoutes and that the model calls, 1 to 64 letters, digits, _ or -. For the operation `tool`, which needs it.")
    private @Nullable String toolName;

    @UriParam(
            label = "consumer",
            description =
                    "What the tool does, for the model, which chooses by it. For the operation `tool`, which needs it.")
    private @Nullable String description;

    @UriParam(
            label = "consumer",
            prefix = "parameter.",
            multiValue = true,
            description =
                    "The parameters of the tool. `parameter.number=integer` is one with its type: string (the default), number, integer, boolean, array or object. Behind its name may stand `.description`, `.required` (true or false, which is the default) and `.enum` (its values, comma separated).")
    private Map<String, Object> parameter = new HashMap<>();

    @UriParam(
            label = "consumer",
            description =
                    "The parameters of the tool as a JSON Schema of an object, in the place of parameter.*: inline, or `resource:` and where it is.")
    @Metadata(largeInput = true, supportFileReference = true)
    private @Nullable String parameters;

    @UriParam
    private ClovaConfiguration configuration;

    public ClovaEndpoint(String uri, ClovaComponent component, ClovaConfiguration configuration) {
        super(uri, component);
        this.configuration = configuration;
    }

    /** Checks every option, so that a route with a wrong one does not start. */
    @Override
    public Producer createProducer() {
        if (isTool()) {
            throw new UnsupportedOperationException(
                    "clova:tool/%s is a route that a chat calls, and no step: use it with from()".formatted(toolName));
        }
        return new ClovaProducer(this);
    }

    @Override
    public Consumer createConsumer(Processor processor) throws Exception {
        if (!isTool()) {
            throw new UnsupportedOperationException(
                    "clova:" + operation + " answers exchanges, it makes none: use it with to()");
        }
        ToolConsumer consumer = new ToolConsumer(this, processor, ToolOptions.check(this));
        configureConsumer(consumer);
        return consumer;
    }

    boolean isTool() {
        return operation.equals(ToolOptions.OPERATION);
    }

    ClovaComponent component() {
        return (ClovaComponent) getComponent();
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        WritableHealthCheckRepository checks = healthChecks();
        if (checks != null && !isTool()) {
            healthCheck =
                    new ClovaHealthCheck(healthCheckId(), health, component().isHealthCheckProducerEnabled());
            checks.addHealthCheck(healthCheck);
        }
    }

    @Override
    protected void doStop() throws Exception {
        WritableHealthCheckRepository checks = healthChecks();
        if (checks != null && healthCheck != null) {
            checks.removeHealthCheck(healthCheck);
            healthCheck = null;
        }
        super.doStop();
    }

    /** Absent in an application without camel-health. */
    private @Nullable WritableHealthCheckRepository healthChecks() {
        return HealthCheckHelper.getHealthCheckRepository(
                getCamelContext(), "producers", WritableHealthCheckRepository.class);
    }

    /** Not the URI: a user may have written a key into it. */
    private String healthCheckId() {
        CallLabels labels = labels();
        String id = "producer:clova-" + operation;
        if (labels == null) {
            return id;
        }
        return labels.model() == null
                ? id + "-" + labels.serverAddress()
                : id + "-" + labels.model() + "-" + labels.serverAddress();
    }

    @Override
    public Tally tally() {
        return tally;
    }

    ServiceHealth health() {
        return health;
    }

    /** Absent for a tool, and while the options do not say it, or say what is refused at the start. */
    @Nullable
    CallLabels labels() {
        ServiceOptions.Location location = location();
        if (location == null) {
            return null;
        }
        boolean isNative = location.dialect().isNative();
        return new CallLabels(
                operation,
                location.dialect().id(),
                isNative ? "naver.clova_studio" : "openai",
                askedModel(),
                location.baseUrl().getHost());
    }

    private @Nullable String askedModel() {
        return switch (OperationOptions.operation(operation)) {
            case CHAT -> configuration.getTaskId() == null ? configuration.getModel() : configuration.getTaskId();
            case EMBEDDINGS, COUNT_TOKENS -> configuration.getModel();
            case SUMMARIZE, SEGMENT, RERANK, MODELS -> null;
        };
    }

    private ServiceOptions.@Nullable Location location() {
        return isTool() ? null : ServiceOptions.location(configuration, OperationOptions.operation(operation));
    }

    /** Absent as {@link #labels} are. */
    @Nullable
    URI serviceUrl() {
        ServiceOptions.Location location = location();
        return location == null ? null : location.baseUrl();
    }

    @Override
    public @Nullable String getServiceUrl() {
        URI url = serviceUrl();
        return url == null ? null : url.toString();
    }

    @Override
    public @Nullable String getServiceProtocol() {
        URI url = serviceUrl();
        return url == null ? null : url.getScheme();
    }

    /** The operation, and the dialect and model where they are known. */
    @Override
    public Map<String, String> getServiceMetadata() {
        Map<String, String> metadata = new HashMap<>();
        metadata.put("operation", operation);
        CallLabels labels = labels();
        if (labels != null) {
            metadata.put("dialect", labels.dialect());
            if (labels.model() != null) {
                metadata.put("model", labels.model());
            }
        }
        return metadata;
    }

    public String getOperation() {
        return operation;
    }

    public void setOperation(String operation) {
        this.operation = operation;
    }

    public @Nullable String getToolName() {
        return toolName;
    }

    public void setToolName(@Nullable String toolName) {
        this.toolName = toolName;
    }

    public @Nullable String getDescription() {
        return description;
    }

    public void setDescription(@Nullable String description) {
        this.description = description;
    }

    public Map<String, Object> getParameter() {
        return parameter;
    }

    public void setParameter(Map<String, Object> parameter) {
        this.parameter = parameter;
    }

    public @Nullable String getParameters() {
        return parameters;
    }

    public void setParameters(@Nullable String parameters) {
        this.parameters = parameters;
    }

    public ClovaConfiguration getConfiguration() {
        return configuration;
    }

    public void setConfiguration(ClovaConfiguration configuration) {
        this.configuration = configuration;
    }
}
