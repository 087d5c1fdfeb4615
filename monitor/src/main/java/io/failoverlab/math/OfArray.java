package io.failoverlab.math;

import java.util.List;
import java.util.function.BiFunction;

/** A function of an array of series alone. */
record OfArray(Type type, BiFunction<List<Series>, Grid, Value> function) implements Function {
    @Override
    public Type type(Expression.Call call, Types types) {
        types.expectArguments(call, 1, 1);
        types.expect(call.arguments().getFirst(), Type.ARRAY);
        return type;
    }

    @Override
    public Value apply(Expression.Call call, Evaluation evaluation) {
        return function.apply(evaluation.array(call.arguments().getFirst()), evaluation.grid());
    }
}
