package io.github.camelclova;

import java.io.Serializable;
import java.util.AbstractList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The reasons that an answer was flagged for, as a header's value. It remembers the body that they came with, because
 * Camel hands the body to a Simple function that was called without a parameter: {@code ${clova-flagged}} must not take a
 * body of one word for the name of a category.
 */
final class Reasons extends AbstractList<String> implements Serializable {

    private static final long serialVersionUID = 1L;

    private final String[] reasons;
    private final transient @Nullable Object body;

    Reasons(List<String> reasons, @Nullable Object body) {
        this.reasons = reasons.toArray(String[]::new);
        this.body = body;
    }

    @SuppressWarnings("ReferenceEquality") // Another text that reads the same may well be a category.
    boolean isBody(Object input) {
        return input == body;
    }

    @Override
    public String get(int index) {
        return reasons[index];
    }

    @Override
    public int size() {
        return reasons.length;
    }
}
