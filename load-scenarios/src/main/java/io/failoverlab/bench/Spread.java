package io.failoverlab.bench;

import java.util.Arrays;
import java.util.Collection;

/**
 * What the measurements of one figure came to, all in its unit. The median of an even number of them lies between the two in the
 * middle; the 99th percentile is by nearest rank, so that of fewer than 100 it is the largest.
 */
public record Spread(int count, double min, double median, double p99, double max) {
    private static final double P99 = 0.99;

    public Spread {
        if (count < 1 || !(min <= median) || !(median <= p99) || !(p99 <= max)) {
            throw new IllegalArgumentException(
                    "expected at least one measurement and min <= median <= p99 <= max, found " + count + " with " + min
                            + ", " + median + ", " + p99 + ", " + max);
        }
    }

    /** @param values at least one, all of them numbers */
    public static Spread of(Collection<Double> values) {
        double[] sorted =
                values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        if (sorted.length == 0 || !Arrays.stream(sorted).allMatch(Double::isFinite)) {
            throw new IllegalArgumentException("expected one or more finite numbers, found " + values);
        }
        int middle = sorted.length / 2;
        double median = sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
        double p99 = sorted[(int) Math.ceil(P99 * sorted.length) - 1];
        return new Spread(sorted.length, sorted[0], median, p99, sorted[sorted.length - 1]);
    }
}
