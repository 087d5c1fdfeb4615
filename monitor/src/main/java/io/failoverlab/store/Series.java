package io.failoverlab.store;

import io.failoverlab.metric.MetricStream;

/** A stream of datapoints and the number under which the file knows it. Equal only to itself. */
final class Series {
    final int id;
    final MetricStream stream;
    /** Of the newest datapoint, as epoch second. Guarded by the lock of the store. */
    long lastSecond = Long.MIN_VALUE;

    Series(int id, MetricStream stream) {
        this.id = id;
        this.stream = stream;
    }
}
