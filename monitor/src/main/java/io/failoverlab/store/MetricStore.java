package io.failoverlab.store;

import io.failoverlab.metric.Aggregate;
import io.failoverlab.metric.Datum;
import io.failoverlab.metric.MetricId;
import io.failoverlab.metric.MetricQuery;
import io.failoverlab.metric.MetricStream;
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
import java.util.Set;
import java.util.SortedMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The datapoints. The last five minutes and more, and the minutes of three hours, are in memory, where alarms and the live view
 * read them; {@link #flush} writes what is new to the file, once a second: kill -9 costs at most what arrived since.
 * {@link #maintain} puts the file in order now and then. Readers see everything that was accepted, written or not, as long as it is
 * kept: seconds three hours, minutes 15 days, five minutes 63 days, hours 455 days.
 */
public final class MetricStore {
    /** Seconds kept in memory, at least. */
    public static final int RECENT_SECONDS = 300;

    private static final Logger LOG = LoggerFactory.getLogger(MetricStore.class);
    /** As long as seconds are kept. */
    private static final long RECENT_MINUTES_SECONDS = Resolution.SECOND.retention + Resolution.MINUTE.seconds;
    /** So that the chunk of a span is mostly written once, when the span is over. */
    private static final int COMPACTION_DELAY = 10;
    /** About 30 MB: when more is in ticks it is put in order at once. */
    private static final int MAX_IN_TICKS = 300_000;
    /** About 50 MB: how much waits for a disk that refuses to be written. */
    private static final int MAX_UNWRITTEN = 500_000;

    private final MetricTables tables;
    private final MetricHistory history;
    private final InstantSource clock;
    private final Counter written;
    private final Counter dropped;

    /** Guards all that is in memory, for moments only. */
    private final ReentrantLock lock = new ReentrantLock();

    private final ReentrantLock flushing = new ReentrantLock();
    /** Who reads the file and the memory as one holds the first; what moves from one to the other moves under the second. */
    private final ReadWriteLock moving = new ReentrantReadWriteLock();

    private final Map<Scope, RegionMetrics> regions = new ConcurrentHashMap<>();
    private final Map<Integer, Series> seriesById = new ConcurrentHashMap<>();
    private int lastSeries;
    private List<Tick.Row> pending = new ArrayList<>();
    private List<Series> newSeries = new ArrayList<>();
    /** Neither ever goes back, even when the clock does: what was forgotten stays forgotten. */
    private long recentFrom;

    private long minutesFrom;
    private volatile int inTicks;
    private long compactedAt;

    public MetricStore(Database database, InstantSource clock, CollectorRegistry registry) {
        this.tables = new MetricTables(database);
        this.history = new MetricHistory(tables, clock);
        this.clock = clock;
        this.written = Counter.build("failoverlab_points_written_total", "Datapoints written to the store.")
                .register(registry);
        this.dropped = Counter.build("failoverlab_points_dropped_total", "Datapoints that could not be written.")
                .register(registry);
        for (Series series : tables.loadSeries()) {
            seriesById.put(series.id, series);
            in(series.scope).index(series);
            lastSeries = Math.max(lastSeries, series.id);
        }
        compact();
        for (Series series : seriesById.values()) {
            if (series.lastSecond >= recentFrom) {
                history.read(series, series.base, recentFrom, Long.MAX_VALUE, true, series.recent::add);
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
                Series series = seriesOf(region, datum);
                long second = datum.second();
                series.lastSecond = Math.max(series.lastSecond, second);
                (second >= recentFrom ? series.recent : series.late).add(second, datum.value());
                if (series.minutes != null && second >= minutesFrom) {
                    series.minutes.add(Resolution.MINUTE.datapointStart(second), datum.value());
                }
                pending.add(new Tick.Row(series, second, datum.value()));
            }
        } finally {
            lock.unlock();
        }
    }

    private Series seriesOf(RegionMetrics region, Datum datum) {
        Resolution base = Resolution.ofSeconds(datum.storageResolution());
        Series known = region.seriesOf(datum.stream(), base);
        if (known != null) {
            return known;
        }
        Series series = new Series(++lastSeries, region.scope(), datum.stream(), base);
        series.minutes = new Points(false);
        region.index(series);
        seriesById.put(series.id, series);
        newSeries.add(series);
        return series;
    }

    /** Writes what arrived since the last call. If the file refuses, the next call tries again. */
    public void flush() {
        flushing.lock();
        try {
            List<Tick.Row> rows;
            List<Series> series;
            lock.lock();
            try {
                rows = pending;
                series = newSeries;
                pending = new ArrayList<>();
                newSeries = new ArrayList<>();
            } finally {
                lock.unlock();
            }
            if (!rows.isEmpty()) {
                write(rows, series);
            }
        } finally {
            flushing.unlock();
        }
    }

    private void write(List<Tick.Row> rows, List<Series> series) {
        try {
            tables.append(series, Tick.encode(rows));
            written.inc(rows.size());
            inTicks += rows.size();
        } catch (StoreException e) {
            LOG.error("{} datapoints wait for the next second", rows.size(), e);
            takeBack(rows, series);
        }
    }

    private void takeBack(List<Tick.Row> rows, List<Series> series) {
        lock.lock();
        try {
            newSeries.addAll(series);
            if (pending.size() + rows.size() > MAX_UNWRITTEN) {
                dropped.inc(rows.size());
                LOG.error("{} datapoints were dropped, the store has not been writable for too long", rows.size());
            } else {
                rows.addAll(pending);
                pending = rows;
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * Puts the file in order where it is time to: moves what arrived into chunks, makes coarser datapoints of finer ones, deletes
     * what is no longer kept, and forgets what need not be in memory. To be called every few seconds, by one thread. If the file
     * refuses, the next call tries again.
     *
     * @return whether that was done
     */
    public boolean maintain() {
        long due = Resolution.SECOND.chunkStart(clock.instant().getEpochSecond() - COMPACTION_DELAY);
        if (due == compactedAt && inTicks < MAX_IN_TICKS) {
            return false;
        }
        try {
            compact();
            history.rollUp();
            moving.writeLock().lock();
            try {
                history.expire();
            } finally {
                moving.writeLock().unlock();
            }
            compactedAt = due;
            return true;
        } catch (StoreException e) {
            LOG.error("The store could not be put in order; the next attempt follows in a moment", e);
            return false;
        }
    }

    /** Writes the names of all series and how far they are rolled up, for a file that has lost some. */
    public void saveAgain() {
        flushing.lock();
        try {
            tables.putSeries(List.copyOf(seriesById.values()));
            history.saveRolledUp();
        } finally {
            flushing.unlock();
        }
    }

    private void compact() {
        var prepared = history.prepare(seriesById);
        moving.writeLock().lock();
        flushing.lock();
        try {
            prepared.ifPresent(history::commit);
            long lastTick = prepared.map(MetricHistory.Compaction::lastTick).orElse(0L);
            inTicks = 0;
            lock.lock();
            try {
                forgetOld();
                history.readTicksAfter(lastTick, (id, second, value) -> keepIfLate(seriesById.get(id), second, value));
                pending.forEach(row -> keepIfLate(row.series(), row.second(), row.value()));
            } finally {
                lock.unlock();
            }
        } finally {
            flushing.unlock();
            moving.writeLock().unlock();
        }
    }

    private void forgetOld() {
        long now = Resolution.MINUTE.datapointStart(clock.instant().getEpochSecond());
        recentFrom = Math.max(recentFrom, now - RECENT_SECONDS);
        minutesFrom = Math.max(minutesFrom, now - RECENT_MINUTES_SECONDS);
        for (Series series : seriesById.values()) {
            series.late = new Points(true);
            series.recent.dropBefore(recentFrom);
            if (series.minutes != null) {
                series.minutes.dropBefore(minutesFrom);
            }
        }
    }

    /** @param series null if its row was lost with a damaged file */
    private void keepIfLate(Series series, long second, Aggregate value) {
        if (series != null && second < recentFrom) {
            series.late.add(second, value);
        }
    }

    SortedMap<Instant, Aggregate> read(RegionMetrics region, MetricQuery query) {
        long start = query.start().getEpochSecond();
        Resolution coarsest = Resolution.forWindows(start, query.period());
        Windows windows = new Windows(query);
        List<Series> all;
        lock.lock();
        try {
            all = region.seriesOf(query.metric()).stream()
                    .filter(series ->
                            query.unit().map(series.stream.unit()::equals).orElse(true))
                    .filter(series -> query.period() >= series.base.seconds)
                    .toList();
        } finally {
            lock.unlock();
        }
        for (Series series : all) {
            read(series, coarsest, windows);
        }
        return windows.toMap();
    }

    private void read(Series series, Resolution coarsest, Windows windows) {
        Resolution kept = coarsest.compareTo(series.base) < 0 ? series.base : coarsest;
        long from = Math.max(windows.from(), history.oldest(kept));
        long to = windows.to();
        boolean byMinutes = !windows.values() && coarsest != Resolution.SECOND;
        boolean complete;
        lock.lock();
        try {
            complete = from >= (byMinutes ? minutesFrom : recentFrom) && (!byMinutes || series.minutes != null);
            if (complete) {
                (byMinutes ? series.minutes : series.recent).forEach(from, to, windows.values(), windows);
            }
        } finally {
            lock.unlock();
        }
        if (!complete) {
            readWithFile(series, kept, from, byMinutes, windows);
        }
    }

    private void readWithFile(Series series, Resolution kept, long from, boolean byMinutes, Windows windows) {
        moving.readLock().lock();
        try {
            if (byMinutes && series.minutes == null) {
                loadMinutes(series);
            }
            // A coarser datapoint of the file must not reach into the minutes of the memory, or they would count twice.
            long boundary = byMinutes ? kept.datapointStart(minutesFrom + kept.seconds - 1) : recentFrom;
            long memoryFrom = Math.max(from, boundary);
            long fileTo = Math.min(memoryFrom, windows.to());
            history.read(series, kept, from, fileTo, windows.values(), windows);
            lock.lock();
            try {
                series.late.forEach(from, fileTo, windows.values(), windows);
                (byMinutes ? series.minutes : series.recent)
                        .forEach(memoryFrom, windows.to(), windows.values(), windows);
            } finally {
                lock.unlock();
            }
        } finally {
            moving.readLock().unlock();
        }
    }

    /** Those that an earlier monitor left. To be called with the lock that keeps things from moving. */
    private void loadMinutes(Series series) {
        Points loaded = new Points(false);
        Points.PointConsumer byMinute = (second, value) -> loaded.add(Resolution.MINUTE.datapointStart(second), value);
        history.read(series, Resolution.MINUTE, minutesFrom, recentFrom, false, byMinute);
        lock.lock();
        try {
            if (series.minutes == null) {
                series.late.forEach(minutesFrom, recentFrom, false, byMinute);
                series.recent.forEach(recentFrom, Long.MAX_VALUE, false, byMinute);
                series.minutes = loaded;
            }
        } finally {
            lock.unlock();
        }
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

    Map<MetricStream, Aggregate> second(RegionMetrics region, long epochSecond, Predicate<String> namespace) {
        lock.lock();
        try {
            Map<MetricStream, Aggregate> found = new HashMap<>();
            region.byNamespace().forEach((name, all) -> {
                if (namespace.test(name)) {
                    all.forEach(series -> series.recent.forEach(
                            epochSecond,
                            epochSecond + 1,
                            true,
                            (second, value) -> found.merge(series.stream, value, Aggregate::plus)));
                }
            });
            return found;
        } finally {
            lock.unlock();
        }
    }
}
