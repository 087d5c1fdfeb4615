package io.failoverlab.math;

/** {@code PERIOD(m1)}: the period of a metric in seconds. */
final class Period implements Function {
    @Override
    public Type type(Expression.Call call, Types types) {
        types.expectArguments(call, 1, 1);
        types.expectMetric(call.arguments().getFirst());
        return Type.NUMBER;
    }

    @Override
    public Value apply(Expression.Call call, Evaluation evaluation) {
        return new Value.Scalar(
                evaluation.series(call.arguments().getFirst()).grid().period());
    }
}
