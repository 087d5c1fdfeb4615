package io.failoverlab.math;

import java.util.List;

/** {@code SLICE(array, from, to)}: the series from one index on (counted from 0) up to, not including, another or to the end. */
final class Slice implements Function {
    @Override
    public Type type(Expression.Call call, Types types) {
        types.expectArguments(call, 2, 3);
        types.expect(call.arguments().getFirst(), Type.ARRAY);
        call.arguments().stream().skip(1).forEach(index -> types.expect(index, Type.NUMBER));
        return Type.ARRAY;
    }

    @Override
    public Value apply(Expression.Call call, Evaluation evaluation) {
        List<Series> array = evaluation.array(call.arguments().getFirst());
        int from = index(call.arguments().get(1), evaluation, array.size());
        int to = call.arguments().size() < 3
                ? array.size()
                : index(call.arguments().get(2), evaluation, array.size());
        return new Value.Many(array.subList(from, Math.max(from, to)));
    }

    private static int index(Expression argument, Evaluation evaluation, int size) {
        return (int) Math.clamp(evaluation.number(argument), 0.0, size);
    }
}
