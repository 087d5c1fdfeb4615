package io.failoverlab.api;

import io.failoverlab.alarm.AlarmEngine;
import io.failoverlab.metric.MetricSink;
import io.failoverlab.metric.Scope;
import io.failoverlab.store.RegionMetrics;
import java.util.Objects;
import java.util.Optional;

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

    /** Finds what belongs to a scope. */
    @FunctionalInterface
    public interface Directory {
        /** Makes it when it is asked for first; empty if there are as many as there may be. */
        Optional<CloudWatchRegion> of(Scope scope);
    }
}
