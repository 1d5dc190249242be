package io.github.camelclova.benchmarks;

import java.util.Arrays;
import java.util.Collections;

/** A table in Markdown. */
final class Table {

    private final StringBuilder text = new StringBuilder();

    Table(String... titles) {
        row((Object[]) titles);
        row(Collections.nCopies(titles.length, "---").toArray());
    }

    Table row(Object... cells) {
        text.append('|');
        Arrays.stream(cells).forEach(cell -> text.append(' ').append(cell).append(" |"));
        text.append('\n');
        return this;
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
