package io.github.camelclova.documentation;

import static java.lang.annotation.ElementType.TYPE;
import static java.lang.annotation.RetentionPolicy.RUNTIME;

import java.lang.annotation.Retention;
import java.lang.annotation.Target;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** All tests of the class are run with the routes in YAML, in XML and in Java. */
@Target(TYPE)
@Retention(RUNTIME)
@ParameterizedClass(name = "{0}")
@EnumSource(Dsl.class)
@interface InEveryDsl {}
