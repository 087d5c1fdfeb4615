package io.failoverlab.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.failoverlab.metric.Aggregate;
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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The SQL of series, datapoints and their values. */
final class MetricTables {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final TypeReference<TreeMap<String, String>> DIMENSIONS = new TypeReference<>() {};

    private final Database database;

    /** A stored second of a series. */
    record Row(Series series, long second, Aggregate value) {}

    /** Told of each row found. */
    interface RowConsumer {
        void accept(long second, Aggregate value);
    }

    MetricTables(Database database) {
        this.database = database;
    }

    /** Every series, with the second of its newest datapoint. */
    List<Series> loadSeries() {
        return database.read(connection -> {
            List<Series> found = new ArrayList<>();
            try (PreparedStatement select =
                            connection.prepareStatement("SELECT id, account, region, namespace, name, dimensions,"
                                    + " unit, (SELECT max(second) FROM datapoint WHERE series = id) FROM series");
                    ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    MetricId metric = MetricId.of(row.getString(4), row.getString(5), dimensions(row.getString(6)));
                    Unit unit = Unit.ofWireName(row.getString(7)).orElseThrow();
                    Series series = new Series(
                            row.getInt(1),
                            new Scope(row.getString(2), row.getString(3)),
                            new MetricStream(metric, unit));
                    series.lastSecond = row.getLong(8);
                    found.add(series);
                }
            }
            return found;
        });
    }

    long lastBatch() {
        return database.read(connection -> {
            try (PreparedStatement select = connection.prepareStatement("SELECT number FROM last_batch");
                    ResultSet row = select.executeQuery()) {
                return row.getLong(1);
            }
        });
    }

    void append(long batch, Collection<Series> newSeries, Collection<Row> rows) {
        database.write(connection -> {
            insertSeries(connection, newSeries);
            insertRows(connection, batch, rows);
            try (PreparedStatement update = connection.prepareStatement("UPDATE last_batch SET number = ?")) {
                update.setLong(1, batch);
                return update.executeUpdate();
            }
        });
    }

    private static void insertSeries(Connection connection, Collection<Series> newSeries) throws SQLException {
        try (PreparedStatement insert =
                connection.prepareStatement("INSERT INTO series VALUES (?, ?, ?, ?, ?, ?, ?)")) {
            for (Series series : newSeries) {
                MetricId metric = series.stream.metric();
                insert.setInt(1, series.id);
                insert.setString(2, series.scope.account());
                insert.setString(3, series.scope.region());
                insert.setString(4, metric.namespace());
                insert.setString(5, metric.name());
                insert.setString(6, json(metric.dimensions()));
                insert.setString(7, series.stream.unit().wireName());
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    private static void insertRows(Connection connection, long batch, Collection<Row> rows) throws SQLException {
        try (PreparedStatement point =
                        connection.prepareStatement("INSERT INTO datapoint VALUES (?, ?, ?, ?, ?, ?, ?)");
                PreparedStatement values =
                        connection.prepareStatement("INSERT INTO distribution VALUES (?, ?, ?, ?)")) {
            for (Row row : rows) {
                Aggregate value = row.value();
                setKey(point, row, batch);
                point.setDouble(4, value.sampleCount());
                point.setDouble(5, value.sum());
                point.setDouble(6, value.minimum());
                point.setDouble(7, value.maximum());
                point.addBatch();
                if (value.minimum() != value.maximum() && value.distribution().isPresent()) {
                    setKey(values, row, batch);
                    values.setBytes(
                            4, DistributionBlob.encode(value.distribution().get()));
                    values.addBatch();
                }
            }
            point.executeBatch();
            values.executeBatch();
        }
    }

    private static void setKey(PreparedStatement statement, Row row, long batch) throws SQLException {
        statement.setInt(1, row.series().id);
        statement.setLong(2, row.second());
        statement.setLong(3, batch);
    }

    /**
     * Reads the rows of a series in [from, to) of all batches up to {@code batch}, by time; a second may come more than once.
     *
     * @param distributions false to leave the values themselves unread
     */
    void read(Series series, long from, long to, long batch, boolean distributions, RowConsumer consumer) {
        String sql = "SELECT d.second, d.samples, d.sum, d.minimum, d.maximum"
                + (distributions
                        ? ", v.data FROM datapoint d LEFT JOIN distribution v USING (series, second, batch)"
                        : ", NULL FROM datapoint d")
                + " WHERE d.series = ? AND d.second >= ? AND d.second < ? AND d.batch <= ? ORDER BY d.second";
        database.read(connection -> {
            try (PreparedStatement select = connection.prepareStatement(sql)) {
                select.setInt(1, series.id);
                select.setLong(2, from);
                select.setLong(3, to);
                select.setLong(4, batch);
                try (ResultSet row = select.executeQuery()) {
                    while (row.next()) {
                        consumer.accept(row.getLong(1), aggregate(row));
                    }
                }
            }
            return null;
        });
    }

    private static Aggregate aggregate(ResultSet row) throws SQLException {
        Optional<byte[]> blob = Optional.ofNullable(row.getBytes(6));
        return Aggregate.restore(
                row.getDouble(2),
                row.getDouble(3),
                row.getDouble(4),
                row.getDouble(5),
                blob.map(DistributionBlob::decode));
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
