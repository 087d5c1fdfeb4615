package io.failoverlab.telemetry;

import java.time.Duration;

/**
 * How often AWS publishes a metric, and what it makes of the time between. The lab measures every second whatever this says;
 * {@link AwsCadence} makes the one from the other.
 *
 * @param every a second or more; a second is the lab's own cadence
 */
public record Cadence(Duration every, Merge merge) {
    private static final Duration SECOND = Duration.ofSeconds(1);

    /** What the measurements of a longer time become. */
    public enum Merge {
        /** All of them, as samples of one datapoint. */
        SAMPLES,
        /** One sample, their mean: of what is a share or a rate. */
        MEAN,
        /** One sample, their sum: of what is counted. */
        SUM,
        /** One sample, the last one: of what is checked or read off once. */
        LAST
    }

    /** As measured: for metrics that AWS does not have. */
    public static final Cadence EVERY_SECOND = new Cadence(SECOND, Merge.SAMPLES);

    public Cadence {
        if (every.compareTo(SECOND) < 0) {
            throw new IllegalArgumentException("expected a datapoint every second or less often, found " + every);
        }
    }

    /** AWS's usual minute. */
    public static Cadence everyMinute(Merge merge) {
        return new Cadence(Duration.ofMinutes(1), merge);
    }

    /** The five minutes of what costs nothing. */
    public static Cadence everyFiveMinutes(Merge merge) {
        return new Cadence(Duration.ofMinutes(5), merge);
    }
}
