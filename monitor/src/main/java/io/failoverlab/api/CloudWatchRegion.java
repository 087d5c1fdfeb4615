package io.failoverlab.api;

import io.failoverlab.alarm.AlarmEngine;
import io.failoverlab.metric.MetricSink;
import io.failoverlab.metric.Scope;
import io.failoverlab.store.RegionMetrics;
import java.util.Objects;

/**
 * What one account has in one region.
 *
 * @param sink takes the datapoints that {@code metrics} then holds
 */
public record CloudWatchRegion(Scope scope, MetricSink sink, RegionMetrics metrics, AlarmEngine alarms) {
    public CloudWatchRegion {
        Objects.requireNonNull(scope, "scope");
        Objects.requireNonNull(sink, "sink");
        Objects.requireNonNull(metrics, "metrics");
        Objects.requireNonNull(alarms, "alarms");
    }

    /** Finds what belongs to a scope, making it when it is asked for first. */
    @FunctionalInterface
    public interface Directory {
        CloudWatchRegion of(Scope scope);
    }
}
