package io.github.camelclova.quota;

import java.time.Duration;

/**
 * How much a quota is used now.
 *
 * @param running calls that are under way
 * @param waiting calls that wait for their turn
 * @param expectedWait how long one more call would probably wait; zero for not at all
 */
public record Load(int running, int waiting, Duration expectedWait) {

    /** Of a quota that nobody uses. */
    public static final Load NONE = new Load(0, 0, Duration.ZERO);
}
