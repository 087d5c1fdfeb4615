package io.failoverlab.math;

/** {@code METRICS()}: all metrics that are asked for together, or those whose id contains a text, in the order of the queries. */
final class Metrics implements Function {
    static final String NAME = "METRICS";

    @Override
    public Type type(Expression.Call call, Types types) {
        types.expectArguments(call, 0, 1);
        call.arguments().forEach(argument -> types.expect(argument, Type.STRING));
        return Type.ARRAY;
    }

    @Override
    public Value apply(Expression.Call call, Evaluation evaluation) {
        return new Value.Many(evaluation.metrics().stream()
                .filter(series -> isMeant(call, series.source().orElseThrow().id()))
                .toList());
    }

    /** Whether the call asks for the metric of this id. */
    static boolean isMeant(Expression.Call call, String id) {
        return call.arguments().isEmpty()
                || call.arguments().getFirst() instanceof Expression.Text text && id.contains(text.value());
    }
}
