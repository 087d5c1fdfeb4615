package io.failoverlab.math;

import static org.assertj.core.api.Assertions.assertThat;

import io.failoverlab.metric.Aggregate;
import io.failoverlab.metric.MetricId;
import io.failoverlab.metric.MetricQuery;
import io.failoverlab.metric.MetricReader;
import io.failoverlab.metric.Statistic;
import io.failoverlab.metric.Unit;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Metric math as text: lines {@code m1 = 30 20 - 0} give metrics their datapoints, one a minute, {@code -} for none; lines
 * {@code m1 * 2 -> 60 40 - 0} say what an expression gives, arrays with a bar between the series.
 */
final class MathTable implements MetricReader {
    /** A Friday. */
    static final Instant START = Instant.parse("2026-01-02T03:04:00Z");

    static final int PERIOD = 60;

    private static final String ARROW = "->";

    private final Map<MetricId, String[]> metrics = new LinkedHashMap<>();

    static void check(String table) {
        List<String> lines = table.lines().map(String::strip).toList();
        MathTable metrics =
                of(lines.stream().filter(line -> !line.contains(ARROW)).collect(Collectors.joining("\n")));
        for (String line : lines.stream().filter(line -> line.contains(ARROW)).toList()) {
            String[] sides = line.split(ARROW, 2);
            assertThat(metrics.evaluate(sides[0].strip()))
                    .as(sides[0])
                    .isEqualTo(sides[1].strip().replaceAll("\\s+", " "));
        }
    }

    /** Only metrics. */
    static MathTable of(String table) {
        MathTable read = new MathTable();
        table.lines()
                .map(line -> line.split("="))
                .forEach(sides -> read.metrics.put(
                        metric(sides[0].strip()), sides[1].strip().split("\\s+")));
        return read;
    }

    /** As {@link #of(String)}, for metrics of any name. */
    static MathTable of(Map<MetricId, String> values) {
        MathTable read = new MathTable();
        values.forEach((metric, text) -> read.metrics.put(metric, text.split(" ")));
        return read;
    }

    static MetricId metric(String name) {
        return MetricId.of("Test", name, Map.of());
    }

    static MetricStatQuery query(String id, boolean returned) {
        return new MetricStatQuery(
                id, Optional.empty(), returned, metric(id), Optional.empty(), Statistic.Simple.SUM, PERIOD);
    }

    static ExpressionQuery expression(String id, String expression) {
        return new ExpressionQuery(id, Optional.empty(), true, expression, OptionalInt.empty());
    }

    private String evaluate(String expression) {
        List<Query> queries = new ArrayList<>();
        metrics.keySet().forEach(metric -> queries.add(query(metric.name(), false)));
        queries.add(expression("result", expression));
        int count = metrics.values().stream()
                .mapToInt(values -> values.length)
                .max()
                .orElseThrow();
        return Queries.of(queries).evaluate(this, period -> new Grid(START, period, count)).stream()
                .map(result -> inWords(result, count))
                .collect(Collectors.joining(" | "));
    }

    private static String inWords(QueryResult result, int count) {
        List<String> words = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int at = result.timestamps().indexOf(START.plusSeconds((long) i * PERIOD));
            words.add(at < 0 ? "-" : inWords(result.values().get(at)));
        }
        return String.join(" ", words);
    }

    private static String inWords(double value) {
        return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(Math.round(value * 1e6) / 1e6);
    }

    @Override
    public SortedMap<Instant, Aggregate> read(MetricQuery query) {
        SortedMap<Instant, Aggregate> points = new TreeMap<>();
        String[] values = metrics.getOrDefault(query.metric(), new String[0]);
        for (int i = 0; i < values.length; i++) {
            if (!values[i].equals("-")) {
                points.put(START.plusSeconds((long) i * PERIOD), Aggregate.ofValue(Double.parseDouble(values[i])));
            }
        }
        return points;
    }

    @Override
    public Set<Unit> units(MetricId metric) {
        return Set.of(Unit.NONE);
    }

    @Override
    public Map<MetricId, Instant> lastSeen(String namespace, String name) {
        return Map.of();
    }
}
