package io.github.camelclova.springboot;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Tells in two lines, in place of a stack trace, why the application does not start. */
final class UnknownPropertyAnalyzer extends AbstractFailureAnalyzer<UnknownPropertyException> {

    @Override
    protected FailureAnalysis analyze(Throwable failure, UnknownPropertyException unknown) {
        return new FailureAnalysis(unknown.getMessage(), "Correct the name, or remove the property.", unknown);
    }
}
