package io.failoverlab.alarm;

import io.failoverlab.metric.MetricId;
import io.failoverlab.metric.MetricReader;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Why a metric alarm is in its state, in a sentence for people: what was found, and where to look. */
final class Explanation {
    private static final DateTimeFormatter TIME_OF_DAY =
            DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter DAY_AND_TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final MetricReader metrics;

    Explanation(MetricReader metrics) {
        this.metrics = metrics;
    }

    String of(MetricCondition condition, Evaluation evaluation, Instant now) {
        String which = condition.source().metrics().size() == 1
                ? with(condition.source().metrics().iterator().next())
                : "";
        int n = condition.evaluationPeriods();
        if (evaluation.points().isEmpty()) {
            return "0 of " + n + (n == 1 ? " period has data; " : " periods have data; ")
                    + condition.source().metrics().stream()
                            .map(metric -> lastSeen(metric, now))
                            .collect(Collectors.joining("; "))
                    + ".";
        }
        long breaching =
                evaluation.points().stream().filter(Evaluation.Point::breaching).count();
        Evaluation.Point newest = evaluation.points().getFirst();
        return condition.limitInWords() + which + " in " + breaching + " of " + n + (n == 1 ? " period" : " periods")
                + ", newest " + Numbers.shortest(newest.value()) + " at " + time(newest.start(), now)
                + (evaluation.filled() == 0
                        ? ""
                        : "; " + evaluation.filled() + " without data ("
                                + condition.effectiveMissingData().wireName() + ")")
                + ".";
    }

    /** If the metric was never seen, another of its name may have been: its dimensions say what is wrong. */
    private String lastSeen(MetricId metric, Instant now) {
        Map<MetricId, Instant> seen = metrics.lastSeen(metric.namespace(), metric.name());
        Instant exact = seen.get(metric);
        if (exact != null) {
            return metric.name() + " was last seen " + time(exact, now) + with(metric);
        }
        String never = metric.name() + " was never seen" + with(metric);
        return seen.entrySet().stream()
                .max(Map.Entry.comparingByValue(Comparator.naturalOrder()))
                .map(other -> never + ", but " + time(other.getValue(), now) + with(other.getKey()))
                .orElse(never);
    }

    private static String with(MetricId metric) {
        return metric.dimensions().isEmpty()
                ? " without dimensions"
                : metric.dimensions().entrySet().stream()
                        .map(dimension -> dimension.getKey() + " " + dimension.getValue())
                        .collect(Collectors.joining(", ", " with ", ""));
    }

    private static String time(Instant time, Instant now) {
        boolean today = time.atOffset(ZoneOffset.UTC)
                .toLocalDate()
                .equals(now.atOffset(ZoneOffset.UTC).toLocalDate());
        return (today ? TIME_OF_DAY : DAY_AND_TIME).format(time) + " UTC";
    }
}
