package io.failoverlab.telemetry;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * One datapoint of one metric, with the names, dimensions and units of CloudWatch.
 *
 * @param namespace such as {@code AWS/EC2}
 * @param name such as {@code CPUUtilization}
 * @param dimensions names and values
 * @param unit CloudWatch's spelling, such as {@code Percent}
 * @param at the second it belongs to
 * @param values each distinct value measured
 * @param counts how often each was measured, as long as {@code values}
 */
public record Measurement(
        String namespace,
        String name,
        Map<String, String> dimensions,
        String unit,
        Instant at,
        List<Double> values,
        List<Double> counts) {

    public Measurement {
        if (values.isEmpty() || values.size() != counts.size()) {
            throw new IllegalArgumentException("expected as many counts as values and at least one, found "
                    + values.size() + " values and " + counts.size() + " counts for " + name);
        }
        dimensions = Map.copyOf(dimensions);
        values = List.copyOf(values);
        counts = List.copyOf(counts);
    }

    /** A datapoint that was measured once. */
    public static Measurement of(
            String namespace, String name, Map<String, String> dimensions, String unit, Instant at, double value) {
        return new Measurement(namespace, name, dimensions, unit, at, List.of(value), List.of(1.0));
    }
}
