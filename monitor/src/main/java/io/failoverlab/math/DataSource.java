package io.failoverlab.math;

import io.failoverlab.metric.MetricId;
import io.failoverlab.metric.MetricQuery;
import io.failoverlab.metric.MetricReader;
import io.failoverlab.metric.Statistic;
import java.util.Collection;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.function.Supplier;

/**
 * Where queries read from.
 *
 * @param published all metrics that have been published lately
 * @param grids the periods to look at, for each length of period in seconds
 */
record DataSource(MetricReader reader, Supplier<? extends Collection<MetricId>> published, IntFunction<Grid> grids) {
    Series read(MetricStatQuery query) {
        Statistic statistic = query.statistic();
        Grid grid = grids.apply(query.period());
        Series.Builder series = new Series.Builder(grid, Optional.of(query), 0);
        reader.read(new MetricQuery(
                        query.metric(),
                        query.unit(),
                        grid.start(),
                        grid.period(),
                        grid.count(),
                        statistic.needsDistribution()))
                .forEach((start, data) ->
                        statistic.of(data).ifPresent(value -> series.add(start.getEpochSecond(), value)));
        return series.build();
    }
}
