package io.failoverlab.bench;

import java.time.Duration;
import java.time.Instant;

/**
 * The phases of a failover, one after the other.
 *
 * @param detect from the fault to the decision
 * @param promote until the new primary is open
 * @param endpoint until clients are led to it
 * @param client until the first of them is there
 */
public record FailoverPhases(Duration detect, Duration promote, Duration endpoint, Duration client) {
    static FailoverPhases of(Instant fault, Instant decided, Instant promoted, Instant moved, Instant client) {
        return new FailoverPhases(
                Duration.between(fault, decided),
                Duration.between(decided, promoted),
                Duration.between(promoted, moved),
                Duration.between(moved, client));
    }
}
