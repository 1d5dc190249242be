package io.github.camelclova;

import org.apache.camel.Category;
import org.apache.camel.Consumer;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.UriEndpoint;
import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriPath;
import org.apache.camel.support.DefaultEndpoint;

/** Chat with CLOVA Studio (HyperCLOVA X) and OpenAI-compatible services. */
@UriEndpoint(
        firstVersion = "0.1.0",
        scheme = "clova",
        title = "CLOVA",
        syntax = "clova:operation",
        category = Category.AI,
        producerOnly = true,
        headersClass = ClovaConstants.class)
public class ClovaEndpoint extends DefaultEndpoint {

    @UriPath(
            enums = "chat,embeddings,count-tokens,summarize,segment,rerank,models",
            description =
                    "What is asked of the service. `chat`: the body becomes chat messages, and the answer becomes the body. `embeddings`: a text becomes its vector, a list of texts a list of vectors. `count-tokens`: the body, read as for a chat, becomes the number of its tokens. `summarize`: a text or a list of texts becomes a shorter text. `segment`: a text becomes a list of its topics, each a list of sentences. `rerank`: a list of documents becomes an answer to a query that cites them. `models`: the body becomes the list of the models that the service offers.")
    @Metadata(required = true)
    private String operation = "chat";

    @UriParam
    private ClovaConfiguration configuration;

    public ClovaEndpoint(String uri, ClovaComponent component, ClovaConfiguration configuration) {
        super(uri, component);
        this.configuration = configuration;
    }

    /** Checks every option, so that a route with a wrong one does not start. */
    @Override
    public Producer createProducer() {
        return new ClovaProducer(this);
    }

    @Override
    public Consumer createConsumer(Processor processor) {
        throw new UnsupportedOperationException(
                "clova:" + operation + " answers exchanges, it makes none: use it with to()");
    }

    ClovaComponent component() {
        return (ClovaComponent) getComponent();
    }

    public String getOperation() {
        return operation;
    }

    public void setOperation(String operation) {
        this.operation = operation;
    }

    public ClovaConfiguration getConfiguration() {
        return configuration;
    }

    public void setConfiguration(ClovaConfiguration configuration) {
        this.configuration = configuration;
    }
}
