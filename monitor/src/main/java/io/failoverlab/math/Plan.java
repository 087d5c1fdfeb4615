package io.failoverlab.math;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The order in which queries are evaluated: each expression after all that it reads.
 *
 * @param steps the expressions in that order
 */
record Plan(List<Step> steps) {
    /**
     * An expression that was understood.
     *
     * @param reads ids of all queries it needs, the indirect ones too
     * @param period of what it makes without a metric
     */
    record Step(ExpressionQuery query, Expression expression, Type type, Set<String> reads, int period) {
        boolean searches() {
            return calls(expression, Search.NAME).findAny().isPresent();
        }
    }

    private static Stream<Expression.Call> calls(Expression expression, String function) {
        return Expression.tree(expression).stream()
                .filter(part ->
                        part instanceof Expression.Call call && call.function().equals(function))
                .map(Expression.Call.class::cast);
    }

    /** Works a plan out. */
    private static final class Planner {
        private final Map<String, Query> queries;
        private final Map<String, MetricStatQuery> metrics = new LinkedHashMap<>();
        private final Map<String, Expression> parsed = new HashMap<>();
        private final Map<String, Step> steps = new LinkedHashMap<>();
        private final Set<String> open = new LinkedHashSet<>();

        private Planner(Map<String, Query> queries) {
            this.queries = queries;
            queries.forEach((id, query) -> {
                switch (query) {
                    case MetricStatQuery metric -> metrics.put(id, metric);
                    case ExpressionQuery expression -> parsed.put(id, parse(expression));
                }
            });
        }

        private static Expression parse(ExpressionQuery query) {
            try {
                return Parser.parse(query.expression());
            } catch (ExpressionException e) {
                throw MathException.in(query, e);
            }
        }

        private void plan(Query query) {
            if (!(query instanceof ExpressionQuery expression) || steps.containsKey(query.id())) {
                return;
            }
            if (!open.add(query.id())) {
                throw new MathException("Error in expression '" + query.id() + "': it needs its own result, by way of "
                        + String.join(" -> ", open) + " -> " + query.id());
            }
            Expression parsedExpression = parsed.get(query.id());
            Set<String> direct = reads(parsedExpression);
            for (String id : direct) { // no stream: a chain of 500 expressions would not fit into the stack
                if (parsed.containsKey(id)) {
                    plan(queries.get(id));
                }
            }
            open.remove(query.id());
            steps.put(query.id(), step(expression, parsedExpression, direct));
        }

        /** The ids of what an expression reads directly. */
        private Set<String> reads(Expression expression) {
            Stream<String> named = Expression.tree(expression).stream()
                    .filter(Expression.Reference.class::isInstance)
                    .map(part -> ((Expression.Reference) part).id());
            Stream<String> chosen = calls(expression, Metrics.NAME)
                    .flatMap(call -> metrics.keySet().stream().filter(id -> Metrics.isMeant(call, id)));
            return Stream.concat(named, chosen).collect(Collectors.toCollection(LinkedHashSet::new));
        }

        private Step step(ExpressionQuery query, Expression expression, Set<String> direct) {
            Type type;
            try {
                type = new Types(types(), metrics.keySet()).of(expression);
                if (type != Type.SERIES && type != Type.ARRAY) {
                    throw new ExpressionException(
                            expression.at(),
                            "the result of an expression must be a time series or an array of time series, found "
                                    + type.inWords());
                }
            } catch (ExpressionException e) {
                throw MathException.in(query, e);
            }
            Set<String> reads = new LinkedHashSet<>(direct);
            direct.stream()
                    .filter(steps::containsKey)
                    .forEach(id -> reads.addAll(steps.get(id).reads()));
            return new Step(query, expression, type, reads, period(query, expression, reads));
        }

        private Map<String, Type> types() {
            Map<String, Type> types = new HashMap<>();
            metrics.keySet().forEach(id -> types.put(id, Type.SERIES));
            steps.forEach((id, step) -> types.put(id, step.type()));
            return types;
        }

        private int period(ExpressionQuery query, Expression expression, Set<String> reads) {
            IntStream searched = calls(expression, Search.NAME).flatMapToInt(call -> Search.period(call).stream());
            return Stream.of(query.period().stream(), periods(reads), searched, periods(metrics.keySet()))
                    .flatMap(periods -> periods.min().stream().boxed())
                    .findFirst()
                    .orElseThrow(() -> new MathException("Error in expression '" + query.id()
                            + "': it reads no metric, so its query needs a Period"));
        }

        private IntStream periods(Set<String> ids) {
            return ids.stream()
                    .filter(metrics::containsKey)
                    .mapToInt(id -> metrics.get(id).period());
        }
    }

    static Plan of(Map<String, Query> queries) {
        Planner planner = new Planner(queries);
        queries.values().forEach(planner::plan);
        return new Plan(new ArrayList<>(planner.steps.values()));
    }
}
