package io.failoverlab.monitor;

import io.failoverlab.live.LiveHub;
import io.failoverlab.live.LiveMessage.Series;
import io.failoverlab.live.LiveMessage.Tick;
import io.failoverlab.live.LivePast;
import io.failoverlab.metric.MetricId;
import io.failoverlab.metric.MetricQuery;
import io.failoverlab.metric.MetricStream;
import io.failoverlab.metric.Unit;
import io.failoverlab.store.MetricListing;
import io.failoverlab.store.RegionMetrics;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The seconds of the lab's own region that the store still has, an earlier monitor's, too. */
record StoredSeconds(RegionMetrics store) implements LivePast {
    @Override
    public List<Tick> ticks(Instant from, Instant to) {
        Map<Instant, List<Series>> seconds = new TreeMap<>();
        for (MetricListing listing : store.metrics()) {
            MetricId metric = listing.metric();
            if (LiveHub.shows(metric.namespace()) && !listing.newest().isBefore(from)) {
                store.units(metric).forEach(unit -> read(metric, unit, from, to, seconds));
            }
        }
        return seconds.entrySet().stream()
                .map(second -> new Tick(second.getKey(), second.getValue()))
                .toList();
    }

    private void read(MetricId metric, Unit unit, Instant from, Instant to, Map<Instant, List<Series>> seconds) {
        int count = (int) Duration.between(from, to).toSeconds();
        MetricStream stream = new MetricStream(metric, unit);
        store.read(new MetricQuery(metric, Optional.of(unit), from, 1, count, true))
                .forEach((second, value) -> seconds.computeIfAbsent(second, unseen -> new ArrayList<>())
                        .add(LiveHub.series(stream, value)));
    }
}
