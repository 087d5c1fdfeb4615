package io.failoverlab.metric;

import java.util.Arrays;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Values, each with the number of times it was seen. They are exact as published. When distributions are added up to more than
 * {@value #MAX_EXACT} different values, each value is replaced by the middle of a bucket, as in DDSketch: buckets grow so that no
 * value is off by more than {@link #RELATIVE_ERROR} of itself, and the memory is bounded, whatever the length of the period. Adding
 * up further does not add to the error, and a distribution that is made anew of {@link #values()} and {@link #counts()} is the same,
 * so nothing else need be stored.
 *
 * <p>Percentiles and means over percentages have that relative error at most. Counts between two absolute bounds may take a value
 * for one on the other side of a bound if it is nearer to it than that.
 */
public final class Distribution {
    /** How many different values are kept exactly when distributions are added up. */
    public static final int MAX_EXACT = 1000;

    /** Of a value, at most: half a percent. Holds for values from 1e-300 on. */
    public static final double RELATIVE_ERROR = 0.005;

    private static final double GROWTH = (1 + RELATIVE_ERROR) / (1 - RELATIVE_ERROR);
    private static final double LOG_GROWTH = Math.log(GROWTH);
    /** So that a rank which is whole in decimal is not a hair above it in binary. */
    private static final double ROUNDING = 1e-12;

    private final double[] values;
    private final double[] counts;

    /** Both arrays are taken over, not copied; {@code values} is ascending without repetition. */
    private Distribution(double[] values, double[] counts) {
        this.values = values;
        this.counts = counts;
    }

    /** How many values lie in a range, and their sum. */
    record Part(double count, double sum) {}

    /**
     * @param values in any order, repetition allowed; none NaN
     * @param counts as many, each positive
     */
    public static Distribution of(double[] values, double[] counts) {
        if (values.length != counts.length || values.length == 0) {
            throw new IllegalArgumentException(
                    "as many values as counts, at least one; found " + values.length + " and " + counts.length);
        }
        boolean ascending = true;
        for (int i = 0; i < values.length; i++) {
            if (Double.isNaN(values[i]) || !(counts[i] > 0)) {
                throw new IllegalArgumentException(
                        "a value must be a number and its count positive, found " + values[i] + " × " + counts[i]);
            }
            boolean negativeZero = values[i] == 0 && 1 / values[i] < 0;
            ascending &= !negativeZero && (i == 0 || values[i - 1] < values[i]);
        }
        return ascending ? new Distribution(values.clone(), counts.clone()) : sorted(values, counts);
    }

    private static Distribution sorted(double[] values, double[] counts) {
        SortedMap<Double, Double> sorted = new TreeMap<>();
        for (int i = 0; i < values.length; i++) {
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
        int kept = size > MAX_EXACT ? compress(mergedValues, mergedCounts, size) : size;
        return new Distribution(Arrays.copyOf(mergedValues, kept), Arrays.copyOf(mergedCounts, kept));
    }

    /** In place; the middle of a bucket stays what it is. Returns the new size. */
    private static int compress(double[] values, double[] counts, int size) {
        int kept = 0;
        for (int i = 0; i < size; i++) {
            double middle = middleOfBucket(values[i]);
            if (kept > 0 && values[kept - 1] == middle) {
                counts[kept - 1] += counts[i];
            } else {
                values[kept] = middle;
                counts[kept++] = counts[i];
            }
        }
        return kept;
    }

    /** Of the bucket that reaches from one power of the growth, excluded, to the next, included. */
    private static double middleOfBucket(double value) {
        if (value == 0) {
            return 0;
        }
        double power = Math.exp(Math.ceil(Math.log(Math.abs(value)) / LOG_GROWTH) * LOG_GROWTH);
        return Math.copySign(power * 2 / (GROWTH + 1), value);
    }

    /**
     * The smallest value that at least {@code percent} of all values do not exceed (nearest rank). AWS does not document how it
     * interpolates; nearest rank answers a value that was really seen.
     *
     * @param percent 0 to 100
     */
    public double percentile(double percent) {
        double rank = sampleCount() * percent / 100 * (1 - ROUNDING);
        double seen = 0;
        for (int i = 0; i < values.length; i++) {
            seen += counts[i];
            if (seen >= rank) {
                return values[i];
            }
        }
        return values[values.length - 1];
    }

    /**
     * The values between two ranks. A value on the edge counts for the part of it that lies inside: of three values, 0 to 50 percent
     * are one and a half. AWS does not document its rounding; this way parts that lie side by side make up the whole, and the
     * mean of the middle half exists even for a single value.
     *
     * @param from 0 to 100
     * @param to as much or more, up to 100
     */
    Part betweenPercents(double from, double to) {
        double samples = sampleCount();
        double first = samples * from / 100;
        double last = samples * to / 100;
        double seen = 0;
        double count = 0;
        double sum = 0;
        for (int i = 0; i < values.length && seen < last; i++) {
            double inside = Math.min(seen + counts[i], last) - Math.max(seen, first);
            if (inside > 0) {
                count += inside;
                sum += inside * values[i];
            }
            seen += counts[i];
        }
        return new Part(count, sum);
    }

    /** The values above one, up to and including the other. */
    Part betweenValues(double above, double upTo) {
        double count = 0;
        double sum = 0;
        for (int i = 0; i < values.length && values[i] <= upTo; i++) {
            if (values[i] > above) {
                count += counts[i];
                sum += values[i] * counts[i];
            }
        }
        return new Part(count, sum);
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
