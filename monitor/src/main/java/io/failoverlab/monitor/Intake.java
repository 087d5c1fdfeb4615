package io.failoverlab.monitor;

import io.failoverlab.alarm.AlarmEngine;
import io.failoverlab.live.LiveHub;
import io.failoverlab.metric.Datum;
import io.failoverlab.metric.MetricId;
import io.failoverlab.metric.MetricSink;
import io.failoverlab.store.MetricStore;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/** The way of a datapoint: into the store, to the alarms on it, and, when its second is over, to those who watch. */
final class Intake implements MetricSink {
    private final MetricStore store;
    private final AlarmEngine alarms;
    private final LiveHub live;
    private final InstantSource clock;
    /** Seconds whose data changed since they were last shown. */
    private final Set<Long> touched = ConcurrentHashMap.newKeySet();

    Intake(MetricStore store, AlarmEngine alarms, LiveHub live, InstantSource clock) {
        this.store = store;
        this.alarms = alarms;
        this.live = live;
        this.clock = clock;
        long now = clock.instant().getEpochSecond();
        for (long second = now - MetricStore.RECENT_SECONDS; second < now; second++) {
            touched.add(second); // what an earlier monitor left in the store
        }
    }

    @Override
    public void accept(List<Datum> data) {
        store.add(data);
        Set<MetricId> metrics = new HashSet<>();
        for (Datum datum : data) {
            metrics.add(datum.stream().metric());
            touched.add(datum.second());
        }
        alarms.dataArrived(metrics);
    }

    /** Shows the finished seconds that changed since the last call; to be called once a second. */
    void showFinishedSeconds() {
        long now = clock.instant().getEpochSecond();
        SortedSet<Long> due = new TreeSet<>(touched);
        for (long second : due.headSet(now)) {
            touched.remove(second);
            var values = store.second(second);
            if (!values.isEmpty()) {
                live.second(Instant.ofEpochSecond(second), values);
            }
        }
    }
}
