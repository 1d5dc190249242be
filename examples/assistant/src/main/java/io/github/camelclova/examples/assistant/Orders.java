package io.github.camelclova.examples.assistant;

import java.util.Locale;
import java.util.Map;
import org.apache.camel.Body;
import org.jspecify.annotations.Nullable;

/** The orders that there are. Their numbers come from the model, so they are looked up and used for nothing else. */
public final class Orders {

    private static final String UNKNOWN = "there is no such order";

    private record Order(String place, String day) {}

    private final Map<String, Order> byNumber =
            Map.of("A-17", new Order("Daejeon", "Thursday"), "B-4", new Order("Busan", "Friday"));

    public String find(@Body Map<String, Object> arguments) {
        Order order = order(arguments);
        return order == null ? UNKNOWN : "in " + order.place();
    }

    public String deliveryDay(@Body Map<String, Object> arguments) {
        Order order = order(arguments);
        return order == null ? UNKNOWN : order.day();
    }

    private @Nullable Order order(Map<String, Object> arguments) {
        return byNumber.get(String.valueOf(arguments.get("number")).strip().toUpperCase(Locale.ROOT));
    }
}
