package io.failoverlab.alarm;

import io.failoverlab.metric.Aggregate;
import io.failoverlab.metric.MetricId;
import io.failoverlab.metric.MetricQuery;
import io.failoverlab.metric.MetricReader;
import io.failoverlab.metric.Unit;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** Datapoints in memory, all without unit; can be told to fail. */
final class FakeMetrics implements MetricReader {
    private final Map<MetricId, SortedMap<Long, Aggregate>> seconds = new HashMap<>();

    /** A metric that cannot be read. */
    MetricId failing;

    void put(MetricId metric, Instant time, double value) {
        seconds.computeIfAbsent(metric, m -> new TreeMap<>())
                .merge(time.getEpochSecond(), Aggregate.ofValue(value), Aggregate::plus);
    }

    @Override
    public SortedMap<Instant, Aggregate> read(MetricQuery query) {
        if (query.metric().equals(failing)) {
            throw new IllegalStateException("disk broken");
        }
        SortedMap<Instant, Aggregate> windows = new TreeMap<>();
        seconds.getOrDefault(query.metric(), new TreeMap<>())
                .subMap(query.start().getEpochSecond(), query.end().getEpochSecond())
                .forEach((second, value) -> windows.merge(query.window(second), value, Aggregate::plus));
        return windows;
    }

    @Override
    public Set<Unit> units(MetricId metric) {
        return Set.of(Unit.NONE);
    }

    @Override
    public Map<MetricId, Instant> lastSeen(String namespace, String name) {
        Map<MetricId, Instant> seen = new HashMap<>();
        seconds.forEach((metric, data) -> {
            if (metric.namespace().equals(namespace) && metric.name().equals(name)) {
                seen.put(metric, Instant.ofEpochSecond(data.lastKey()));
            }
        });
        return seen;
    }
}
