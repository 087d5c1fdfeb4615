package io.failoverlab.bench;

import java.time.Duration;
import java.time.Instant;

/**
 * How far a number of equal steps has come. Pure.
 *
 * @param start when the first began
 * @param steps 1 or more
 * @param expected of one step, before any has ended
 */
public record Pace(Instant start, int steps, Duration expected) {
    public Pace {
        if (steps < 1 || expected.isNegative()) {
            throw new IllegalArgumentException(
                    "expected a step or more and no negative time, found " + steps + " of " + expected);
        }
    }

    /** How long the rest takes if it goes on like this. */
    public Duration left(int done, Instant now) {
        Duration each = done == 0 ? expected : Duration.between(start, now).dividedBy(done);
        return each.multipliedBy(steps - done);
    }

    /** Such as {@code 12 of 76, 14 min left}. */
    public String text(int done, Instant now) {
        return done + " of " + steps + ", " + minutes(left(done, now)) + " left";
    }

    /** Such as {@code 14 min}; rounded up. */
    public static String minutes(Duration time) {
        return (time.toSeconds() + 59) / 60 + " min";
    }
}
