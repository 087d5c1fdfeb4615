package io.failoverlab.api;

import io.failoverlab.math.Grid;
import java.time.Duration;
import java.time.Instant;

/**
 * The time a reading operation asks for, as CloudWatch reads it (API reference, GetMetricData, StartTime): the start is included and
 * rounded down the more the older it is, the end is excluded, and datapoints of short periods are there only while they are kept.
 *
 * @param now when it is asked
 */
record TimeRange(Instant start, Instant end, Instant now) {
    /** Nothing is published farther ahead. */
    private static final Duration NEWEST = Duration.ofDays(1);

    /** @throws ApiException if a time is missing, or the start is not before the end */
    static TimeRange of(Instant startTime, Instant endTime, Instant now) {
        Instant start = Parameters.required(startTime, "StartTime");
        Instant end = Parameters.required(endTime, "EndTime");
        if (!start.isBefore(end)) {
            throw ApiException.invalid("The parameter StartTime must be less than the parameter EndTime.");
        }
        return new TimeRange(start, end, now);
    }

    /**
     * How many datapoints are asked for, as CloudWatch counts them against its limit: by the times as they are given, so that a day
     * is 1,440 minutes at any second of the minute.
     */
    long requested(int period) {
        return Duration.between(start, end).toMillis() / (period * 1000L);
    }

    /** How many periods the time touches, whether there can be data in them or not. */
    private long periods(int period) {
        long seconds = Duration.between(rounded(period), end).plusMillis(999).getSeconds();
        return Math.ceilDiv(seconds, period);
    }

    /** The periods that can have data. */
    Grid grid(int period) {
        Instant first = rounded(period);
        long tooOld = Math.max(
                0, Duration.between(first, now.minus(retention(period))).getSeconds() / period);
        long ahead = Math.max(
                0, Math.ceilDiv(Duration.between(first, now.plus(NEWEST)).getSeconds(), period));
        long last = Math.min(periods(period), ahead);
        return new Grid(first.plusSeconds(tooOld * period), period, (int) Math.max(0, last - tooOld));
    }

    private Instant rounded(int period) {
        Duration age = Duration.between(start, now);
        int division = age.compareTo(Duration.ofDays(15)) < 0
                ? Math.min(period, 60)
                : age.compareTo(Duration.ofDays(63)) < 0 ? 300 : 3600;
        return Instant.ofEpochSecond(Math.floorDiv(start.getEpochSecond(), division) * division);
    }

    /** How long datapoints of a period are kept before they are rolled up to longer ones. */
    private static Duration retention(int period) {
        if (period < 60) {
            return Duration.ofHours(3);
        }
        if (period < 300) {
            return Duration.ofDays(15);
        }
        return period < 3600 ? Duration.ofDays(63) : Duration.ofDays(455);
    }
}
