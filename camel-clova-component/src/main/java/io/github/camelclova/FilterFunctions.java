package io.github.camelclova;

import io.github.camelclova.moderation.Moderation;
import java.util.Collection;
import java.util.Set;
import java.util.function.BiFunction;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.spi.SimpleFunction;
import org.jspecify.annotations.Nullable;

/** The Simple functions {@code ${clova-flagged}}, {@code ${clova-verdict}} and {@code ${clova-score('insult')}}. */
final class FilterFunctions {

    private static final Set<String> KNOWN = Set.of(
            "insult", "discrimination", "sexualHarassment", Moderation.UNJUDGED_REASON, Moderation.PARTIAL_REASON);

    private FilterFunctions() {}

    /** As beans: of those that are added otherwise Camel forgets all when it reloads routes in its dev profile. */
    static void register(CamelContext context) {
        bind(context, new Function("clova-flagged", FilterFunctions::flagged));
        bind(context, new Function("clova-verdict", (exchange, unused) -> exchange.getMessage()
                .getHeader(ClovaConstants.AI_FILTER_VERDICT)));
        bind(context, new Function("clova-score", FilterFunctions::score));
    }

    private static void bind(CamelContext context, Function function) {
        context.getRegistry().bind(function.name(), SimpleFunction.class, function);
    }

    /** Without a parameter the input is the body, so only what can be the name of a reason is taken for one. */
    private static Object flagged(Exchange exchange, @Nullable Object input) {
        if (input instanceof String reason && isReason(exchange, reason)) {
            return ClovaPredicates.isFlagged(exchange, reason);
        }
        return ClovaPredicates.isFlagged(exchange);
    }

    private static boolean isReason(Exchange exchange, String input) {
        Object reasons = exchange.getMessage().getHeader(ClovaConstants.AI_FILTER_REASONS);
        if (reasons instanceof Reasons ours && ours.isBody(input)) {
            return false;
        }
        return KNOWN.contains(input)
                || (reasons instanceof Collection<?> known && known.contains(input))
                || ClovaPredicates.score(exchange, input) != null;
    }

    private static @Nullable Object score(Exchange exchange, @Nullable Object category) {
        return category instanceof String name ? ClovaPredicates.score(exchange, name) : null;
    }

    private record Function(String name, BiFunction<Exchange, @Nullable Object, @Nullable Object> function)
            implements SimpleFunction {

        @Override
        public String getName() {
            return name;
        }

        @Override
        public boolean allowNull() {
            return true;
        }

        @Override
        public @Nullable Object apply(Exchange exchange, @Nullable Object input) {
            return function.apply(exchange, input);
        }
    }
}
