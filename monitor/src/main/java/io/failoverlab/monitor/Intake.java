package io.failoverlab.monitor;

import io.failoverlab.alarm.AlarmEngine;
import io.failoverlab.metric.Datum;
import io.failoverlab.metric.MetricId;
import io.failoverlab.metric.MetricSink;
import io.failoverlab.store.RegionMetrics;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;

/** The way of a datapoint: into the store, then to the alarms on it. */
final class Intake implements MetricSink {
    private final RegionMetrics store;
    private final AlarmEngine alarms;
    private final LongConsumer changed;

    /** @param changed told of each second whose data changed */
    Intake(RegionMetrics store, AlarmEngine alarms, LongConsumer changed) {
        this.store = store;
        this.alarms = alarms;
        this.changed = changed;
    }

    @Override
    public void accept(List<Datum> data) {
        store.add(data);
        List<MetricId> metrics = new ArrayList<>(data.size());
        long told = Long.MIN_VALUE;
        for (Datum datum : data) {
            metrics.add(datum.stream().metric());
            if (datum.second() != told) { // most come together
                told = datum.second();
                changed.accept(told);
            }
        }
        alarms.dataArrived(metrics);
    }
}
