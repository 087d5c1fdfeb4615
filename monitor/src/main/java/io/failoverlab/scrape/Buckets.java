package io.failoverlab.scrape;

import io.failoverlab.metric.Aggregate;
import io.failoverlab.metric.Distribution;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The bounds of a histogram's buckets, and what its counts tell of the values behind them. Count and sum are exact. Of the values
 * only the bucket is known: each is taken for the middle of its bucket, or for their mean where all are in one, so that a
 * percentile is wrong by the width of its bucket at the most, and exact for a single value. Values beyond the last finite bound are
 * taken for what the sum leaves for them. Minimum and maximum are the outer bounds of the buckets that have values.
 */
final class Buckets {
    private final double[] bounds;

    /** @param bounds upper ones, ascending; the last is infinite */
    Buckets(double[] bounds) {
        this.bounds = bounds;
    }

    int size() {
        return bounds.length;
    }

    /**
     * What was observed between two scrapes.
     *
     * @param counts of the observations in each bucket, not cumulative
     * @param sum of all observations
     * @return empty if there were none
     */
    Optional<Aggregate> observed(double[] counts, double sum) {
        double total = Arrays.stream(counts).sum();
        int[] used = IntStream.range(0, counts.length)
                .filter(bucket -> counts[bucket] > 0)
                .toArray();
        if (used.length == 0) {
            return Optional.empty();
        }
        if (total == 1) {
            return Optional.of(Aggregate.ofValue(sum));
        }
        double[] values = values(used, counts, sum);
        Distribution distribution = Distribution.of(
                values,
                Arrays.stream(used).mapToDouble(bucket -> counts[bucket]).toArray());
        double upper = bounds[used[used.length - 1]];
        double maximum = Double.isInfinite(upper) ? values[values.length - 1] : upper;
        return Optional.of(Aggregate.restore(total, sum, lower(used[0]), maximum, Optional.of(distribution)));
    }

    private double[] values(int[] used, double[] counts, double sum) {
        if (used.length == 1) {
            return new double[] {Math.clamp(sum / counts[used[0]], lower(used[0]), bounds[used[0]])};
        }
        double[] values = new double[used.length];
        double rest = sum;
        for (int i = 0; i < used.length; i++) {
            int bucket = used[i];
            values[i] = Double.isInfinite(bounds[bucket])
                    ? Math.max(lower(bucket), rest / counts[bucket])
                    : (lower(bucket) + bounds[bucket]) / 2;
            rest -= values[i] * counts[bucket];
        }
        return values;
    }

    /** As for Prometheus, the first bucket begins at zero; one whose bound is not above zero has no width. */
    private double lower(int bucket) {
        if (bucket > 0) {
            return bounds[bucket - 1];
        }
        return Math.min(bounds[0], 0);
    }
}
