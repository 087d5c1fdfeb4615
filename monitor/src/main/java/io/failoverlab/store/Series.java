package io.failoverlab.store;

import io.failoverlab.metric.MetricStream;
import io.failoverlab.metric.Scope;

/** A stream of datapoints and the number under which the file knows it. Equal only to itself. */
final class Series {
    final int id;
    final Scope scope;
    final MetricStream stream;
    /** Of the newest datapoint, as epoch second. Guarded by the lock of the store. */
    long lastSecond = Long.MIN_VALUE;

    Series(int id, Scope scope, MetricStream stream) {
        this.id = id;
        this.scope = scope;
        this.stream = stream;
    }
}
