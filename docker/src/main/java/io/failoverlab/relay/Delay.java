package io.failoverlab.relay;

import java.time.Duration;
import java.time.Instant;
import java.util.function.DoubleSupplier;

/**
 * When bytes that come now are due.
 *
 * @param mean of the delay
 * @param jitter by which it is longer or shorter at the most
 */
record Delay(Duration mean, Duration jitter) {
    /** None. */
    static final Delay NONE = new Delay(Duration.ZERO, Duration.ZERO);

    /**
     * Never before those that came earlier.
     *
     * @param before when the last ones are due
     * @param chance from 0 to 1
     */
    Instant due(Instant now, Instant before, DoubleSupplier chance) {
        long nanos = mean.toNanos() + Math.round((2 * chance.getAsDouble() - 1) * jitter.toNanos());
        Instant due = now.plusNanos(Math.max(0, nanos));
        return due.isBefore(before) ? before : due;
    }
}
