package io.failoverlab.alarm;

import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * When the values of a metric are in alarm: M of the last N periods breach the threshold. The components are those of
 * PutMetricAlarm.
 *
 * @param evaluationPeriods N
 * @param datapointsToAlarm M; N if empty
 * @param missingData {@link MissingData#MISSING} if empty, except in AWS/DynamoDB
 * @param lowSamples {@link LowSamples#EVALUATE} if empty
 */
public record MetricCondition(
        AlarmSource source,
        int evaluationPeriods,
        OptionalInt datapointsToAlarm,
        Comparison comparison,
        double threshold,
        Optional<MissingData> missingData,
        Optional<LowSamples> lowSamples)
        implements AlarmCondition {
    public MetricCondition {
        Objects.requireNonNull(source, "source");
        Objects.requireNonNull(comparison, "comparison");
        Objects.requireNonNull(missingData, "missingData");
        Objects.requireNonNull(lowSamples, "lowSamples");
        if (evaluationPeriods < 1) {
            throw new IllegalArgumentException("evaluation periods must be positive, found " + evaluationPeriods);
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

    @Override
    public AlarmType type() {
        return AlarmType.METRIC;
    }

    int period() {
        return source.period();
    }

    /** M. */
    int needed() {
        return datapointsToAlarm.orElse(evaluationPeriods);
    }

    /** AWS/DynamoDB alarms ignore missing data unless told otherwise. */
    MissingData effectiveMissingData() {
        return missingData.orElseGet(() ->
                source.metrics().stream().allMatch(metric -> metric.namespace().equals("AWS/DynamoDB"))
                        ? MissingData.IGNORE
                        : MissingData.MISSING);
    }

    boolean breaches(double value) {
        return comparison.breaches(value, threshold);
    }

    /**
     * How many periods are looked at, more than N so that late datapoints do not count as missing. AWS says only "more than N" and
     * gives the example of 5 for N = 3, which this formula meets.
     */
    int evaluationRange() {
        return evaluationPeriods + Math.max(2, evaluationPeriods / 3);
    }

    /** For example {@code Maximum StatusCheckFailed >= 1}. */
    String limitInWords() {
        return source.inWords() + " " + comparison.symbol() + " " + Numbers.shortest(threshold);
    }

    /** For example {@code Maximum StatusCheckFailed >= 1 for 1 of 1 periods of 1 s}. */
    @Override
    public String inWords() {
        return limitInWords() + " for " + needed() + " of " + evaluationPeriods + " periods of " + period() + " s";
    }
}
