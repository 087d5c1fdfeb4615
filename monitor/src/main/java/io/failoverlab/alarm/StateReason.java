package io.failoverlab.alarm;

import io.failoverlab.alarm.Evaluation.Point;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Why an alarm is in its state, in the sentences that CloudWatch writes as StateReason. */
final class StateReason {
    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("dd/MM/yy HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

    private StateReason() {}

    static String of(MetricCondition condition, Evaluation evaluation) {
        if (evaluation.points().isEmpty()) {
            return withoutData(condition, evaluation.filled());
        }
        boolean alarm = evaluation.state() == AlarmState.ALARM;
        List<Point> told = evaluation.points().stream()
                .filter(point -> point.breaching() == alarm)
                .toList();
        if (told.isEmpty()) {
            return withoutWitness(condition, evaluation);
        }
        int n = condition.evaluationPeriods();
        boolean mOfN = condition.datapointsToAlarm().isPresent();
        String datapoints =
                mOfN ? told.size() + " out of the last " + n + " datapoints" : count(told.size(), "datapoint");
        return "Threshold Crossed: " + datapoints + " " + list(told) + " " + was(told.size()) + " "
                + (alarm ? "" : "not ") + condition.comparison().words() + " the threshold (" + condition.threshold()
                + ")" + filling(condition, evaluation.filled()) + (mOfN ? minimum(condition, alarm) : "") + ".";
    }

    private static String withoutData(MetricCondition condition, int filled) {
        return switch (condition.effectiveMissingData()) {
            case MISSING, IGNORE ->
                "Insufficient Data: " + count(filled, "datapoint") + " " + was(filled) + " unknown.";
            case BREACHING, NOT_BREACHING ->
                "Threshold Crossed: no datapoints were received for " + count(filled, "period")
                        + filling(condition, filled) + ".";
        };
    }

    /** The state follows from what is missing: no datapoint speaks for it by itself. */
    private static String withoutWitness(MetricCondition condition, Evaluation evaluation) {
        int real = evaluation.points().size();
        return "Threshold Crossed: " + count(real, "datapoint") + " " + list(evaluation.points()) + " " + was(real)
                + " " + (evaluation.points().getFirst().breaching() ? "" : "not ")
                + condition.comparison().words()
                + " the threshold (" + condition.threshold() + ")" + filling(condition, evaluation.filled())
                + minimum(condition, true) + ".";
    }

    private static String filling(MetricCondition condition, int filled) {
        if (filled == 0) {
            return "";
        }
        return switch (condition.effectiveMissingData()) {
            case MISSING, IGNORE -> "";
            case BREACHING, NOT_BREACHING ->
                " and " + count(filled, "missing datapoint") + " " + was(filled) + " treated as ["
                        + condition.effectiveMissingData().reasonName() + "]";
        };
    }

    private static String minimum(MetricCondition condition, boolean alarm) {
        int minimum = alarm ? condition.needed() : condition.evaluationPeriods() - condition.needed() + 1;
        return " (minimum " + count(minimum, "datapoint") + " for " + (alarm ? "OK -> ALARM" : "ALARM -> OK")
                + " transition)";
    }

    private static String list(List<Point> points) {
        return points.stream()
                .map(point -> point.value() + " (" + DATE.format(point.start()) + ")")
                .collect(Collectors.joining(", ", "[", "]"));
    }

    private static String count(int number, String noun) {
        return number + " " + noun + (number == 1 ? "" : "s");
    }

    private static String was(int number) {
        return number == 1 ? "was" : "were";
    }
}
