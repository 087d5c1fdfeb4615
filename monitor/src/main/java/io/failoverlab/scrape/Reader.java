package io.failoverlab.scrape;

import io.failoverlab.metric.Aggregate;
import io.failoverlab.metric.MetricStream;
import java.util.Optional;

/**
 * Makes datapoints of one metric out of the numbers of a scrape and of the scrape before, which are found by the position of their
 * sample in the text. What only grows becomes what it grew by; what became smaller began again at zero, since its process did.
 */
sealed interface Reader {
    MetricStream stream();

    /**
     * @param now numbers of this scrape
     * @param before numbers of the scrape before, zero for what was not in it; null at the first scrape
     * @return empty if there is nothing to tell
     */
    Optional<Aggregate> read(double[] now, double[] before);

    /** A number that stands for itself. NaN is Prometheus's word for none. */
    record Value(MetricStream stream, int sample) implements Reader {
        @Override
        public Optional<Aggregate> read(double[] now, double[] before) {
            return Double.isNaN(now[sample]) ? Optional.empty() : Optional.of(Aggregate.ofValue(now[sample]));
        }
    }

    /** A number that only grows. */
    record Counter(MetricStream stream, int sample) implements Reader {
        @Override
        public Optional<Aggregate> read(double[] now, double[] before) {
            if (before == null || Double.isNaN(now[sample])) {
                return Optional.empty();
            }
            double growth = now[sample] - before[sample];
            return Optional.of(Aggregate.ofValue(growth >= 0 ? growth : now[sample]));
        }
    }

    /**
     * A histogram.
     *
     * @param counts samples of its buckets' cumulative counts, one for each bucket
     * @param sum sample of its sum
     */
    record Histogram(MetricStream stream, Buckets buckets, int[] counts, int sum) implements Reader {
        @Override
        public Optional<Aggregate> read(double[] now, double[] before) {
            if (before == null || !Double.isFinite(now[sum])) {
                return Optional.empty();
            }
            boolean began = began(now, before);
            double[] observed = new double[counts.length];
            double below = 0;
            for (int bucket = 0; bucket < counts.length; bucket++) {
                double cumulative = now[counts[bucket]] - (began ? 0 : before[counts[bucket]]);
                observed[bucket] = Math.max(0, cumulative - below);
                below = Math.max(below, cumulative);
            }
            return buckets.observed(observed, now[sum] - (began ? 0 : before[sum]));
        }

        /** Whether it began again since the scrape before. */
        private boolean began(double[] now, double[] before) {
            for (int count : counts) {
                if (now[count] < before[count]) {
                    return true;
                }
            }
            return false;
        }
    }
}
