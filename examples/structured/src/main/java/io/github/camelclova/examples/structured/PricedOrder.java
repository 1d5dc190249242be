package io.github.camelclova.examples.structured;

import java.math.BigDecimal;
import java.util.List;

/** What goes out: only articles of the catalogue, with its names and prices. */
public record PricedOrder(String customer, List<Line> lines, BigDecimal total) {

    public PricedOrder {
        lines = List.copyOf(lines);
    }

    /** Some pieces of one article. */
    public record Line(String article, String name, int pieces, BigDecimal price) {}
}
