package io.failoverlab.math;

/** Functions of a point and the one before it; a gap between them is stepped over, and the first point has no step. */
final class Steps {
    private Steps() {}

    private interface Step {
        double of(double change, double seconds);
    }

    static Series difference(Series series) {
        return steps(series, (change, seconds) -> change);
    }

    static Series seconds(Series series) {
        return steps(series, (change, seconds) -> seconds);
    }

    /** Change per second. */
    static Series rate(Series series) {
        return steps(series, (change, seconds) -> change / seconds);
    }

    private static Series steps(Series series, Step step) {
        Series.Builder steps = series.like();
        for (int i = 1; i < series.size(); i++) {
            double change = series.value(i) - series.value(i - 1);
            steps.add(series.time(i), step.of(change, series.time(i) - series.time(i - 1)));
        }
        return steps.build();
    }

    static Series runningSum(Series series) {
        Series.Builder sums = series.like();
        double sum = 0;
        for (int i = 0; i < series.size(); i++) {
            sum += series.value(i);
            sums.add(series.time(i), sum);
        }
        return sums.build();
    }
}
