package io.github.camelclova;

import org.apache.camel.CamelContext;
import org.apache.camel.spi.ContextServicePlugin;

/**
 * Makes the Simple functions known before any route is built. A route that uses them may come before the first that asks,
 * and does so where tokens are sent to it. Camel finds this class by itself.
 */
public final class ClovaContextPlugin implements ContextServicePlugin {

    @Override
    public void load(CamelContext context) {
        FilterFunctions.register(context);
    }
}
