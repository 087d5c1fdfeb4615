package io.failoverlab.math;

import java.util.Optional;

/** {@code TIME_SERIES(5)}: a number in every period. */
final class TimeSeries implements Function {
    @Override
    public Type type(Expression.Call call, Types types) {
        types.expectArguments(call, 1, 1);
        types.expect(call.arguments().getFirst(), Type.NUMBER);
        return Type.SERIES;
    }

    @Override
    public Value apply(Expression.Call call, Evaluation evaluation) {
        double number = evaluation.number(call.arguments().getFirst());
        return new Value.One(Series.everywhere(evaluation.grid(), Optional.empty(), number));
    }
}
