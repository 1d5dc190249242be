package io.github.camelclova.springboot;

import static java.util.stream.Collectors.toUnmodifiableSet;
import static org.springframework.boot.context.properties.source.ConfigurationPropertyName.Form.UNIFORM;

import java.beans.PropertyDescriptor;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.springframework.beans.BeanUtils;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.core.env.Environment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/** Spring passes over a property that nobody has; a policy whose name has a slip of the pen would then be none. */
final class UnknownProperties {

    private static final ConfigurationPropertyName PREFIX = ConfigurationPropertyName.of("camel.component.clova");

    private static final Set<String> KNOWN = Arrays.stream(
                    BeanUtils.getPropertyDescriptors(ClovaComponentConfiguration.class))
            .map(PropertyDescriptor::getName)
            .map(name -> name.toLowerCase(Locale.ROOT))
            .collect(toUnmodifiableSet());

    private UnknownProperties() {}

    /** Throws {@link UnknownPropertyException} if there are any. */
    static void refuse(Environment environment) {
        Set<String> unknown = new TreeSet<>();
        for (ConfigurationPropertySource source : ConfigurationPropertySources.get(environment)) {
            if (source instanceof IterableConfigurationPropertySource names && !isSystemEnvironment(source)) {
                names.stream().filter(UnknownProperties::isUnknown).forEach(name -> unknown.add(name.toString()));
            }
        }
        if (!unknown.isEmpty()) {
            throw new UnknownPropertyException(unknown);
        }
    }

    /** There an underscore is a dot as well as a hyphen, so nobody can tell which option is meant. */
    private static boolean isSystemEnvironment(ConfigurationPropertySource source) {
        return source.getUnderlyingSource() instanceof SystemEnvironmentPropertySource;
    }

    private static boolean isUnknown(ConfigurationPropertyName name) {
        return PREFIX.isAncestorOf(name) && !KNOWN.contains(name.getElement(PREFIX.getNumberOfElements(), UNIFORM));
    }
}
