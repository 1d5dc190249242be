package io.github.camelclova.springboot;

import static java.util.stream.Collectors.toUnmodifiableSet;

import java.util.Locale;
import java.util.Set;
import org.springframework.boot.actuate.endpoint.SanitizingFunction;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;

/** Keeps the component's secrets out of Actuator's {@code env} and {@code configprops}, whoever may see their values. */
@AutoConfiguration
@ConditionalOnClass(SanitizingFunction.class)
public class ClovaSanitizingAutoConfiguration {

    private static final String PREFIX = "camelcomponentclova";
    private static final String WHOLE = PREFIX + "configuration";

    /** From the environment, where the component looks for it without a property. */
    private static final String STUDIO_KEY = "clovastudioapikey";

    private static final Set<String> SECRETS = ClovaComponentConfiguration.SECRETS.stream()
            .map(ClovaSanitizingAutoConfiguration::uniform)
            .collect(toUnmodifiableSet());

    @Bean
    SanitizingFunction clovaSanitizingFunction() {
        return data -> isSecret(uniform(data.getKey())) ? data.withSanitizedValue() : data;
    }

    /** Also true for a member of a secret, such as a header, and for one in {@code configuration}. */
    private static boolean isSecret(String key) {
        return key.equals(STUDIO_KEY)
                || SECRETS.stream()
                        .anyMatch(secret -> key.startsWith(PREFIX + secret) || key.startsWith(WHOLE + secret));
    }

    /** One form for all ways to write a name: {@code api-key}, {@code apiKey}, {@code API_KEY}. */
    private static String uniform(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
    }
}
