package io.failoverlab.metric;

/** Which values a statistic looks at: those above the lower bound, up to and including the upper one. */
sealed interface Bounds {
    /** The values in these bounds. */
    Distribution.Part of(Distribution values);

    /** What the sum is if values outside count as the nearer bound. */
    double winsorizedSum(Distribution values);

    /** Percent of the values in their order, 0 to 100. */
    record Percents(double lower, double upper) implements Bounds {
        @Override
        public Distribution.Part of(Distribution values) {
            return values.betweenPercents(lower, upper);
        }

        @Override
        public double winsorizedSum(Distribution values) {
            double percent = values.sampleCount() / 100;
            return lower * percent * values.percentile(lower)
                    + of(values).sum()
                    + (100 - upper) * percent * values.percentile(upper);
        }
    }

    /** Values themselves; infinite where there is no bound. */
    record Values(double lower, double upper) implements Bounds {
        @Override
        public Distribution.Part of(Distribution values) {
            return values.betweenValues(lower, upper);
        }

        @Override
        public double winsorizedSum(Distribution values) {
            double below = values.betweenValues(Double.NEGATIVE_INFINITY, lower).count();
            double above = values.betweenValues(upper, Double.POSITIVE_INFINITY).count();
            return (below == 0 ? 0 : below * lower) + of(values).sum() + (above == 0 ? 0 : above * upper);
        }
    }
}
