package io.github.camelclova;

import io.github.camelclova.chat.Usage;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * What a thousand tokens cost, in the currency of whoever wrote the options.
 *
 * @param input absent for nothing to be paid
 * @param output absent for nothing to be paid
 */
record Prices(@Nullable BigDecimal input, @Nullable BigDecimal output) {

    static Prices check(ClovaConfiguration options) {
        return new Prices(
                price("priceInputPer1k", options.getPriceInputPer1k()),
                price("priceOutputPer1k", options.getPriceOutputPer1k()));
    }

    private static @Nullable BigDecimal price(String option, @Nullable Double price) {
        if (price == null) {
            return null;
        }
        if (price.isNaN() || price.isInfinite() || price < 0) {
            throw OptionValue.refused(option, "%s is out of range: 0 <= value".formatted(price));
        }
        return BigDecimal.valueOf(price);
    }

    /**
     * Reckoned exactly and rounded once. Absent without a price, and where the service did not count what has one.
     *
     * <p>A Double, because Simple compares a BigDecimal with a number like 0.5 by their whole parts.
     */
    @Nullable
    Double of(Usage usage) {
        boolean isUnknown = (input != null && usage.input() == null) || (output != null && usage.output() == null);
        if (isUnknown || (input == null && output == null)) {
            return null;
        }
        return cost(input, usage.input()).add(cost(output, usage.output())).doubleValue();
    }

    private static BigDecimal cost(@Nullable BigDecimal per1k, @Nullable Integer tokens) {
        return per1k == null || tokens == null
                ? BigDecimal.ZERO
                : per1k.multiply(BigDecimal.valueOf(tokens)).movePointLeft(3);
    }
}
