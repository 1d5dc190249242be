package io.github.camelclova.springboot;

import static java.util.stream.Collectors.toUnmodifiableSet;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.core.convert.TypeDescriptor;
import org.springframework.core.convert.converter.GenericConverter;

/** Reads {@code #bean:name} and {@code #name}, for options that no text can say. */
class BeanReferenceConverter implements GenericConverter {

    private static final String REFERENCE = "#";
    private static final String BEAN = "#bean:";

    private final BeanFactory beans;
    private final Set<ConvertiblePair> pairs;

    BeanReferenceConverter(BeanFactory beans, List<Class<?>> types) {
        this.beans = beans;
        pairs = types.stream()
                .map(type -> new ConvertiblePair(String.class, type))
                .collect(toUnmodifiableSet());
    }

    @Override
    public Set<ConvertiblePair> getConvertibleTypes() {
        return pairs;
    }

    @Override
    public @Nullable Object convert(@Nullable Object source, TypeDescriptor from, TypeDescriptor to) {
        if (source == null) {
            return null;
        }
        String reference = source.toString();
        if (!reference.startsWith(REFERENCE)) {
            throw new IllegalArgumentException(
                    "An option of type %s takes the name of a bean, as #bean:name".formatted(to.getName()));
        }
        String name = reference.substring((reference.startsWith(BEAN) ? BEAN : REFERENCE).length());
        return beans.getBean(name, to.getType());
    }
}
