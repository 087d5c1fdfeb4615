package io.failoverlab.math;

import io.failoverlab.metric.MetricId;
import io.failoverlab.metric.MetricReader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * Queries that are asked together and may refer to each other: those of one GetMetricData request, or the metrics of one alarm.
 * They are checked completely when they are made, so that evaluating them can fail only for the amount of data.
 */
public final class Queries {
    private static final Pattern ID = Pattern.compile("[a-z][a-zA-Z0-9_]{0,254}");
    private static final int MAX_ALARM_METRICS = 10;

    private final Map<String, Query> byId;
    private final Plan plan;
    /** Ids of the queries that are returned, or needed by one that is. */
    private final Set<String> needed = new LinkedHashSet<>();

    private Queries(Map<String, Query> byId) {
        this.byId = byId;
        this.plan = Plan.of(byId);
        byId.values().stream().filter(Query::returnData).map(Query::id).forEach(needed::add);
        plan.steps().stream().filter(step -> step.query().returnData()).forEach(step -> needed.addAll(step.reads()));
    }

    /**
     * Of a GetMetricData request.
     *
     * @throws MathException if an id is wrong or repeated, or an expression cannot be understood
     */
    public static Queries of(List<? extends Query> queries) {
        Map<String, Query> byId = new LinkedHashMap<>();
        for (Query query : queries) {
            if (!ID.matcher(query.id()).matches()) {
                throw new MathException(
                        "The id '" + query.id()
                                + "' must begin with a lower case letter and have only letters, digits and underscores, at most 255.");
            }
            if (byId.put(query.id(), query) != null) {
                throw new MathException("The id '" + query.id() + "' is given to more than one query.");
            }
        }
        return new Queries(byId);
    }

    /**
     * Of an alarm, which watches exactly one time series, computed from at most ten metrics of the same period.
     *
     * @throws MathException as {@link #of}, and if these are not what an alarm can watch
     */
    public static Queries ofAlarm(List<? extends Query> queries) {
        Queries checked = of(queries);
        List<Query> returned =
                checked.byId.values().stream().filter(Query::returnData).toList();
        if (returned.size() != 1) {
            throw new MathException("Exactly one query of an alarm must return data, found "
                    + returned.stream().map(Query::id).toList() + ".");
        }
        List<Integer> periods = checked.byId.values().stream()
                .flatMapToInt(query -> switch (query) {
                    case MetricStatQuery metric -> IntStream.of(metric.period());
                    case ExpressionQuery expression -> expression.period().stream();
                })
                .distinct()
                .boxed()
                .toList();
        if (periods.size() > 1) {
            throw new MathException("All queries of an alarm must have the same period, found " + periods + ".");
        }
        checked.refuseManyMetrics();
        checked.plan.steps().stream()
                .filter(step -> step.query().returnData() && step.type() != Type.SERIES)
                .forEach(step -> {
                    throw new MathException(
                            "Error in expression '" + step.query().id() + "': an alarm watches one time series, found "
                                    + step.type().inWords());
                });
        return checked;
    }

    private void refuseManyMetrics() {
        long metrics = byId.values().stream()
                .filter(query -> query instanceof MetricStatQuery)
                .count();
        if (metrics > MAX_ALARM_METRICS) {
            throw new MathException("An alarm reads at most " + MAX_ALARM_METRICS + " metrics, found " + metrics + ".");
        }
    }

    public List<Query> list() {
        return List.copyOf(byId.values());
    }

    /** The metrics that are read. */
    public Set<MetricId> metrics() {
        Set<MetricId> metrics = new LinkedHashSet<>();
        byId.values().forEach(query -> {
            if (query instanceof MetricStatQuery metric && needed.contains(query.id())) {
                metrics.add(metric.metric());
            }
        });
        return metrics;
    }

    /** Shortest period of all, in seconds. */
    public int period() {
        return byId.values().stream()
                .mapToInt(query -> switch (query) {
                    case MetricStatQuery metric -> metric.period();
                    case ExpressionQuery expression -> expression.period().orElse(Integer.MAX_VALUE);
                })
                .min()
                .orElseThrow();
    }

    /**
     * Reads and computes, and gives the results of the queries that return data, in their order.
     *
     * @param grids the periods to look at, for each length of period in seconds
     * @throws MathException if an array has too many series
     */
    public List<QueryResult> evaluate(MetricReader reader, IntFunction<Grid> grids) {
        Map<String, Value> results = new HashMap<>();
        List<Series> metrics = new ArrayList<>();
        for (Query query : byId.values()) {
            if (query instanceof MetricStatQuery metric && needed.contains(query.id())) {
                Series series = MetricSeries.read(metric, reader, grids.apply(metric.period()));
                metrics.add(series);
                results.put(query.id(), new Value.One(series));
            }
        }
        for (Plan.Step step : plan.steps()) {
            if (needed.contains(step.query().id())) {
                results.put(step.query().id(), value(step, results, metrics, grids.apply(step.period())));
            }
        }
        Results answers = new Results(list(), reader);
        return byId.values().stream()
                .filter(Query::returnData)
                .flatMap(query -> answers.of(query, results.get(query.id())).stream())
                .toList();
    }

    private static Value value(Plan.Step step, Map<String, Value> results, List<Series> metrics, Grid grid) {
        try {
            return new Evaluation(results, metrics, grid).value(step.expression());
        } catch (ExpressionException e) {
            throw MathException.in(step.query(), e);
        }
    }
}
