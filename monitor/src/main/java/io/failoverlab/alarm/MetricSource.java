package io.failoverlab.alarm;

import io.failoverlab.metric.MetricId;
import io.failoverlab.metric.Statistic;
import io.failoverlab.metric.Unit;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * One statistic of one metric.
 *
 * @param unit only datapoints of this unit, or all if empty
 * @param period length of a period in seconds
 */
public record MetricSource(MetricId metric, Optional<Unit> unit, Statistic statistic, int period)
        implements AlarmSource {
    public MetricSource {
        Objects.requireNonNull(metric, "metric");
        Objects.requireNonNull(unit, "unit");
        Objects.requireNonNull(statistic, "statistic");
        if (period < 1) {
            throw new IllegalArgumentException("period must be positive, found " + period);
        }
    }

    @Override
    public Set<MetricId> metrics() {
        return Set.of(metric);
    }

    @Override
    public String inWords() {
        return statistic + " " + metric.name();
    }
}
