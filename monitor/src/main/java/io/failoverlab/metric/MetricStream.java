package io.failoverlab.metric;

import java.util.Objects;

/** The datapoints of one metric in one unit; CloudWatch keeps each unit apart. */
public record MetricStream(MetricId metric, Unit unit) {
    public MetricStream {
        Objects.requireNonNull(metric, "metric");
        Objects.requireNonNull(unit, "unit");
    }
}
