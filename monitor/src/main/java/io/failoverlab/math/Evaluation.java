package io.failoverlab.math;

import io.failoverlab.metric.MetricId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Evaluates one expression whose types fit, as {@link Types} found. */
final class Evaluation {
    /** As many as CloudWatch shows in a graph; an array of arrays of arrays would else fill the memory. */
    private static final int MAX_SERIES = 500;

    private final Map<String, Value> results;
    private final List<Series> metrics;
    private final Grid grid;
    private final DataSource data;

    /**
     * @param results of the queries referred to, by id
     * @param metrics for METRICS
     * @param period of what is made without a metric
     */
    Evaluation(Map<String, Value> results, List<Series> metrics, int period, DataSource data) {
        this.results = results;
        this.metrics = metrics;
        this.grid = data.grids().apply(period);
        this.data = data;
    }

    /** All metrics that SEARCH looks at. */
    Collection<MetricId> published() {
        return data.published().get();
    }

    Series read(MetricStatQuery query) {
        return data.read(query);
    }

    List<Series> metrics() {
        return metrics;
    }

    Grid grid() {
        return grid;
    }

    /** @throws ExpressionException if an array becomes too large */
    Value value(Expression expression) {
        return switch (expression) {
            case Expression.Number number -> new Value.Scalar(number.value());
            case Expression.Reference reference -> results.get(reference.id());
            case Expression.Array array -> array(array);
            case Expression.Negation negation -> negated(value(negation.operand()));
            case Expression.Binary binary -> combined(value(binary.left()), value(binary.right()), binary.operator());
            case Expression.Call call -> Functions.find(call).apply(call, this);
            case Expression.Text text -> throw new IllegalStateException("typed as a value: " + text);
            case Expression.Word word -> throw new IllegalStateException("typed as a value: " + word);
        };
    }

    /** The value of an expression of type {@link Type#NUMBER}. */
    double number(Expression expression) {
        return ((Value.Scalar) value(expression)).number();
    }

    /** The value of an expression of type {@link Type#SERIES}. */
    Series series(Expression expression) {
        return ((Value.One) value(expression)).series();
    }

    /** The value of an expression of type {@link Type#ARRAY}. */
    List<Series> array(Expression expression) {
        return ((Value.Many) value(expression)).series();
    }

    private Value array(Expression.Array array) {
        List<Series> all = new ArrayList<>();
        for (Expression element : array.elements()) {
            switch (value(element)) {
                case Value.Scalar ignored -> throw new IllegalStateException("typed as a series: " + element);
                case Value.One one -> all.add(one.series());
                case Value.Many many -> all.addAll(many.series());
            }
            refuseTooMany(all.size(), array.at());
        }
        return new Value.Many(all);
    }

    void refuseTooMany(int series, Position at) {
        if (series > MAX_SERIES) {
            throw new ExpressionException(at, "expected at most " + MAX_SERIES + " time series, found " + series);
        }
    }

    private static Value negated(Value value) {
        return value instanceof Value.Scalar scalar
                ? new Value.Scalar(-scalar.number())
                : each(value, series -> series.map(number -> -number));
    }

    private static Value combined(Value left, Value right, Operator operator) {
        if (left instanceof Value.Scalar a && right instanceof Value.Scalar b) {
            return new Value.Scalar(operator.apply(a.number(), b.number()));
        }
        if (left instanceof Value.Scalar a) {
            return each(right, series -> series.map(b -> operator.apply(a.number(), b)));
        }
        return switch (right) {
            case Value.Scalar b -> each(left, series -> series.map(a -> operator.apply(a, b.number())));
            case Value.One b -> {
                boolean single = left instanceof Value.One;
                yield each(
                        left,
                        a -> Series.combine(a, b.series(), single ? Optional.empty() : a.source(), operator::apply));
            }
            case Value.Many many -> {
                Series a = ((Value.One) left).series();
                yield each(many, b -> Series.combine(a, b, b.source(), operator::apply));
            }
        };
    }

    static Value each(Value value, UnaryOperator<Series> function) {
        return switch (value) {
            case Value.One one -> new Value.One(function.apply(one.series()));
            case Value.Many many ->
                new Value.Many(many.series().stream().map(function).toList());
            case Value.Scalar scalar -> throw new IllegalStateException("typed as a series: " + scalar);
        };
    }
}
