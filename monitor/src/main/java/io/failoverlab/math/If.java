package io.failoverlab.math;

import java.util.Optional;

/**
 * {@code IF(condition, then, otherwise)}, point by point where the condition is a series: 0 is false, all else is true. Where it is
 * true, a missing point of {@code then} counts as 0; where it is false, a missing point of {@code otherwise} drops the point, as
 * does a missing {@code otherwise} (CloudWatch User Guide, "Using IF expressions").
 */
final class If implements Function {
    @Override
    public Type type(Expression.Call call, Types types) {
        types.expectArguments(call, 2, 3);
        return call.arguments().stream()
                        .map(argument -> types.expect(argument, Type.NUMBER, Type.SERIES))
                        .toList()
                        .contains(Type.SERIES)
                ? Type.SERIES
                : Type.NUMBER;
    }

    @Override
    public Value apply(Expression.Call call, Evaluation evaluation) {
        Value then = evaluation.value(call.arguments().get(1));
        Value otherwise = call.arguments().size() < 3
                ? new Value.Scalar(Double.NaN)
                : evaluation.value(call.arguments().get(2));
        return switch (evaluation.value(call.arguments().getFirst())) {
            case Value.Scalar condition -> condition.number() != 0 ? whole(then, otherwise) : whole(otherwise, then);
            case Value.One condition -> new Value.One(pointByPoint(condition.series(), then, otherwise));
            case Value.Many ignored -> throw new IllegalStateException("typed as no array: " + call);
        };
    }

    /** A number becomes a series where the other choice is one, since the type must not depend on the data. */
    private static Value whole(Value chosen, Value other) {
        return chosen instanceof Value.Scalar scalar && other instanceof Value.One one
                ? new Value.One(Series.everywhere(one.series().grid(), Optional.empty(), scalar.number()))
                : chosen;
    }

    private static Series pointByPoint(Series condition, Value then, Value otherwise) {
        Series.Builder chosen = new Series.Builder(condition.grid(), Optional.empty(), condition.size());
        for (int i = 0; i < condition.size(); i++) {
            long time = condition.time(i);
            chosen.add(time, condition.value(i) != 0 ? at(then, time, 0) : at(otherwise, time, Double.NaN));
        }
        return chosen.build();
    }

    private static double at(Value value, long time, double missing) {
        return switch (value) {
            case Value.Scalar scalar -> scalar.number();
            case Value.One one -> {
                double found = one.series().at(time);
                yield Double.isNaN(found) ? missing : found;
            }
            case Value.Many ignored -> throw new IllegalStateException("typed as no array");
        };
    }
}
