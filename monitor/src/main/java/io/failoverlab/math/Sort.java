package io.failoverlab.math;

import java.util.Comparator;
import java.util.List;

/**
 * {@code SORT(array, AVG, DESC, limit)}: the series in the order of their average, minimum, maximum or sum, all or only the first
 * few. A series without points comes last in either order.
 */
final class Sort implements Function {
    private static final List<String> FUNCTIONS = List.of("AVG", "MIN", "MAX", "SUM");
    private static final String DESCENDING = "DESC";

    @Override
    public Type type(Expression.Call call, Types types) {
        types.expectArguments(call, 3, 4);
        types.expect(call.arguments().getFirst(), Type.ARRAY);
        types.expectWord(call.arguments().get(1), FUNCTIONS);
        types.expectWord(call.arguments().get(2), List.of("ASC", DESCENDING));
        call.arguments().stream().skip(3).forEach(limit -> types.expect(limit, Type.NUMBER));
        return Type.ARRAY;
    }

    @Override
    public Value apply(Expression.Call call, Evaluation evaluation) {
        Reduction function = Reduction.valueOf(call.arguments().get(1).toString());
        int sign = call.arguments().get(2).toString().equals(DESCENDING) ? -1 : 1;
        record Ranked(Series series, boolean empty, double key) {}
        List<Series> array = evaluation.array(call.arguments().getFirst());
        double limit = call.arguments().size() < 4
                ? array.size()
                : evaluation.number(call.arguments().get(3));
        return new Value.Many(array.stream()
                .map(series -> new Ranked(series, series.size() == 0, sign * function.of(series)))
                .sorted(Comparator.comparing(Ranked::empty).thenComparingDouble(Ranked::key))
                .limit((long) Math.max(0, limit))
                .map(Ranked::series)
                .toList());
    }
}
