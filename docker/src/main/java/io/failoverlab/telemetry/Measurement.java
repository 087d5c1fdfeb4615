package io.failoverlab.telemetry;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

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
 * @param cadence how often AWS publishes the metric
 */
public record Measurement(
        String namespace,
        String name,
        Map<String, String> dimensions,
        String unit,
        Instant at,
        List<Double> values,
        List<Double> counts,
        Cadence cadence) {

    /** CloudWatch takes at most this many distinct values in one datapoint (API reference, MetricDatum). */
    public static final int VALUES_LIMIT = 150;

    public Measurement {
        if (values.isEmpty() || values.size() > VALUES_LIMIT || values.size() != counts.size()) {
            throw new IllegalArgumentException("expected 1 to " + VALUES_LIMIT + " values and as many counts, found "
                    + values.size() + " values and " + counts.size() + " counts for " + name);
        }
        dimensions = Map.copyOf(dimensions);
        values = List.copyOf(values);
        counts = List.copyOf(counts);
    }

    /** A datapoint of a metric that AWS does not have, or not at a cadence of its own. */
    public Measurement(
            String namespace,
            String name,
            Map<String, String> dimensions,
            String unit,
            Instant at,
            List<Double> values,
            List<Double> counts) {
        this(namespace, name, dimensions, unit, at, values, counts, Cadence.EVERY_SECOND);
    }

    /** The same, as AWS would publish it so often. */
    public Measurement withCadence(Cadence other) {
        return new Measurement(namespace, name, dimensions, unit, at, values, counts, other);
    }

    /** The same under another namespace's name. */
    public Measurement inNamespace(String other) {
        return new Measurement(other, name, dimensions, unit, at, values, counts, Cadence.EVERY_SECOND);
    }

    /** How often each value was measured. */
    public SortedMap<Double, Double> samples() {
        SortedMap<Double, Double> samples = new TreeMap<>();
        for (int i = 0; i < values.size(); i++) {
            samples.merge(values.get(i), counts.get(i), Double::sum);
        }
        return samples;
    }

    /** A datapoint that was measured once. */
    public static Measurement of(
            String namespace, String name, Map<String, String> dimensions, String unit, Instant at, double value) {
        return new Measurement(namespace, name, dimensions, unit, at, List.of(value), List.of(1.0));
    }

    /**
     * What was measured many times: one datapoint, or several of the same second where there are more distinct values than
     * one can hold.
     *
     * @param countByValue how often each value was measured; not empty
     */
    public static List<Measurement> distribution(
            String namespace,
            String name,
            Map<String, String> dimensions,
            String unit,
            Instant at,
            SortedMap<Double, Double> countByValue) {
        List<Double> values = List.copyOf(countByValue.keySet());
        List<Double> counts = List.copyOf(countByValue.values());
        List<Measurement> parts = new ArrayList<>();
        for (int from = 0; from < values.size(); from += VALUES_LIMIT) {
            int to = Math.min(values.size(), from + VALUES_LIMIT);
            parts.add(new Measurement(
                    namespace, name, dimensions, unit, at, values.subList(from, to), counts.subList(from, to)));
        }
        return parts;
    }
}
