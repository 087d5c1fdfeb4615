package io.failoverlab.monitor;

import io.failoverlab.live.LiveHub;
import io.failoverlab.store.MetricStore;
import io.failoverlab.store.RegionMetrics;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/** Shows the seconds of the lab's own region to those who watch, each when it is over. */
final class LiveSeconds {
    private final RegionMetrics store;
    private final LiveHub live;
    private final InstantSource clock;
    /** Seconds whose data changed since they were last shown. */
    private final Set<Long> touched = ConcurrentHashMap.newKeySet();

    LiveSeconds(RegionMetrics store, LiveHub live, InstantSource clock) {
        this.store = store;
        this.live = live;
        this.clock = clock;
        long now = clock.instant().getEpochSecond();
        for (long second = now - MetricStore.RECENT_SECONDS; second < now; second++) {
            touched.add(second); // what an earlier monitor left in the store
        }
    }

    void touch(long second) {
        touched.add(second);
    }

    /** Shows the finished seconds that changed since the last call; to be called once a second. */
    void showFinished() {
        long now = clock.instant().getEpochSecond();
        SortedSet<Long> due = new TreeSet<>(touched);
        for (long second : due.headSet(now)) {
            touched.remove(second);
            var values = store.second(second, LiveHub::shows);
            if (!values.isEmpty()) {
                live.second(Instant.ofEpochSecond(second), values);
            }
        }
    }
}
