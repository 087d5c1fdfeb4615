package io.failoverlab.math;

import java.util.function.UnaryOperator;

/** A function of one series, or of each series of an array. */
record EachSeries(UnaryOperator<Series> function) implements Function {
    @Override
    public Type type(Expression.Call call, Types types) {
        types.expectArguments(call, 1, 1);
        return types.expect(call.arguments().getFirst(), Type.SERIES, Type.ARRAY);
    }

    @Override
    public Value apply(Expression.Call call, Evaluation evaluation) {
        return Evaluation.each(evaluation.value(call.arguments().getFirst()), function);
    }
}
