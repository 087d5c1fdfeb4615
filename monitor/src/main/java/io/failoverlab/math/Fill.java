package io.failoverlab.math;

import java.util.List;
import java.util.function.UnaryOperator;

/**
 * {@code FILL(series, filler)} gives the missing points of a series, or of each of an array, a value: a number, that of another
 * series, the last one before the gap (REPEAT), or one on the line between both ends of the gap (LINEAR). Before the first point
 * there is nothing to repeat, and outside of all points no line, so those stay missing.
 */
final class Fill implements Function {
    private static final String REPEAT = "REPEAT";
    private static final String LINEAR = "LINEAR";

    @Override
    public Type type(Expression.Call call, Types types) {
        types.expectArguments(call, 2, 2);
        Type type = types.expect(call.arguments().getFirst(), Type.SERIES, Type.ARRAY);
        Expression filler = call.arguments().get(1);
        if (filler instanceof Expression.Word) {
            types.expectWord(filler, List.of(REPEAT, LINEAR));
        } else {
            types.expect(filler, Type.NUMBER, Type.SERIES);
        }
        return type;
    }

    @Override
    public Value apply(Expression.Call call, Evaluation evaluation) {
        Value filled = evaluation.value(call.arguments().getFirst());
        return Evaluation.each(filled, filler(call.arguments().get(1), evaluation));
    }

    private static UnaryOperator<Series> filler(Expression filler, Evaluation evaluation) {
        if (filler instanceof Expression.Word word) {
            return word.name().equals(REPEAT) ? Fill::repeat : Fill::linear;
        }
        return switch (evaluation.value(filler)) {
            case Value.Scalar scalar -> series -> fill(series, time -> scalar.number());
            case Value.One one -> series -> fill(series, one.series()::at);
            case Value.Many ignored -> throw new IllegalStateException("typed as no array: " + filler);
        };
    }

    /** What stands for a missing point; NaN for nothing. */
    private interface Filler {
        double at(long time);
    }

    private static Series fill(Series series, Filler filler) {
        long[] times = series.allTimes();
        Series.Builder filled = new Series.Builder(series.grid(), series.source(), times.length);
        for (long time : times) {
            double value = series.at(time);
            filled.add(time, Double.isNaN(value) ? filler.at(time) : value);
        }
        return filled.build();
    }

    private static Series repeat(Series series) {
        return fill(series, time -> {
            int before = series.before(time);
            return before < 0 ? Double.NaN : series.value(before);
        });
    }

    private static Series linear(Series series) {
        return fill(series, time -> {
            int before = series.before(time);
            if (before < 0 || before + 1 == series.size()) {
                return Double.NaN;
            }
            double part = (double) (time - series.time(before)) / (series.time(before + 1) - series.time(before));
            return series.value(before) * (1 - part) + series.value(before + 1) * part;
        });
    }
}
