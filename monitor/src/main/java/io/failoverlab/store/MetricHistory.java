package io.failoverlab.store;

import io.failoverlab.metric.Aggregate;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The datapoints in the file. They arrive in ticks; {@link #prepare} and {@link #commit} move them into chunks of their own
 * resolution. When the span of a coarser chunk is over, {@link #rollUp} makes it of the finer ones; what arrives later still is
 * added to both. So a datapoint is in every resolution up to the coarsest whose chunk is made, until {@link #expire}.
 */
final class MetricHistory {
    /** So that what arrives a little late, and was not moved into chunks at once, need not be added afterwards. */
    private static final long ROLL_UP_DELAY = 600;
    /** How many series are rolled up in one transaction; others write in between. */
    private static final int ROLL_UP_BATCH = 50;

    private static final Set<Resolution> COARSER = EnumSet.complementOf(EnumSet.of(Resolution.SECOND));

    private final MetricTables tables;
    private final InstantSource clock;
    /** Datapoints before this second are in chunks of the resolution. */
    private final Map<Resolution, Long> rolledUp = new ConcurrentHashMap<>();

    /** Chunks that are to replace those of the file. */
    record Compaction(List<Chunk> chunks, long lastTick, Collection<Series> series) {}

    private record ChunkKey(Resolution resolution, long start, Series series) {}

    MetricHistory(MetricTables tables, InstantSource clock) {
        this.tables = tables;
        this.clock = clock;
        rolledUp.putAll(tables.loadRolledUp());
        for (Resolution resolution : COARSER) {
            if (!rolledUp.containsKey(resolution)) {
                setRolledUp(resolution, beginning(resolution));
            }
        }
    }

    /**
     * Where a resolution goes on that has no mark: the store is new, or the mark was lost with a damaged file. What was made already
     * is then made again, of the same; the last span may be there for datapoints that never were finer.
     */
    private long beginning(Resolution resolution) {
        long due = resolution.chunkStart(now() - ROLL_UP_DELAY);
        return tables.endOfChunks(resolution).stream()
                .map(end -> Math.min(end - resolution.span, due))
                .findFirst()
                .orElseGet(() -> resolution.chunkStart(now()));
    }

    private void setRolledUp(Resolution resolution, long until) {
        tables.saveRolledUp(resolution, until);
        rolledUp.put(resolution, until);
    }

    void saveRolledUp() {
        rolledUp.forEach(tables::saveRolledUp);
    }

    private long now() {
        return clock.instant().getEpochSecond();
    }

    /** The first second whose datapoints of this resolution may still be read. */
    long oldest(Resolution resolution) {
        return now() - resolution.retention;
    }

    /** Up to where the finer chunks may go: they must be old enough, and the coarser ones made of them. */
    private long expired(Resolution resolution) {
        long old = resolution.chunkStart(oldest(resolution));
        return resolution
                .coarser()
                .map(coarser -> Math.min(old, rolledUp.get(coarser)))
                .orElse(old);
    }

    /** Reads the datapoints of a series in [from, to), by time, as coarsely as allowed. */
    void read(Series series, Resolution coarsest, long from, long to, boolean values, Points.PointConsumer consumer) {
        long done = from;
        long last = Math.min(to, series.lastSecond + 1);
        for (Resolution resolution : Resolution.COARSEST_FIRST) {
            boolean finest = resolution == series.base;
            if (resolution.compareTo(coarsest) > 0 && !finest || resolution.compareTo(series.base) < 0) {
                continue;
            }
            long end = finest ? last : Math.min(last, rolledUp.get(resolution));
            long start = Math.max(done, oldest(resolution));
            if (start < end) {
                readOne(series.id, resolution, start, end, values, consumer);
            }
            done = Math.max(done, end);
        }
    }

    private void readOne(
            int series, Resolution resolution, long from, long to, boolean values, Points.PointConsumer consumer) {
        tables.readChunks(series, resolution, from, to, values).forEach(from, to, values, consumer);
    }

    /** Adds the ticks to the chunks they belong to, in memory; empty if there are none. */
    Optional<Compaction> prepare(Map<Integer, Series> seriesById) {
        MetricTables.Ticks ticks = tables.readTicks(-1);
        if (ticks.last() < 0) {
            return Optional.empty();
        }
        List<Series> arrived = new ArrayList<>();
        Map<ChunkKey, Points> parts = new HashMap<>();
        ticks.points().forEach((id, points) -> {
            Series series = seriesById.get(id);
            if (series != null) { // it is, unless its row was lost with a damaged file
                series.lastSecond = Math.max(series.lastSecond, points.time(points.size() - 1));
                arrived.add(series);
                points.forEach((second, value) -> distribute(series, second, value, parts));
            }
        });
        List<Chunk> chunks = new ArrayList<>();
        parts.forEach((key, points) -> chunks.add(merged(key, points)));
        return Optional.of(new Compaction(chunks, ticks.last(), arrived));
    }

    /** To its own resolution, and to the coarser ones that are made already. */
    private void distribute(Series series, long second, Aggregate value, Map<ChunkKey, Points> parts) {
        for (Resolution resolution : Resolution.values()) {
            boolean finest = resolution == series.base;
            boolean made = resolution.compareTo(series.base) > 0 && second < rolledUp.get(resolution);
            if ((finest || made) && second >= expired(resolution)) {
                parts.computeIfAbsent(
                                new ChunkKey(resolution, resolution.chunkStart(second), series), k -> new Points(true))
                        .add(resolution.datapointStart(second), value);
            }
        }
    }

    private Chunk merged(ChunkKey key, Points points) {
        tables.readChunks(key.series().id, key.resolution(), key.start(), key.start() + 1, true)
                .forEach(points::add);
        return Chunk.of(key.resolution(), key.start(), key.series().id, points);
    }

    void commit(Compaction compaction) {
        tables.compact(compaction.chunks(), compaction.lastTick(), compaction.series());
    }

    /** What arrived after a compaction was prepared. */
    void readTicksAfter(long lastTick, Tick.RowConsumer consumer) {
        tables.readTicks(lastTick)
                .points()
                .forEach((id, points) -> points.forEach((second, value) -> consumer.accept(id, second, value)));
    }

    /** Makes the coarser chunks whose span is over. */
    void rollUp() {
        for (Resolution resolution : COARSER) {
            long due = resolution.chunkStart(now() - ROLL_UP_DELAY);
            long until = rolledUp.get(resolution);
            while (until < due) {
                until = Math.min(due, resolution.chunkStart(tables.firstChunk(resolution.finer(), until, due)));
                if (until < due) {
                    rollUp(resolution, until);
                    until += resolution.span;
                }
                setRolledUp(resolution, until);
            }
        }
    }

    private void rollUp(Resolution resolution, long start) {
        List<Integer> ids = tables.seriesWithChunks(resolution.finer(), start, start + resolution.span);
        for (int from = 0; from < ids.size(); from += ROLL_UP_BATCH) {
            List<Chunk> chunks = new ArrayList<>();
            for (int id : ids.subList(from, Math.min(from + ROLL_UP_BATCH, ids.size()))) {
                Points points = new Points(true);
                readOne(
                        id,
                        resolution.finer(),
                        start,
                        start + resolution.span,
                        true,
                        (time, value) -> points.add(resolution.datapointStart(time), value));
                chunks.add(Chunk.of(resolution, start, id, points));
            }
            tables.put(chunks);
        }
    }

    void expire() {
        for (Resolution resolution : Resolution.values()) {
            tables.expire(resolution, expired(resolution));
        }
    }
}
