package io.github.camelclova.observation;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Names that somebody else gives, such as models and categories: the first of them are told apart, and all further ones are
 * one, so that they can fill neither a memory nor a dashboard.
 */
final class KnownNames {

    static final String OTHER = "other";

    private static final int LONGEST = 100;

    private final int most;
    private final Set<String> names = ConcurrentHashMap.newKeySet();

    KnownNames(int most) {
        this.most = most;
    }

    String of(String name) {
        if (names.contains(name)) {
            return name;
        }
        return isRoomFor(name) ? name : OTHER;
    }

    private synchronized boolean isRoomFor(String name) {
        return name.length() <= LONGEST && (names.contains(name) || (names.size() < most && names.add(name)));
    }
}
