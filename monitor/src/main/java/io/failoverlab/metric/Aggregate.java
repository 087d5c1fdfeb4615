package io.failoverlab.metric;

import java.util.Objects;
import java.util.Optional;

/**
 * All values of one stream in one span of time: the statistic set, and the values themselves where they are known. Percentiles
 * need the values; a published statistic set hides them unless all of them are equal (CloudWatch User Guide, "Statistics
 * definitions": percentiles of statistic sets).
 */
public final class Aggregate {
    private final double sampleCount;
    private final double sum;
    private final double minimum;
    private final double maximum;
    /** Null where the values are all equal, and so follow from the rest, or where they are hidden. */
    private final Distribution values;

    private Aggregate(double sampleCount, double sum, double minimum, double maximum, Distribution values) {
        this.sampleCount = sampleCount;
        this.sum = sum;
        this.minimum = minimum;
        this.maximum = maximum;
        this.values = minimum == maximum ? null : values;
    }

    public static Aggregate ofValue(double value) {
        if (Double.isNaN(value)) {
            throw new IllegalArgumentException("a value must be a number, found NaN");
        }
        return new Aggregate(1, value, value, value, null);
    }

    public static Aggregate ofValues(Distribution values) {
        return new Aggregate(values.sampleCount(), values.sum(), values.percentile(0), values.percentile(100), values);
    }

    public static Aggregate ofStatisticSet(double sampleCount, double sum, double minimum, double maximum) {
        if (!(sampleCount > 0) || !(minimum <= maximum) || Double.isNaN(sum)) {
            throw new IllegalArgumentException("a statistic set needs a positive sample count and minimum <= maximum,"
                    + " found count " + sampleCount + ", sum " + sum + ", minimum " + minimum + ", maximum " + maximum);
        }
        return new Aggregate(sampleCount, sum, minimum, maximum, null);
    }

    /** As {@link #ofStatisticSet}, with the values that make it up: for reading back what was stored. */
    public static Aggregate restore(
            double sampleCount, double sum, double minimum, double maximum, Optional<Distribution> values) {
        return new Aggregate(sampleCount, sum, minimum, maximum, values.orElse(null));
    }

    public Aggregate plus(Aggregate other) {
        Optional<Distribution> mine = minimum == maximum && other.minimum == maximum && other.maximum == maximum
                ? Optional.empty() // still all equal
                : distribution();
        return new Aggregate(
                sampleCount + other.sampleCount,
                sum + other.sum,
                Math.min(minimum, other.minimum),
                Math.max(maximum, other.maximum),
                mine.flatMap(left -> other.distribution().map(left::plus)).orElse(null));
    }

    public double sampleCount() {
        return sampleCount;
    }

    public double sum() {
        return sum;
    }

    public double minimum() {
        return minimum;
    }

    public double maximum() {
        return maximum;
    }

    public double average() {
        return sum / sampleCount;
    }

    /** The values, or empty if a statistic set hides them. */
    public Optional<Distribution> distribution() {
        return minimum == maximum
                ? Optional.of(Distribution.of(new double[] {minimum}, new double[] {sampleCount}))
                : Optional.ofNullable(values);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Aggregate that
                && sampleCount == that.sampleCount
                && sum == that.sum
                && minimum == that.minimum
                && maximum == that.maximum
                && Objects.equals(values, that.values);
    }

    @Override
    public int hashCode() {
        return Objects.hash(sampleCount, sum, minimum, maximum, values);
    }

    @Override
    public String toString() {
        return "Aggregate[count " + sampleCount + ", sum " + sum + ", " + minimum + ".." + maximum + ", "
                + (values == null ? "no values" : values) + "]";
    }
}
