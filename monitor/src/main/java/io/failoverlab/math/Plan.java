package io.failoverlab.math;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;

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
    record Step(ExpressionQuery query, Expression expression, Type type, Set<String> reads, int period) {}

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
            Set<String> direct = References.of(parsedExpression, metrics.keySet());
            direct.stream().filter(queries::containsKey).forEach(id -> plan(queries.get(id)));
            open.remove(query.id());
            steps.put(query.id(), step(expression, parsedExpression, direct));
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
            return new Step(query, expression, type, reads, period(query, reads));
        }

        private Map<String, Type> types() {
            Map<String, Type> types = new HashMap<>();
            metrics.keySet().forEach(id -> types.put(id, Type.SERIES));
            steps.forEach((id, step) -> types.put(id, step.type()));
            return types;
        }

        private int period(ExpressionQuery query, Set<String> reads) {
            if (query.period().isPresent()) {
                return query.period().getAsInt();
            }
            return shortest(reads)
                    .orElseGet(() -> shortest(metrics.keySet())
                            .orElseThrow(() -> new MathException("Error in expression '" + query.id()
                                    + "': it reads no metric, so its query needs a Period")));
        }

        private OptionalInt shortest(Set<String> ids) {
            return ids.stream()
                    .filter(metrics::containsKey)
                    .mapToInt(id -> metrics.get(id).period())
                    .min();
        }
    }

    static Plan of(Map<String, Query> queries) {
        Planner planner = new Planner(queries);
        queries.values().forEach(planner::plan);
        return new Plan(new ArrayList<>(planner.steps.values()));
    }
}
