package io.github.camelclova.transport;

import java.time.Duration;

/**
 * How long one try may take and how large its response may be.
 *
 * @param responseTimeout from the request being sent to the response head
 * @param idleTimeout between two reads of the body while the component is ready to read
 * @param maxResponseSize bytes of a body after decompression
 */
public record CallLimits(Duration responseTimeout, Duration idleTimeout, int maxResponseSize) {}
