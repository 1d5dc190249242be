package io.github.camelclova.springboot;

/** Properties say what the component has no option for. The message has their names, and no values. */
final class UnknownPropertyException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    UnknownPropertyException(Iterable<String> names) {
        super("The component clova has no option of this name: " + String.join(", ", names));
    }
}
