package io.failoverlab.store;

import io.failoverlab.metric.MetricStream;
import io.failoverlab.metric.Scope;

/**
 * A stream of datapoints of one storage resolution, the number under which the file knows it, and what of it is in memory. Equal
 * only to itself. What changes is guarded by the lock of the store.
 */
final class Series {
    final int id;
    final Scope scope;
    final MetricStream stream;
    /** That of its datapoints: seconds or minutes. */
    final Resolution base;
    /** Of the newest datapoint, as epoch second. */
    volatile long lastSecond = Long.MIN_VALUE;
    /** Everything from {@link MetricStore}'s {@code recentFrom} on. */
    Points recent = new Points(true);
    /** What is older, and in no chunk yet. */
    Points late = new Points(true);
    /** Minutes without values from {@code minutesFrom} on; null until somebody asks for those that an earlier monitor left. */
    volatile Points minutes;

    Series(int id, Scope scope, MetricStream stream, Resolution base) {
        this.id = id;
        this.scope = scope;
        this.stream = stream;
        this.base = base;
    }
}
