package io.failoverlab.math;

import io.failoverlab.metric.MetricQuery;
import io.failoverlab.metric.MetricReader;
import io.failoverlab.metric.Statistic;
import java.util.Optional;

/** Reads the series of a query of a metric. */
final class MetricSeries {
    private MetricSeries() {}

    static Series read(MetricStatQuery query, MetricReader reader, Grid grid) {
        Statistic statistic = query.statistic();
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
