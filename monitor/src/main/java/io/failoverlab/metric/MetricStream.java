package io.failoverlab.metric;

import java.util.Objects;

/** The datapoints of one metric in one unit; CloudWatch keeps each unit apart. */
public record MetricStream(MetricId metric, Unit unit) {
    public MetricStream {
        Objects.requireNonNull(metric, "metric");
        Objects.requireNonNull(unit, "unit");
    }

    /** As a record's own, which the JVM's fast compiler, the only one that the monitor is started with, makes slow code of. */
    @Override
    public boolean equals(Object other) {
        return this == other || other instanceof MetricStream that && unit == that.unit && metric.equals(that.metric);
    }

    @Override
    public int hashCode() {
        return metric.hashCode() * 31 + unit.ordinal();
    }
}
