package io.failoverlab.alarm;

import io.failoverlab.metric.MetricId;
import io.failoverlab.metric.Statistic;
import io.failoverlab.metric.Unit;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * When a metric is in alarm: M of the last N periods breach the threshold. The components are those of PutMetricAlarm.
 *
 * @param unit only datapoints of this unit, or all if empty
 * @param period length of a period in seconds
 * @param evaluationPeriods N
 * @param datapointsToAlarm M; N if empty
 * @param missingData {@link MissingData#MISSING} if empty, except in AWS/DynamoDB
 * @param lowSamples {@link LowSamples#EVALUATE} if empty
 */
public record MetricCondition(
        MetricId metric,
        Optional<Unit> unit,
        Statistic statistic,
        int period,
        int evaluationPeriods,
        OptionalInt datapointsToAlarm,
        Comparison comparison,
        double threshold,
        Optional<MissingData> missingData,
        Optional<LowSamples> lowSamples) {
    public MetricCondition {
        Objects.requireNonNull(metric, "metric");
        Objects.requireNonNull(unit, "unit");
        Objects.requireNonNull(statistic, "statistic");
        Objects.requireNonNull(comparison, "comparison");
        Objects.requireNonNull(missingData, "missingData");
        Objects.requireNonNull(lowSamples, "lowSamples");
        if (period < 1 || evaluationPeriods < 1) {
            throw new IllegalArgumentException(
                    "period and evaluation periods must be positive, found " + period + " and " + evaluationPeriods);
        }
        int m = datapointsToAlarm.orElse(evaluationPeriods);
        if (m < 1 || m > evaluationPeriods) {
            throw new IllegalArgumentException(
                    "datapoints to alarm must be 1 to " + evaluationPeriods + " (the evaluation periods), found " + m);
        }
        if (!Double.isFinite(threshold)) {
            throw new IllegalArgumentException("threshold must be a finite number, found " + threshold);
        }
    }

    /** M. */
    int needed() {
        return datapointsToAlarm.orElse(evaluationPeriods);
    }

    /** AWS/DynamoDB alarms ignore missing data unless told otherwise. */
    MissingData effectiveMissingData() {
        return missingData.orElse(metric.namespace().equals("AWS/DynamoDB") ? MissingData.IGNORE : MissingData.MISSING);
    }

    /**
     * How many periods are looked at, more than N so that late datapoints do not count as missing. AWS says only "more than N" and
     * gives the example of 5 for N = 3, which this formula meets.
     */
    int evaluationRange() {
        return evaluationPeriods + Math.max(2, evaluationPeriods / 3);
    }

    /** For people, for example {@code Maximum StatusCheckFailed >= 1 for 1 of 1 periods of 1 s}. */
    public String inWords() {
        String limit = threshold == Math.rint(threshold) && Math.abs(threshold) < 1e15
                ? Long.toString((long) threshold)
                : Double.toString(threshold);
        return statistic + " " + metric.name() + " " + comparison.symbol() + " " + limit + " for " + needed() + " of "
                + evaluationPeriods + " periods of " + period + " s";
    }
}
