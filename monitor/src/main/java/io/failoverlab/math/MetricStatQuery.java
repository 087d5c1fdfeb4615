package io.failoverlab.math;

import io.failoverlab.metric.MetricId;
import io.failoverlab.metric.Statistic;
import io.failoverlab.metric.Unit;
import java.util.Objects;
import java.util.Optional;

/**
 * Reads one statistic of a metric.
 *
 * @param unit only datapoints of this unit, or all combined if empty
 * @param period length of a period in seconds, positive
 */
public record MetricStatQuery(
        String id,
        Optional<String> label,
        boolean returnData,
        MetricId metric,
        Optional<Unit> unit,
        Statistic statistic,
        int period)
        implements Query {
    public MetricStatQuery {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(label, "label");
        Objects.requireNonNull(metric, "metric");
        Objects.requireNonNull(unit, "unit");
        Objects.requireNonNull(statistic, "statistic");
        if (period < 1) {
            throw new IllegalArgumentException("period must be positive, found " + period);
        }
    }
}
