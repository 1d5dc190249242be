package io.github.camelclova.documentation;

// tag::order[]
public record Order(String item, int pieces) {}
// end::order[]
