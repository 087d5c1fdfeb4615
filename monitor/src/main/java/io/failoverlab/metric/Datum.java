package io.failoverlab.metric;

import java.time.Instant;
import java.util.Objects;

/**
 * One published datapoint.
 *
 * @param storageResolution 1 to keep the second, 60 to keep only the minute, in seconds
 */
public record Datum(MetricStream stream, Instant timestamp, Aggregate value, int storageResolution) {
    public Datum {
        Objects.requireNonNull(stream, "stream");
        Objects.requireNonNull(timestamp, "timestamp");
        Objects.requireNonNull(value, "value");
        if (storageResolution != 1 && storageResolution != 60) {
            throw new IllegalArgumentException("storage resolution is 1 or 60 seconds, found " + storageResolution);
        }
    }

    /** Start of the second or minute it is kept under, as epoch second. */
    public long second() {
        return Math.floorDiv(timestamp.getEpochSecond(), storageResolution) * storageResolution;
    }
}
