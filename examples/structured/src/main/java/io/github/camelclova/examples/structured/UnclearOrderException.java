package io.github.camelclova.examples.structured;

/** The e-mail, or what the model made of it, is no order that could be carried out. */
public final class UnclearOrderException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    UnclearOrderException(String why) {
        super(why);
    }
}
