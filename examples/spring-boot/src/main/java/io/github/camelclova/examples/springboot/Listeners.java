package io.github.camelclova.examples.springboot;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** All who wait for answers now. */
@Component
class Listeners {

    private final Set<Listener> open = ConcurrentHashMap.newKeySet();

    Listener open() {
        Listener listener = new Listener();
        open.add(listener);
        return listener;
    }

    int size() {
        return open.size();
    }

    @Scheduled(fixedDelayString = "${answers.probe-delay:1s}")
    void forgetWhoHasGone() {
        open.forEach(Listener::probe);
        open.removeIf(listener -> !listener.isOpen());
    }
}
