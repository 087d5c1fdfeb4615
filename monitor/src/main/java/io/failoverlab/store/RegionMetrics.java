package io.failoverlab.store;

import io.failoverlab.metric.Aggregate;
import io.failoverlab.metric.Datum;
import io.failoverlab.metric.MetricId;
import io.failoverlab.metric.MetricQuery;
import io.failoverlab.metric.MetricReader;
import io.failoverlab.metric.MetricStream;
import io.failoverlab.metric.Scope;
import io.failoverlab.metric.Unit;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** The metrics of one account in one region: its part of the {@link MetricStore}. */
public final class RegionMetrics implements MetricReader {
    private final Scope scope;
    private final MetricStore store;
    /** All guarded by the store's lock. */
    private final Map<Key, Series> byStream = new HashMap<>();

    private final Map<MetricId, List<Series>> byMetric = new HashMap<>();
    private final Map<String, List<Series>> byNamespace = new HashMap<>();

    /** Compared as {@link MetricStream} is, for the same reason. */
    private record Key(MetricStream stream, Resolution base) {
        @Override
        public boolean equals(Object other) {
            return other instanceof Key that && base == that.base && stream.equals(that.stream);
        }

        @Override
        public int hashCode() {
            return stream.hashCode() * 31 + base.ordinal();
        }
    }

    RegionMetrics(Scope scope, MetricStore store) {
        this.scope = scope;
        this.store = store;
    }

    Scope scope() {
        return scope;
    }

    void index(Series series) {
        byStream.put(new Key(series.stream, series.base), series);
        byMetric.computeIfAbsent(series.stream.metric(), m -> new ArrayList<>(1))
                .add(series);
        byNamespace
                .computeIfAbsent(series.stream.metric().namespace(), n -> new ArrayList<>())
                .add(series);
    }

    /** Null if there is none yet. */
    Series seriesOf(MetricStream stream, Resolution base) {
        return byStream.get(new Key(stream, base));
    }

    Map<String, List<Series>> byNamespace() {
        return byNamespace;
    }

    List<Series> seriesOf(MetricId metric) {
        return byMetric.getOrDefault(metric, List.of());
    }

    List<MetricListing> listing() {
        List<MetricListing> found = new ArrayList<>(byMetric.size());
        byMetric.forEach((metric, series) -> {
            long newest = series.stream().mapToLong(one -> one.lastSecond).max().orElseThrow();
            found.add(new MetricListing(metric, Instant.ofEpochSecond(newest)));
        });
        return found;
    }

    /** Adds datapoints. They are readable when this returns. */
    public void add(List<Datum> data) {
        store.add(this, data);
    }

    @Override
    public SortedMap<Instant, Aggregate> read(MetricQuery query) {
        return store.read(this, query);
    }

    @Override
    public Set<Unit> units(MetricId metric) {
        return store.units(this, metric);
    }

    @Override
    public Map<MetricId, Instant> lastSeen(String namespace, String name) {
        return metrics().stream()
                .filter(listing -> listing.metric().namespace().equals(namespace)
                        && listing.metric().name().equals(name))
                .collect(Collectors.toMap(MetricListing::metric, MetricListing::newest));
    }

    /** Every metric that has datapoints, in no order. */
    public List<MetricListing> metrics() {
        return store.metrics(this);
    }

    /** All series that have data in one of the last five minutes' seconds. */
    public Map<MetricStream, Aggregate> second(long epochSecond) {
        return second(epochSecond, namespace -> true);
    }

    /** As {@link #second(long)}, only of the namespaces wanted. */
    public Map<MetricStream, Aggregate> second(long epochSecond, Predicate<String> wanted) {
        return store.second(this, epochSecond, wanted);
    }
}
