package io.failoverlab.math;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.function.ToDoubleFunction;

/** A part of the date and time of every period of a series, in UTC; gaps of the series do not matter. */
record Calendar(ToDoubleFunction<ZonedDateTime> part) implements Function {
    @Override
    public Type type(Expression.Call call, Types types) {
        types.expectArguments(call, 1, 1);
        return types.expect(call.arguments().getFirst(), Type.SERIES);
    }

    @Override
    public Value apply(Expression.Call call, Evaluation evaluation) {
        Series series = evaluation.series(call.arguments().getFirst());
        long[] times = series.allTimes();
        Series.Builder parts = new Series.Builder(series.grid(), series.source(), times.length);
        for (long time : times) {
            parts.add(time, part.applyAsDouble(Instant.ofEpochSecond(time).atZone(ZoneOffset.UTC)));
        }
        return new Value.One(parts.build());
    }
}
