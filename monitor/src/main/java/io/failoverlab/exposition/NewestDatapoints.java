package io.failoverlab.exposition;

import io.failoverlab.metric.Aggregate;
import io.failoverlab.metric.MetricId;
import io.failoverlab.metric.MetricQuery;
import io.failoverlab.metric.MetricStream;
import io.failoverlab.metric.Unit;
import io.failoverlab.store.MetricListing;
import io.failoverlab.store.RegionMetrics;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/**
 * Finds the newest datapoint of every stream whose second, or minute if it is kept by the minute, is over. One older than five
 * minutes is none: for so long Prometheus takes a sample for the present value (its look-back).
 */
final class NewestDatapoints {
    private static final int LOOK_BACK = 300;
    /** Most streams have a datapoint in each second; the others are looked up one by one. */
    private static final int SECONDS_READ_WHOLE = 3;

    private final RegionMetrics metrics;
    private final InstantSource clock;

    /** @param at start of its period */
    record Datapoint(MetricStream stream, Instant at, Aggregate value) {}

    NewestDatapoints(RegionMetrics metrics, InstantSource clock) {
        this.metrics = metrics;
        this.clock = clock;
    }

    /** In no order. */
    List<Datapoint> find() {
        long now = clock.instant().getEpochSecond();
        Map<MetricStream, Datapoint> found = new HashMap<>();
        for (long second = now - 1; second >= now - SECONDS_READ_WHOLE; second--) {
            Instant at = Instant.ofEpochSecond(second);
            metrics.second(second)
                    .forEach((stream, value) -> found.putIfAbsent(stream, new Datapoint(stream, at, value)));
        }
        List<Datapoint> all = new ArrayList<>(found.values());
        for (MetricListing listing : metrics.metrics()) {
            if (listing.newest().getEpochSecond() >= now - LOOK_BACK) {
                for (Unit unit : metrics.units(listing.metric())) {
                    MetricStream stream = new MetricStream(listing.metric(), unit);
                    if (!found.containsKey(stream)) {
                        newest(stream, now, 1).or(() -> newest(stream, now, 60)).ifPresent(all::add);
                    }
                }
            }
        }
        return all;
    }

    private Optional<Datapoint> newest(MetricStream stream, long now, int period) {
        MetricId metric = stream.metric();
        int count = LOOK_BACK / period;
        Instant start = Instant.ofEpochSecond((now / period - count) * period);
        SortedMap<Instant, Aggregate> data =
                metrics.read(new MetricQuery(metric, Optional.of(stream.unit()), start, period, count, true));
        return data.isEmpty()
                ? Optional.empty()
                : Optional.of(new Datapoint(stream, data.lastKey(), data.get(data.lastKey())));
    }
}
