package io.failoverlab.math;

import io.failoverlab.metric.MetricId;
import io.failoverlab.metric.MetricReader;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.function.Supplier;
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
        long metrics = checked.byId.values().stream()
                .filter(MetricStatQuery.class::isInstance)
                .count();
        if (metrics > MAX_ALARM_METRICS) {
            throw new MathException("An alarm reads at most " + MAX_ALARM_METRICS + " metrics, found " + metrics + ".");
        }
        checked.plan.steps().forEach(Queries::refuseArrays);
        return checked;
    }

    private static void refuseArrays(Plan.Step step) {
        String where = "Error in expression '" + step.query().id() + "': ";
        if (step.searches()) {
            throw new MathException(where + "an alarm cannot watch a SEARCH, which finds other metrics at other times");
        }
        if (step.query().returnData() && step.type() != Type.SERIES) {
            throw new MathException(where + "an alarm watches one time series, found "
                    + step.type().inWords());
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

    /** As the other, where nothing can be searched for. */
    public List<QueryResult> evaluate(MetricReader reader, IntFunction<Grid> grids) {
        return evaluate(reader, Set::of, grids);
    }

    /**
     * Reads and computes, and gives the results of the queries that return data, in their order.
     *
     * @param published the metrics that SEARCH looks at
     * @param grids the periods to look at, for each length of period in seconds
     * @throws MathException if an array has too many series
     */
    public List<QueryResult> evaluate(
            MetricReader reader, Supplier<? extends Collection<MetricId>> published, IntFunction<Grid> grids) {
        DataSource data = new DataSource(reader, published, grids);
        Map<String, Value> results = new HashMap<>();
        List<Series> metrics = new ArrayList<>();
        for (Query query : byId.values()) {
            if (query instanceof MetricStatQuery metric && needed.contains(query.id())) {
                Series series = data.read(metric);
                metrics.add(series);
                results.put(query.id(), new Value.One(series));
            }
        }
        for (Plan.Step step : plan.steps()) {
            if (needed.contains(step.query().id())) {
                results.put(step.query().id(), value(step, results, metrics, data));
            }
        }
        Results answers = new Results(list(), reader);
        return byId.values().stream()
                .filter(Query::returnData)
                .flatMap(query -> answers.of(query, results.get(query.id())).stream())
                .toList();
    }

    private static Value value(Plan.Step step, Map<String, Value> results, List<Series> metrics, DataSource data) {
        try {
            return new Evaluation(results, metrics, step.period(), data).value(step.expression());
        } catch (ExpressionException e) {
            throw MathException.in(step.query(), e);
        }
    }
}
