package io.github.camelclova;

import java.util.List;

/** The threads of this JVM, without those of the stand-in. */
final class LiveThreads {

    private LiveThreads() {}

    static List<String> all() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> !name.startsWith("clova-stand-in"))
                .sorted()
                .toList();
    }

    /** Those that the component made, whatever its context is called. */
    static List<String> ofTheComponent() {
        return all().stream()
                .filter(name -> name.matches("Camel .* - clova(-.*)?"))
                .toList();
    }
}
