package io.github.camelclova.benchmarks;

/** A way to get the same tokens. */
enum Side {

    /** The bare client: no Camel, no exchange. */
    BARE("bare"),

    /** The bare client, and one new exchange for each token; for a whole answer the same on a pool of Camel's. */
    FLOOR("camel floor"),

    /** The component with {@code streamTo}. */
    PUSH("push"),

    /** The component with {@code streaming=true} and {@code split(body()).streaming()}. */
    PULL("pull");

    private final String title;

    Side(String title) {
        this.title = title;
    }

    @Override
    public String toString() {
        return title;
    }
}
