package io.failoverlab.math;

import java.time.Instant;
import java.util.stream.LongStream;

/**
 * Consecutive periods of time: where datapoints may be.
 *
 * @param start of the first, a whole second, not necessarily a multiple of the period
 * @param period length of each, in seconds, positive
 * @param count how many, not negative
 */
public record Grid(Instant start, int period, int count) {
    public Grid {
        if (start.getNano() != 0 || period < 1 || count < 0) {
            throw new IllegalArgumentException(
                    "start must be a whole second, period positive and count not negative, found " + start + ", "
                            + period + " and " + count);
        }
    }

    /** The starts of the periods, as epoch seconds. */
    long[] times() {
        return LongStream.range(0, count)
                .map(i -> start.getEpochSecond() + i * period)
                .toArray();
    }

    Grid finer(Grid other) {
        return period <= other.period ? this : other;
    }
}
