package io.github.camelclova;

import io.github.camelclova.observation.Tally;
import io.github.camelclova.protocol.Operation;
import java.time.InstantSource;
import java.util.Map;
import org.apache.camel.Endpoint;
import org.apache.camel.SSLContextParametersAware;
import org.apache.camel.api.management.ManagedResource;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.annotations.Component;
import org.apache.camel.support.DefaultComponent;
import org.apache.camel.util.PropertiesHelper;
import org.jspecify.annotations.Nullable;

/**
 * Chat with CLOVA Studio (HyperCLOVA X) and OpenAI-compatible services.
 *
 * <p>All endpoints share the component's HTTP connections and threads, which live from its start to its stop.
 */
@Component("clova")
@Metadata(excludeProperties = "bridgeErrorHandler")
@ManagedResource(description = "Managed CLOVA component")
public class ClovaComponent extends DefaultComponent implements SSLContextParametersAware, ManagedCounts {

    @Metadata(description = "The defaults of all endpoints.")
    private ClovaConfiguration configuration = new ClovaConfiguration();

    @Metadata(
            label = "security",
            defaultValue = "false",
            description = "Whether to use the context's global SSL parameters.")
    private boolean useGlobalSslContextParameters;

    @Metadata(
            label = "health",
            defaultValue = "true",
            description =
                    "Whether endpoints have a readiness check, which calls nobody. Camel's checks of producers are off until `camel.health.producers-enabled=true`.")
    private boolean healthCheckProducerEnabled = true;

    private final Tally tally = new Tally(InstantSource.system());

    private @Nullable Engine engine;

    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) throws Exception {
        int slash = remaining.indexOf('/');
        String operationId = slash < 0 ? remaining : remaining.substring(0, slash);
        String toolName = slash < 0 ? null : remaining.substring(slash + 1);
        if (operationId.equals(ToolOptions.OPERATION)) {
            return toolEndpoint(uri, toolName, parameters);
        }
        Operation operation = OperationOptions.operation(operationId);
        if (toolName != null) {
            throw OptionValue.refused("toolName", "has no meaning for the operation " + operationId);
        }
        OperationOptions.check(operation, parameters.keySet());
        ClovaConfiguration copy = configuration.copy();
        if (operation == Operation.EMBEDDINGS) {
            // The component's is a model to chat with.
            copy.setModel(null);
        }
        if (operation != Operation.CHAT) {
            // So are the component's task and prices.
            copy.setTaskId(null);
            copy.setPriceInputPer1k(null);
            copy.setPriceOutputPer1k(null);
        }
        copy.getAdditionalHeader().putAll(PropertiesHelper.extractProperties(parameters, "additionalHeader."));
        copy.getAdditionalBodyProperty()
                .putAll(PropertiesHelper.extractProperties(parameters, "additionalBodyProperty."));
        copy.getAiFilterThreshold().putAll(PropertiesHelper.extractProperties(parameters, "aiFilterThreshold."));
        parameters.computeIfPresent("aiFilterPolicy", (option, policy) -> FilterOptions.policyName(policy.toString()));
        ClovaEndpoint endpoint = new ClovaEndpoint(uri, this, copy);
        endpoint.setOperation(operationId);
        setProperties(endpoint, parameters);
        return endpoint;
    }

    private Endpoint toolEndpoint(String uri, @Nullable String toolName, Map<String, Object> parameters)
            throws Exception {
        ClovaEndpoint endpoint = new ClovaEndpoint(uri, this, new ClovaConfiguration());
        endpoint.setOperation(ToolOptions.OPERATION);
        endpoint.setToolName(ToolOptions.name("toolName", toolName == null ? "" : toolName));
        endpoint.setParameter(PropertiesHelper.extractProperties(parameters, ToolOptions.PREFIX));
        OperationOptions.checkTool(parameters.keySet());
        setProperties(endpoint, parameters);
        return endpoint;
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        engine = Engine.start(this);
        // Again, for a context that was stopped: it has forgotten them.
        FilterFunctions.register(getCamelContext());
    }

    @Override
    protected void doStop() throws Exception {
        if (engine != null) {
            engine.close();
            engine = null;
        }
        super.doStop();
    }

    /** What all endpoints share while the component runs. */
    Engine engine() {
        if (engine == null) {
            throw new IllegalStateException("The component clova is not started");
        }
        return engine;
    }

    /** Of all endpoints, since the component was made. */
    @Override
    public Tally tally() {
        return tally;
    }

    public boolean isHealthCheckProducerEnabled() {
        return healthCheckProducerEnabled;
    }

    public void setHealthCheckProducerEnabled(boolean healthCheckProducerEnabled) {
        this.healthCheckProducerEnabled = healthCheckProducerEnabled;
    }

    public ClovaConfiguration getConfiguration() {
        return configuration;
    }

    public void setConfiguration(ClovaConfiguration configuration) {
        this.configuration = configuration;
    }

    @Override
    public boolean isUseGlobalSslContextParameters() {
        return useGlobalSslContextParameters;
    }

    @Override
    public void setUseGlobalSslContextParameters(boolean useGlobalSslContextParameters) {
        this.useGlobalSslContextParameters = useGlobalSslContextParameters;
    }
}
