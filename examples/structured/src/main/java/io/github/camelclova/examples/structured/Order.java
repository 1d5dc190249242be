package io.github.camelclova.examples.structured;

import java.util.List;

/** What the model reads out of an e-mail. */
public record Order(String customer, List<Line> lines) {

    public Order {
        lines = List.copyOf(lines);
    }

    /**
     * Some pieces of one article.
     *
     * @param article its number, if the model keeps to what it was told
     */
    public record Line(String article, int pieces) {}
}
