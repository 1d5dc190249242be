package io.github.camelclova.springboot;

import java.util.List;
import org.springframework.beans.factory.BeanFactory;

/** Made by the build from the options of the component; do not edit. */
final class ClovaComponentConverter extends BeanReferenceConverter {

    private static final List<Class<?>> TYPES = List.of(
            io.github.camelclova.ClovaConfiguration.class,
            io.github.camelclova.conversation.ConversationStore.class,
            org.apache.camel.support.jsse.SSLContextParameters.class);

    ClovaComponentConverter(BeanFactory beans) {
        super(beans, TYPES);
    }
}
