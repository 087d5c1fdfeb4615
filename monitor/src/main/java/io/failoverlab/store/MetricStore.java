package io.failoverlab.store;

import io.failoverlab.metric.Aggregate;
import io.failoverlab.metric.Datum;
import io.failoverlab.metric.MetricId;
import io.failoverlab.metric.MetricQuery;
import io.failoverlab.metric.MetricStream;
import io.failoverlab.metric.Rollup;
import io.failoverlab.metric.Scope;
import io.failoverlab.metric.Unit;
import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.Counter;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The datapoints, one aggregate for each series and second. The last five minutes are kept in memory, where alarms and the live
 * view read them; all is written to the file in one batch whenever {@link #flush} is called, which is once a second: kill -9 costs
 * at most what arrived since. Readers see everything that was accepted, written or not.
 */
public final class MetricStore {
    /** Seconds kept in memory. */
    public static final int RECENT_SECONDS = 300;

    private static final Logger LOG = LoggerFactory.getLogger(MetricStore.class);
    /** About 100 MB: how much waits for a disk that refuses to be written. */
    private static final int MAX_UNWRITTEN = 500_000;

    private final MetricTables tables;
    private final InstantSource clock;
    private final Counter written;
    private final Counter dropped;

    private final ReentrantLock lock = new ReentrantLock();
    private final ReentrantLock flushing = new ReentrantLock();
    private final Map<Scope, RegionMetrics> regions = new ConcurrentHashMap<>();
    private int lastSeries;
    /** All data from {@link #recentFrom} on, by second. */
    private final NavigableMap<Long, Map<Series, Aggregate>> recent = new TreeMap<>();
    /** What is not in the file yet; {@link #unwrittenOlder} of both counts for reading. */
    private Map<Cell, Aggregate> pending = new HashMap<>();

    private Map<Cell, Aggregate> inFlight = new HashMap<>();
    private List<Series> newSeries = new ArrayList<>();
    private long recentFrom;
    private long committedBatch;

    private record Cell(Series series, long second) {}

    public MetricStore(Database database, InstantSource clock, CollectorRegistry registry) {
        this.tables = new MetricTables(database);
        this.clock = clock;
        this.written = Counter.build("failoverlab_points_written_total", "Series-seconds written to the store.")
                .register(registry);
        this.dropped = Counter.build("failoverlab_points_dropped_total", "Series-seconds that could not be written.")
                .register(registry);
        this.committedBatch = tables.lastBatch();
        this.recentFrom = clock.instant().getEpochSecond() - RECENT_SECONDS;
        for (Series series : tables.loadSeries()) {
            in(series.scope).index(series);
            lastSeries = Math.max(lastSeries, series.id);
            if (series.lastSecond >= recentFrom) {
                tables.read(
                        series,
                        recentFrom,
                        Long.MAX_VALUE,
                        committedBatch,
                        true,
                        (second, value) -> recent.computeIfAbsent(second, s -> new HashMap<>())
                                .merge(series, value, Aggregate::plus));
            }
        }
    }

    /** The metrics of an account in a region. */
    public RegionMetrics in(Scope scope) {
        return regions.computeIfAbsent(scope, s -> new RegionMetrics(s, this));
    }

    void add(RegionMetrics region, List<Datum> data) {
        lock.lock();
        try {
            for (Datum datum : data) {
                Series series = region.seriesOf(datum.stream());
                if (series == null) {
                    series = new Series(++lastSeries, region.scope(), datum.stream());
                    region.index(series);
                    newSeries.add(series);
                }
                long second = datum.second();
                series.lastSecond = Math.max(series.lastSecond, second);
                pending.merge(new Cell(series, second), datum.value(), Aggregate::plus);
                if (second >= recentFrom) {
                    recent.computeIfAbsent(second, s -> new HashMap<>()).merge(series, datum.value(), Aggregate::plus);
                }
            }
        } finally {
            lock.unlock();
        }
    }

    /** Writes what arrived since the last call. If the file refuses, the next call tries again. */
    public void flush() {
        flushing.lock();
        try {
            List<Series> series = beginFlush();
            if (!inFlight.isEmpty() || !series.isEmpty()) {
                writeInFlight(series);
            }
            forgetOld();
        } finally {
            flushing.unlock();
        }
    }

    private List<Series> beginFlush() {
        lock.lock();
        try {
            inFlight = pending;
            pending = new HashMap<>();
            List<Series> series = newSeries;
            newSeries = new ArrayList<>();
            return series;
        } finally {
            lock.unlock();
        }
    }

    private void writeInFlight(List<Series> series) {
        long batch = committedBatch + 1;
        List<MetricTables.Row> rows = inFlight.entrySet().stream()
                .map(entry -> new MetricTables.Row(
                        entry.getKey().series(), entry.getKey().second(), entry.getValue()))
                .toList();
        try {
            tables.append(batch, series, rows);
            written.inc(rows.size());
            lock.lock();
            try {
                committedBatch = batch;
                inFlight = new HashMap<>();
            } finally {
                lock.unlock();
            }
        } catch (StoreException e) {
            LOG.error("{} datapoints wait for the next second", rows.size(), e);
            takeBack(series);
        }
    }

    private void takeBack(List<Series> series) {
        lock.lock();
        try {
            newSeries.addAll(series);
            if (pending.size() + inFlight.size() > MAX_UNWRITTEN) {
                dropped.inc(inFlight.size());
                LOG.error("{} datapoints were dropped, the store has not been writable for too long", inFlight.size());
            } else {
                inFlight.forEach((cell, value) -> pending.merge(cell, value, Aggregate::plus));
            }
            inFlight = new HashMap<>();
        } finally {
            lock.unlock();
        }
    }

    private void forgetOld() {
        lock.lock();
        try {
            // never backwards: what was forgotten stays forgotten when the clock is set back
            recentFrom = Math.max(recentFrom, clock.instant().getEpochSecond() - RECENT_SECONDS);
            recent.headMap(recentFrom).clear();
        } finally {
            lock.unlock();
        }
    }

    SortedMap<Instant, Aggregate> read(RegionMetrics region, MetricQuery query) {
        long from = query.start().getEpochSecond();
        long to = query.end().getEpochSecond();
        Map<Instant, Rollup> windows = new HashMap<>();
        List<Series> series;
        long batch;
        long older;
        lock.lock();
        try {
            series = region.seriesOf(query.metric()).stream()
                    .filter(s -> query.unit().map(s.stream.unit()::equals).orElse(true))
                    .toList();
            batch = committedBatch;
            older = Math.min(to, recentFrom);
            readRecent(query, series, windows);
            readUnwrittenOlder(query, series, older, windows);
        } finally {
            lock.unlock();
        }
        if (from < older) {
            for (Series one : series) {
                tables.read(
                        one,
                        from,
                        older,
                        batch,
                        query.distributions(),
                        (second, value) -> add(windows, query, second, value));
            }
        }
        return windows.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, entry -> entry.getValue().toAggregate(), Aggregate::plus, TreeMap::new));
    }

    private void readRecent(MetricQuery query, List<Series> series, Map<Instant, Rollup> windows) {
        long from = Math.max(query.start().getEpochSecond(), recentFrom);
        long to = query.end().getEpochSecond();
        if (from >= to) {
            return;
        }
        recent.subMap(from, to).forEach((second, values) -> {
            for (Series one : series) {
                Aggregate value = values.get(one);
                if (value != null) {
                    add(windows, query, second, value);
                }
            }
        });
    }

    /** Datapoints that arrived so late that they are not kept in memory, and are not in the file yet. */
    private void readUnwrittenOlder(MetricQuery query, List<Series> series, long older, Map<Instant, Rollup> windows) {
        long from = query.start().getEpochSecond();
        if (from >= older) {
            return;
        }
        for (Map<Cell, Aggregate> cells : List.of(pending, inFlight)) {
            cells.forEach((cell, value) -> {
                if (cell.second() >= from && cell.second() < older && series.contains(cell.series())) {
                    add(windows, query, cell.second(), value);
                }
            });
        }
    }

    private static void add(Map<Instant, Rollup> windows, MetricQuery query, long second, Aggregate value) {
        windows.computeIfAbsent(query.window(second), start -> new Rollup(query.distributions()))
                .add(value);
    }

    Set<Unit> units(RegionMetrics region, MetricId metric) {
        lock.lock();
        try {
            return region.seriesOf(metric).stream()
                    .map(series -> series.stream.unit())
                    .collect(Collectors.toSet());
        } finally {
            lock.unlock();
        }
    }

    List<MetricListing> metrics(RegionMetrics region) {
        lock.lock();
        try {
            return region.listing();
        } finally {
            lock.unlock();
        }
    }

    Map<MetricStream, Aggregate> second(RegionMetrics region, long epochSecond) {
        lock.lock();
        try {
            Map<MetricStream, Aggregate> found = new HashMap<>();
            recent.getOrDefault(epochSecond, Map.of()).forEach((series, value) -> {
                if (series.scope.equals(region.scope())) {
                    found.put(series.stream, value);
                }
            });
            return found;
        } finally {
            lock.unlock();
        }
    }
}
