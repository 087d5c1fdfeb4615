package io.failoverlab.metric;

import java.util.Arrays;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Exact values, each with the number of times it was seen. A lab publishes a few thousand values a second at most, so nothing is
 * approximated.
 */
public final class Distribution {
    /** So that a rank which is whole in decimal is not a hair above it in binary. */
    private static final double ROUNDING = 1e-12;

    private final double[] values;
    private final double[] counts;

    /** Both arrays are taken over, not copied; {@code values} is ascending without repetition. */
    private Distribution(double[] values, double[] counts) {
        this.values = values;
        this.counts = counts;
    }

    /**
     * @param values in any order, repetition allowed; none NaN
     * @param counts as many, each positive
     */
    public static Distribution of(double[] values, double[] counts) {
        if (values.length != counts.length || values.length == 0) {
            throw new IllegalArgumentException(
                    "as many values as counts, at least one; found " + values.length + " and " + counts.length);
        }
        SortedMap<Double, Double> sorted = new TreeMap<>();
        for (int i = 0; i < values.length; i++) {
            if (Double.isNaN(values[i]) || !(counts[i] > 0)) {
                throw new IllegalArgumentException(
                        "a value must be a number and its count positive, found " + values[i] + " × " + counts[i]);
            }
            sorted.merge(values[i] + 0.0, counts[i], Double::sum); // adding zero makes -0.0 the same value as 0.0
        }
        return new Distribution(
                sorted.keySet().stream().mapToDouble(Double::doubleValue).toArray(),
                sorted.values().stream().mapToDouble(Double::doubleValue).toArray());
    }

    Distribution plus(Distribution other) {
        double[] mergedValues = new double[values.length + other.values.length];
        double[] mergedCounts = new double[mergedValues.length];
        int size = 0;
        for (int i = 0, j = 0; i < values.length || j < other.values.length; size++) {
            boolean left = j == other.values.length || (i < values.length && values[i] <= other.values[j]);
            boolean both = left && j < other.values.length && values[i] == other.values[j];
            mergedValues[size] = left ? values[i] : other.values[j];
            mergedCounts[size] = (left ? counts[i++] : 0) + (!left || both ? other.counts[j++] : 0);
        }
        return new Distribution(Arrays.copyOf(mergedValues, size), Arrays.copyOf(mergedCounts, size));
    }

    /**
     * The smallest value that at least {@code percent} of all values do not exceed (nearest rank). AWS does not document how it
     * interpolates; nearest rank always answers a value that was really seen.
     *
     * @param percent 0 to 100
     */
    public double percentile(double percent) {
        double rank = Arrays.stream(counts).sum() * percent / 100 * (1 - ROUNDING);
        double seen = 0;
        for (int i = 0; i < values.length; i++) {
            seen += counts[i];
            if (seen >= rank) {
                return values[i];
            }
        }
        return values[values.length - 1];
    }

    /** Ascending. */
    public double[] values() {
        return values.clone();
    }

    /** One for each of {@link #values()}. */
    public double[] counts() {
        return counts.clone();
    }

    double sampleCount() {
        return Arrays.stream(counts).sum();
    }

    double sum() {
        double sum = 0;
        for (int i = 0; i < values.length; i++) {
            sum += values[i] * counts[i];
        }
        return sum;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Distribution that
                && Arrays.equals(values, that.values)
                && Arrays.equals(counts, that.counts);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(values) + Arrays.hashCode(counts);
    }

    @Override
    public String toString() {
        return Arrays.toString(values) + "×" + Arrays.toString(counts);
    }
}
