package io.failoverlab.metric;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * Which datapoints to read: {@code count} windows of {@code period} seconds, the first of which begins at {@code start}.
 *
 * @param unit only this unit, or all units combined if empty
 * @param start a whole second, included
 * @param distributions whether the values themselves are needed, not only the statistic set
 */
public record MetricQuery(
        MetricId metric, Optional<Unit> unit, Instant start, int period, int count, boolean distributions) {
    public MetricQuery {
        Objects.requireNonNull(metric, "metric");
        Objects.requireNonNull(unit, "unit");
        if (start.getNano() != 0) {
            throw new IllegalArgumentException("start must be a whole second, found " + start);
        }
        if (period < 1 || count < 0) {
            throw new IllegalArgumentException(
                    "period must be positive and count not negative, found " + period + " and " + count);
        }
    }

    /** Excluded. */
    public Instant end() {
        return start.plus(Duration.ofSeconds((long) period * count));
    }

    /** Start of the window that holds this second. */
    public Instant window(long epochSecond) {
        long first = start.getEpochSecond();
        return Instant.ofEpochSecond(first + (epochSecond - first) / period * period);
    }
}
