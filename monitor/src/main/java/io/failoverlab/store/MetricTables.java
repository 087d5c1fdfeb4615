package io.failoverlab.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.failoverlab.metric.MetricId;
import io.failoverlab.metric.MetricStream;
import io.failoverlab.metric.Scope;
import io.failoverlab.metric.Unit;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;

/** The SQL of series, ticks and chunks. */
final class MetricTables {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final TypeReference<TreeMap<String, String>> DIMENSIONS = new TypeReference<>() {};

    private final Database database;

    MetricTables(Database database) {
        this.database = database;
    }

    List<Series> loadSeries() {
        return database.read(connection -> {
            List<Series> found = new ArrayList<>();
            try (PreparedStatement select = connection.prepareStatement("SELECT id, account, region, namespace, name,"
                            + " dimensions, unit, resolution, newest FROM series ORDER BY id");
                    ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    MetricId metric = MetricId.of(row.getString(4), row.getString(5), dimensions(row.getString(6)));
                    Unit unit = Unit.ofWireName(row.getString(7)).orElseThrow();
                    Series series = new Series(
                            row.getInt(1),
                            new Scope(row.getString(2), row.getString(3)),
                            new MetricStream(metric, unit),
                            Resolution.ofSeconds(row.getInt(8)));
                    series.lastSecond = row.getLong(9);
                    found.add(series);
                }
            }
            return found;
        });
    }

    /** Up to which second each resolution is made of the finer one; those that were never are missing. */
    Map<Resolution, Long> loadRolledUp() {
        return database.read(connection -> {
            Map<Resolution, Long> until = new EnumMap<>(Resolution.class);
            try (PreparedStatement select = connection.prepareStatement("SELECT resolution, until FROM rolled_up");
                    ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    until.put(Resolution.ofSeconds(row.getInt(1)), row.getLong(2));
                }
            }
            return until;
        });
    }

    void append(Collection<Series> newSeries, byte[] tick) {
        database.write(connection -> {
            saveSeries(connection, newSeries);
            try (PreparedStatement insert = connection.prepareStatement("INSERT INTO tick (data, crc) VALUES (?, ?)")) {
                RowChecksum.bind(insert, "tick", tick);
                return insert.executeUpdate();
            }
        });
    }

    void putSeries(Collection<Series> all) {
        database.write(connection -> {
            saveSeries(connection, all);
            return null;
        });
    }

    static void saveSeries(Connection connection, Collection<Series> all) throws SQLException {
        try (PreparedStatement insert =
                connection.prepareStatement("INSERT OR REPLACE INTO series VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")) {
            for (Series series : all) {
                MetricId metric = series.stream.metric();
                RowChecksum.bind(
                        insert,
                        "series",
                        series.id,
                        series.scope.account(),
                        series.scope.region(),
                        metric.namespace(),
                        metric.name(),
                        json(metric.dimensions()),
                        series.stream.unit().wireName(),
                        series.base.seconds,
                        series.lastSecond);
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    /**
     * What is in ticks.
     *
     * @param last the number of the last tick, or the one after which they were read if there is none
     * @param points by the number of the series
     */
    record Ticks(long last, Map<Integer, Points> points) {}

    /** Reads the ticks after a number. */
    Ticks readTicks(long after) {
        return database.read(connection -> {
            long last = after;
            Map<Integer, Points> points = new HashMap<>();
            try (PreparedStatement select =
                    connection.prepareStatement("SELECT number, data FROM tick WHERE number > ? ORDER BY number")) {
                select.setLong(1, after);
                try (ResultSet row = select.executeQuery()) {
                    while (row.next()) {
                        last = row.getLong(1);
                        Tick.forEach(
                                row.getBytes(2),
                                (series, second, value) -> points.computeIfAbsent(series, s -> new Points(true))
                                        .add(second, value));
                    }
                }
            }
            return new Ticks(last, points);
        });
    }

    /**
     * Replaces chunks by those with the ticks in them, and deletes the ticks, as one transaction.
     *
     * @param lastTick every tick up to this one is in the chunks
     * @param series those whose newest datapoint is to be saved
     */
    void compact(Collection<Chunk> chunks, long lastTick, Collection<Series> series) {
        database.write(connection -> {
            putChunks(connection, chunks);
            saveSeries(connection, series);
            try (PreparedStatement delete = connection.prepareStatement("DELETE FROM tick WHERE number <= ?")) {
                delete.setLong(1, lastTick);
                return delete.executeUpdate();
            }
        });
    }

    void put(Collection<Chunk> chunks) {
        database.write(connection -> {
            putChunks(connection, chunks);
            return null;
        });
    }

    private static void putChunks(Connection connection, Collection<Chunk> chunks) throws SQLException {
        try (PreparedStatement insert =
                connection.prepareStatement("INSERT OR REPLACE INTO chunk VALUES (?, ?, ?, ?, ?, ?)")) {
            for (Chunk chunk : chunks) {
                RowChecksum.bind(
                        insert,
                        "chunk",
                        chunk.resolution().seconds,
                        chunk.start(),
                        chunk.series(),
                        chunk.statistics(),
                        chunk.values());
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    void saveRolledUp(Resolution resolution, long until) {
        database.write(connection -> {
            try (PreparedStatement insert =
                    connection.prepareStatement("INSERT OR REPLACE INTO rolled_up VALUES (?, ?, ?)")) {
                RowChecksum.bind(insert, "rolled_up", resolution.seconds, until);
                return insert.executeUpdate();
            }
        });
    }

    /** Deletes the chunks that begin before the second. */
    void expire(Resolution resolution, long before) {
        database.write(connection -> {
            try (PreparedStatement delete =
                    connection.prepareStatement("DELETE FROM chunk WHERE resolution = ? AND start < ?")) {
                delete.setInt(1, resolution.seconds);
                delete.setLong(2, before);
                return delete.executeUpdate();
            }
        });
    }

    /** The datapoints in those chunks of a series that begin in [from, to), the one that {@code from} is in included. */
    Points readChunks(int series, Resolution resolution, long from, long to, boolean values) {
        return database.read(connection -> {
            Points points = new Points(values);
            try (PreparedStatement select = connection.prepareStatement("SELECT statistics, "
                    + (values ? "vals" : "NULL") + " FROM chunk WHERE resolution = ? AND start = ? AND series = ?")) {
                select.setInt(1, resolution.seconds);
                select.setInt(3, series);
                for (long start = resolution.chunkStart(from); start < to; start += resolution.span) {
                    select.setLong(2, start);
                    try (ResultSet row = select.executeQuery()) {
                        if (row.next()) {
                            new Chunk(resolution, start, series, row.getBytes(1), row.getBytes(2)).forEach(points::add);
                        }
                    }
                }
            }
            return points;
        });
    }

    /** The series that have chunks which begin in [from, to). */
    List<Integer> seriesWithChunks(Resolution resolution, long from, long to) {
        return database.read(connection -> {
            List<Integer> found = new ArrayList<>();
            try (PreparedStatement select = connection.prepareStatement(
                    "SELECT DISTINCT series FROM chunk WHERE resolution = ? AND start >= ? AND start < ?")) {
                select.setInt(1, resolution.seconds);
                select.setLong(2, from);
                select.setLong(3, to);
                try (ResultSet row = select.executeQuery()) {
                    while (row.next()) {
                        found.add(row.getInt(1));
                    }
                }
            }
            return found;
        });
    }

    /** Where the first chunk at or after a second begins, or {@code otherwise} if there is none. */
    long firstChunk(Resolution resolution, long from, long otherwise) {
        return database.read(connection -> {
            try (PreparedStatement select = connection.prepareStatement(
                    "SELECT coalesce(min(start), ?) FROM chunk WHERE resolution = ? AND start >= ?")) {
                select.setLong(1, otherwise);
                select.setInt(2, resolution.seconds);
                select.setLong(3, from);
                try (ResultSet row = select.executeQuery()) {
                    return row.getLong(1);
                }
            }
        });
    }

    /** Where the last chunk ends. */
    OptionalLong endOfChunks(Resolution resolution) {
        return database.read(connection -> {
            try (PreparedStatement select =
                    connection.prepareStatement("SELECT max(start) FROM chunk WHERE resolution = ?")) {
                select.setInt(1, resolution.seconds);
                try (ResultSet row = select.executeQuery()) {
                    long start = row.getLong(1);
                    return row.wasNull() ? OptionalLong.empty() : OptionalLong.of(start + resolution.span);
                }
            }
        });
    }

    private static String json(Map<String, String> dimensions) {
        try {
            return JSON.writeValueAsString(dimensions);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a map of texts is always JSON", e);
        }
    }

    private static Map<String, String> dimensions(String json) {
        try {
            return JSON.readValue(json, DIMENSIONS);
        } catch (JsonProcessingException e) {
            throw new StoreException("The store holds dimensions that are no JSON object of texts: " + json, e);
        }
    }
}
