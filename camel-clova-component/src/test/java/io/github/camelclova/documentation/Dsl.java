package io.github.camelclova.documentation;

/** The DSLs in which the guide prints its routes. */
enum Dsl {
    YAML,
    XML,
    JAVA
}
