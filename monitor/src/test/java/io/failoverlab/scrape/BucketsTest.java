package io.failoverlab.scrape;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.failoverlab.metric.Aggregate;
import io.failoverlab.metric.Distribution;
import io.failoverlab.metric.Statistic;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BucketsTest {
    private static final double INFINITY = Double.POSITIVE_INFINITY;

    private static Optional<Aggregate> observed(double[] bounds, double[] counts, double sum) {
        return new Buckets(bounds).observed(counts, sum);
    }

    private static Aggregate aggregate(
            double count, double sum, double minimum, double maximum, double[] values, double[] counts) {
        return Aggregate.restore(count, sum, minimum, maximum, Optional.of(Distribution.of(values, counts)));
    }

    @Test
    void nothingObservedIsNoDatapoint() {
        assertThat(observed(new double[] {1, INFINITY}, new double[] {0, 0}, 0)).isEmpty();
    }

    @Test
    void aSingleObservationIsExact() {
        assertThat(observed(new double[] {1, 2, INFINITY}, new double[] {0, 1, 0}, 1.25))
                .contains(Aggregate.ofValue(1.25));
    }

    @Test
    void observationsInOneBucketAreTakenForTheirMean() {
        assertThat(observed(new double[] {1, 2, INFINITY}, new double[] {0, 4, 0}, 5))
                .contains(aggregate(4, 5, 1, 2, new double[] {1.25}, new double[] {4}));
    }

    @Test
    void observationsInSeveralBucketsAreTakenForTheMiddlesOfThose() {
        assertThat(observed(new double[] {1, 2, 4, INFINITY}, new double[] {3, 0, 2, 0}, 7))
                .contains(aggregate(5, 7, 0, 4, new double[] {0.5, 3}, new double[] {3, 2}));
    }

    @Test
    void observationsBeyondTheLastBoundAreTakenForWhatTheSumLeaves() {
        assertThat(observed(new double[] {1, INFINITY}, new double[] {2, 2}, 21))
                .contains(aggregate(4, 21, 0, 10, new double[] {0.5, 10}, new double[] {2, 2}));
        assertThat(observed(new double[] {4, INFINITY}, new double[] {2, 2}, 9))
                .contains(aggregate(4, 9, 0, 4, new double[] {2, 4}, new double[] {2, 2}));
    }

    @Test
    void aFirstBucketBelowZeroHasNoWidth() {
        assertThat(observed(new double[] {-1, 1, INFINITY}, new double[] {2, 2, 0}, -3))
                .contains(aggregate(4, -3, -1, 1, new double[] {-1, 0}, new double[] {2, 2}));
    }

    /** The bound that the Javadoc states, on values that a histogram has seen and that are known here. */
    @Test
    void aPercentileIsWrongByTheWidthOfItsBucketAtTheMost() {
        double[] bounds = {0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, INFINITY};
        Random random = new Random(7);
        for (int round = 0; round < 200; round++) {
            double[] values = random.doubles(1 + random.nextInt(300))
                    .map(u -> Math.min(9.99, -0.2 * Math.log(1 - u)))
                    .sorted()
                    .toArray();
            double[] counts = new double[bounds.length];
            for (double value : values) {
                counts[bucketOf(bounds, value)]++;
            }
            Aggregate aggregate =
                    observed(bounds, counts, Arrays.stream(values).sum()).orElseThrow();
            Aggregate exact = Aggregate.ofValues(Distribution.of(values, ones(values.length)));
            assertThat(aggregate.sampleCount()).isEqualTo(exact.sampleCount());
            assertThat(aggregate.sum()).isCloseTo(exact.sum(), within(1e-9));
            assertThat(aggregate.minimum()).isLessThanOrEqualTo(exact.minimum());
            assertThat(aggregate.maximum()).isGreaterThanOrEqualTo(exact.maximum());
            for (String name : new String[] {"p0", "p10", "p50", "p90", "p99", "p100"}) {
                Statistic percentile = Statistic.parse(name).orElseThrow();
                double expected = percentile.of(exact).orElseThrow();
                int bucket = bucketOf(bounds, expected);
                double width = bounds[bucket] - (bucket == 0 ? 0 : bounds[bucket - 1]);
                assertThat(percentile.of(aggregate).orElseThrow()).as(name).isCloseTo(expected, within(width));
            }
        }
    }

    private static int bucketOf(double[] bounds, double value) {
        int bucket = 0;
        while (value > bounds[bucket]) {
            bucket++;
        }
        return bucket;
    }

    private static double[] ones(int length) {
        double[] ones = new double[length];
        Arrays.fill(ones, 1);
        return ones;
    }
}
