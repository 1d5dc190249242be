package io.github.camelclova;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.AggregationStrategy;
import org.apache.camel.CamelContext;
import org.apache.camel.CamelContextAware;
import org.apache.camel.Exchange;
import org.apache.camel.support.ResourceHelper;
import org.jspecify.annotations.Nullable;

/**
 * For {@code enrich} and {@code pollEnrich}: places what was fetched into a prompt beside the question that the body is, and
 * makes that the body. A failed fetch fails the exchange.
 *
 * <p>The template has the marks <code>{{question}}</code> and <code>{{context}}</code>. Both are replaced in one go, so a
 * mark within the texts themselves stays what it is. In YAML and XML, where Camel takes such marks for property
 * placeholders, keep the template in a file and name it with {@code resource:}. Thread-safe.
 */
public class PromptAggregationStrategy implements AggregationStrategy, CamelContextAware {

    private static final Pattern MARK = Pattern.compile("\\{\\{(question|context)}}");
    private static final String DEFAULT =
            "Answer the question by what is said here.\n\n{{context}}\n\nQuestion: {{question}}";

    private @Nullable CamelContext camelContext;
    private String template = DEFAULT;
    private volatile @Nullable String loaded;

    /** With a template that asks to answer the question by the context. */
    public PromptAggregationStrategy() {}

    /** With a template of one's own, or {@code resource:} and where it is. */
    public PromptAggregationStrategy(String template) {
        this.template = template;
    }

    @Override
    public Exchange aggregate(Exchange question, @Nullable Exchange fetched) {
        if (fetched != null && fetched.getException() != null) {
            question.setException(fetched.getException());
            return question;
        }
        String context = fetched == null ? null : fetched.getMessage().getBody(String.class);
        String asked = question.getMessage().getBody(String.class);
        question.getMessage().setBody(fill(asked == null ? "" : asked, context == null ? "" : context));
        return question;
    }

    private String fill(String question, String context) {
        return MARK.matcher(text())
                .replaceAll(mark -> Matcher.quoteReplacement(mark.group(1).equals("question") ? question : context));
    }

    private String text() {
        if (!template.startsWith(ResourceHelper.RESOURCE)) {
            return template;
        }
        String text = loaded;
        if (text == null) {
            text = load(template.substring(ResourceHelper.RESOURCE.length()));
            loaded = text;
        }
        return text;
    }

    private String load(String location) {
        try (InputStream file = ResourceHelper.resolveMandatoryResourceAsInputStream(camelContext, location)) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException("The prompt template %s cannot be read".formatted(location), unreadable);
        }
    }

    public String getTemplate() {
        return template;
    }

    public void setTemplate(String template) {
        this.template = template;
        this.loaded = null;
    }

    @Override
    public @Nullable CamelContext getCamelContext() {
        return camelContext;
    }

    @Override
    public void setCamelContext(CamelContext camelContext) {
        this.camelContext = camelContext;
    }
}
