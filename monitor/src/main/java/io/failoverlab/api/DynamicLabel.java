package io.failoverlab.api;

import io.failoverlab.math.MetricStatQuery;
import io.failoverlab.math.QueryResult;
import io.failoverlab.metric.Scope;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Fills in the live values of a label, like {@code ${MAX}} or {@code ${PROP('Dim.InstanceId')}} (CloudWatch User Guide, "Use dynamic
 * labels"). What has no value, as the maximum of no datapoints, and what is unknown stays as it is written. AWS does not document
 * how it writes numbers and times; here they are plain.
 *
 * @param zone of times
 * @param now for times relative to now
 */
record DynamicLabel(Scope scope, ZoneOffset zone, Instant now) {
    private static final Pattern LIVE_VALUE = Pattern.compile("\\$\\{(?:PROP\\('([^']+)'\\)|([A-Z_]+))}");
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");

    String of(QueryResult result) {
        Matcher matcher = LIVE_VALUE.matcher(result.label());
        return matcher.replaceAll(found -> Matcher.quoteReplacement((found.group(1) != null
                        ? result.source().flatMap(source -> property(found.group(1), source))
                        : value(found.group(2), result))
                .orElse(found.group())));
    }

    private Optional<String> property(String name, MetricStatQuery source) {
        if (name.startsWith("Dim.")) {
            return Optional.ofNullable(source.metric().dimensions().get(name.substring("Dim.".length())));
        }
        return switch (name) {
            case "AccountId", "AccountLabel" -> Optional.of(scope.account());
            case "Region" -> Optional.of(scope.region());
            case "Namespace" -> Optional.of(source.metric().namespace());
            case "MetricName" -> Optional.of(source.metric().name());
            case "Period" -> Optional.of(Integer.toString(source.period()));
            case "Stat" -> Optional.of(source.statistic().toString());
            default -> Optional.empty();
        };
    }

    private Optional<String> value(String name, QueryResult result) {
        List<Double> values = result.values();
        if (name.equals("LABEL")) {
            return Optional.of(result.defaultLabel());
        }
        if (name.equals("DATAPOINT_COUNT")) {
            return Optional.of(Integer.toString(values.size()));
        }
        if (values.isEmpty()) {
            return Optional.empty();
        }
        double sum = values.stream().mapToDouble(Double::doubleValue).sum();
        double first = values.getFirst();
        double last = values.getLast();
        double minimum = Collections.min(values);
        double maximum = Collections.max(values);
        return switch (name) {
            case "SUM" -> number(sum);
            case "AVG" -> number(sum / values.size());
            case "MIN" -> number(minimum);
            case "MAX" -> number(maximum);
            case "FIRST" -> number(first);
            case "LAST" -> number(last);
            case "MIN_MAX_RANGE" -> number(maximum - minimum);
            case "FIRST_LAST_RANGE" -> number(last - first);
            default -> time(name, result.timestamps(), values.indexOf(minimum), values.indexOf(maximum));
        };
    }

    private Optional<String> time(String name, List<Instant> times, int minimum, int maximum) {
        return switch (name) {
            case "FIRST_TIME" -> time(times.getFirst());
            case "LAST_TIME" -> time(times.getLast());
            case "MIN_TIME" -> time(times.get(minimum));
            case "MAX_TIME" -> time(times.get(maximum));
            case "FIRST_TIME_RELATIVE" -> span(times.getFirst(), now);
            case "LAST_TIME_RELATIVE" -> span(times.getLast(), now);
            case "MIN_TIME_RELATIVE" -> span(times.get(minimum), now);
            case "MAX_TIME_RELATIVE" -> span(times.get(maximum), now);
            case "FIRST_LAST_TIME_RANGE" -> span(times.getFirst(), times.getLast());
            case "MIN_MAX_TIME_RANGE" -> span(times.get(minimum), times.get(maximum));
            default -> Optional.empty();
        };
    }

    private static Optional<String> number(double value) {
        return Optional.of(
                new BigDecimal(Double.toString(value)).stripTrailingZeros().toPlainString());
    }

    private Optional<String> time(Instant time) {
        return Optional.of(
                TIME.format(time.atOffset(zone)) + " " + (zone.equals(ZoneOffset.UTC) ? "UTC" : zone.getId()));
    }

    /** For example {@code 1h 0m 5s}. */
    private static Optional<String> span(Instant from, Instant to) {
        Duration span = Duration.between(from, to).abs();
        String seconds = span.toMinutesPart() + "m " + span.toSecondsPart() + "s";
        return Optional.of(span.toHours() == 0 ? seconds : span.toHours() + "h " + seconds);
    }
}
