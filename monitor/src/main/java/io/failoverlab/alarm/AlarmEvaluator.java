package io.failoverlab.alarm;

import io.failoverlab.alarm.Evaluation.Point;
import io.failoverlab.metric.Statistic;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Decides the state of a metric alarm: a pure function of the definition, the data and the present state.
 *
 * <p>The rules are those of the CloudWatch User Guide, "Configuring how CloudWatch alarms treat missing data": a range of more than
 * N periods is looked at; if it holds N datapoints, the newest N decide and missing ones do not matter; otherwise all datapoints
 * and as many filled ones as N lacks decide. Filled ones breach or do not, or stand for nothing, in which case an alarm may go off
 * early: when all there is breaches and the oldest of it is at least M periods old (the premature rule).
 */
final class AlarmEvaluator {
    private AlarmEvaluator() {}

    /** @param periods consecutive, oldest first; those beyond the evaluation range are not looked at */
    static Evaluation evaluate(MetricCondition condition, List<Period> periods, AlarmState current) {
        int n = condition.evaluationPeriods();
        List<Point> judged = newestPoints(condition, periods, n);
        if (judged.isEmpty()) {
            return new Evaluation(stateWithoutData(condition, current), List.of(), n, missing(condition, periods, n));
        }
        int fill = n - judged.size();
        List<Instant> missing = missing(condition, periods, fill);
        if (keptForLowSamples(condition, judged)) {
            return new Evaluation(current, judged, fill, missing);
        }
        int breaching = (int) judged.stream().filter(Point::breaching).count();
        AlarmState state = switch (condition.effectiveMissingData()) {
            case BREACHING -> breaching + fill >= condition.needed() ? AlarmState.ALARM : AlarmState.OK;
            case NOT_BREACHING -> breaching >= condition.needed() ? AlarmState.ALARM : AlarmState.OK;
            case MISSING, IGNORE -> withoutFilling(condition, judged, breaching, fill, current);
        };
        return new Evaluation(state, judged, fill, missing);
    }

    private static AlarmState withoutFilling(
            MetricCondition condition, List<Point> judged, int breaching, int fill, AlarmState current) {
        if (breaching >= condition.needed()) {
            return AlarmState.ALARM;
        }
        // The published tables ask for "all of them breach": one older datapoint that does not breach makes it OK.
        boolean premature =
                fill > 0 && breaching == judged.size() && judged.getLast().age() >= condition.needed();
        if (!premature) {
            return AlarmState.OK;
        }
        return condition.effectiveMissingData() == MissingData.IGNORE ? current : AlarmState.ALARM;
    }

    private static AlarmState stateWithoutData(MetricCondition condition, AlarmState current) {
        return switch (condition.effectiveMissingData()) {
            case MISSING -> AlarmState.INSUFFICIENT_DATA;
            case IGNORE -> current;
            case BREACHING -> AlarmState.ALARM;
            case NOT_BREACHING -> AlarmState.OK;
        };
    }

    /** At most {@code limit} datapoints of the evaluation range, newest first. */
    private static List<Point> newestPoints(MetricCondition condition, List<Period> periods, int limit) {
        List<Point> points = new ArrayList<>(limit);
        int range = Math.min(condition.evaluationRange(), periods.size());
        for (int age = 1; age <= range && points.size() < limit; age++) {
            Period period = periods.get(periods.size() - age);
            if (period.value().isPresent()) {
                double value = period.value().getAsDouble();
                points.add(new Point(period.start(), age, value, period.sampleCount(), condition.breaches(value)));
            }
        }
        return points;
    }

    /** When at most {@code limit} periods of the evaluation range began that have no datapoint, newest first. */
    private static List<Instant> missing(MetricCondition condition, List<Period> periods, int limit) {
        int range = Math.min(condition.evaluationRange(), periods.size());
        return periods.subList(periods.size() - range, periods.size()).reversed().stream()
                .filter(period -> period.value().isEmpty())
                .map(Period::start)
                .limit(limit)
                .toList();
    }

    /** Fewer than 10 values on the thinner side of the percentile (CloudWatch User Guide, "Percentile-based alarms and low data"). */
    private static boolean keptForLowSamples(MetricCondition condition, List<Point> judged) {
        if (condition.lowSamples().orElse(LowSamples.EVALUATE) == LowSamples.EVALUATE
                || !(condition.source() instanceof MetricSource source)
                || !(source.statistic() instanceof Statistic.Percentile percentile)) {
            return false;
        }
        double p = percentile.percent().doubleValue() / 100;
        double enough = 10 / (p >= 0.5 ? 1 - p : p);
        return judged.stream().anyMatch(point -> point.sampleCount().orElse(enough) < enough);
    }
}
