package io.failoverlab.alarm;

import io.failoverlab.alarm.Evaluation.Point;
import io.failoverlab.metric.Aggregate;
import io.failoverlab.metric.Statistic;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/**
 * Decides the state of a metric alarm: a pure function of the definition, the data, the present state and the time.
 *
 * <p>The rules are those of the CloudWatch User Guide, "Configuring how CloudWatch alarms treat missing data": a range of more than
 * N periods is looked at; if it holds N datapoints, the newest N decide and missing ones do not matter; otherwise all datapoints
 * and as many filled ones as N lacks decide. Filled ones breach or do not, or stand for nothing, in which case an alarm may go off
 * early: when all there is breaches and the oldest of it is at least M periods old (the premature rule).
 *
 * <p>CloudWatch evaluates finished periods only. With periods of a second this evaluator looks at the unfinished one, too, but
 * believes of it only what later data cannot take back: a maximum, a sample count and a sum of values that are not negative can
 * only grow, a minimum can only fall. So a maximum that reached its threshold breaches at once, while one that did not says
 * nothing before the second has ended; averages and percentiles always wait.
 */
final class AlarmEvaluator {
    private AlarmEvaluator() {}

    /**
     * @param windows consecutive periods, oldest first; the newest may be unfinished at {@code now}. One more than the evaluation
     *     range is needed then.
     */
    static Evaluation evaluate(MetricCondition condition, List<Window> windows, AlarmState current, Instant now) {
        List<Point> real = points(condition, windows, now);
        if (real.isEmpty()) {
            return new Evaluation(stateWithoutData(condition, current), List.of(), condition.evaluationPeriods());
        }
        int n = condition.evaluationPeriods();
        List<Point> judged = real.size() > n ? real.subList(0, n) : real;
        int fill = n - judged.size();
        if (keptForLowSamples(condition, judged)) {
            return new Evaluation(current, judged, fill);
        }
        int breaching = (int) judged.stream().filter(Point::breaching).count();
        AlarmState state = switch (condition.effectiveMissingData()) {
            case BREACHING -> breaching + fill >= condition.needed() ? AlarmState.ALARM : AlarmState.OK;
            case NOT_BREACHING -> breaching >= condition.needed() ? AlarmState.ALARM : AlarmState.OK;
            case MISSING, IGNORE -> withoutFilling(condition, judged, breaching, fill, current);
        };
        return new Evaluation(state, judged, fill);
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

    /** The datapoints of the evaluation range, newest first. */
    private static List<Point> points(MetricCondition condition, List<Window> windows, Instant now) {
        List<Point> points = new ArrayList<>();
        int age = 0;
        for (Window window : windows.reversed()) {
            boolean finished = !window.start().plusSeconds(condition.period()).isAfter(now);
            if (!finished
                    && !window.data().map(data -> isCertain(condition, data)).orElse(false)) {
                continue; // as if it had not begun
            }
            age++;
            if (age > condition.evaluationRange()) {
                break;
            }
            if (window.data().isPresent()) {
                addPoint(points, condition, window, age);
            }
        }
        return points;
    }

    private static void addPoint(List<Point> points, MetricCondition condition, Window window, int age) {
        Aggregate data = window.data().orElseThrow();
        OptionalDouble value = condition.statistic().of(data);
        if (value.isPresent()) {
            boolean breaching = condition.comparison().breaches(value.getAsDouble(), condition.threshold());
            points.add(new Point(window.start(), age, value.getAsDouble(), data.sampleCount(), breaching));
        }
    }

    /** Whether more data in the same period can no longer change the comparison. */
    private static boolean isCertain(MetricCondition condition, Aggregate data) {
        return switch (condition.statistic()) {
            case Statistic.Extended ignored -> false;
            case Statistic.Simple simple ->
                switch (simple) {
                    case AVERAGE -> false;
                    case MAXIMUM, SAMPLE_COUNT -> isCertainGrowing(condition, data);
                    // Metrics that are summed up are counts and bytes: while no value was negative none is expected.
                    case SUM -> data.minimum() >= 0 && isCertainGrowing(condition, data);
                    case MINIMUM ->
                        breaches(condition, data) != condition.comparison().upwards();
                };
        };
    }

    private static boolean isCertainGrowing(MetricCondition condition, Aggregate data) {
        return breaches(condition, data) == condition.comparison().upwards();
    }

    private static boolean breaches(MetricCondition condition, Aggregate data) {
        double value = condition.statistic().of(data).orElseThrow();
        return condition.comparison().breaches(value, condition.threshold());
    }

    /** Fewer than 10 values on the thinner side of the percentile (CloudWatch User Guide, "Percentile-based alarms and low data"). */
    private static boolean keptForLowSamples(MetricCondition condition, List<Point> judged) {
        if (condition.lowSamples().orElse(LowSamples.EVALUATE) == LowSamples.EVALUATE
                || !(condition.statistic() instanceof Statistic.Percentile percentile)) {
            return false;
        }
        double p = percentile.percent().doubleValue() / 100;
        double enough = 10 / (p >= 0.5 ? 1 - p : p);
        return judged.stream().anyMatch(point -> point.sampleCount() < enough);
    }
}
