package io.failoverlab.store;

import io.failoverlab.alarm.Alarm;
import io.failoverlab.alarm.AlarmChange;
import io.failoverlab.alarm.AlarmJournal;
import io.failoverlab.alarm.AlarmState;
import io.failoverlab.alarm.AlarmStatus;
import io.failoverlab.alarm.AlarmType;
import io.failoverlab.alarm.HistoryItem;
import io.failoverlab.alarm.HistoryQuery;
import io.failoverlab.metric.Scope;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Alarms, their states and their history in the store's file. */
public final class AlarmStore implements AlarmJournal {
    private final Database database;
    private final Scope scope;
    private final AlarmJson json;

    public AlarmStore(Database database, Scope scope) {
        this.database = database;
        this.scope = scope;
        this.json = new AlarmJson(scope);
    }

    /** Every account and region that has alarms. */
    public static Set<Scope> scopes(Database database) {
        return database.read(connection -> {
            Set<Scope> scopes = new HashSet<>();
            try (PreparedStatement select = connection.prepareStatement("SELECT DISTINCT account, region FROM alarm");
                    ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    scopes.add(new Scope(row.getString(1), row.getString(2)));
                }
            }
            return scopes;
        });
    }

    @Override
    public List<Alarm> load() {
        return database.read(connection -> {
            List<Alarm> alarms = new ArrayList<>();
            try (PreparedStatement select = connection.prepareStatement(
                    "SELECT definition, state, reason, reason_data, explanation, since, suppression FROM alarm"
                            + " WHERE account = ? AND region = ? ORDER BY name")) {
                setScope(select);
                try (ResultSet row = select.executeQuery()) {
                    while (row.next()) {
                        alarms.add(alarm(row));
                    }
                }
            }
            return alarms;
        });
    }

    private Alarm alarm(ResultSet row) throws SQLException {
        AlarmStatus status = new AlarmStatus(
                AlarmState.valueOf(row.getString(2)),
                row.getString(3),
                row.getString(4),
                row.getString(5),
                Instant.ofEpochMilli(row.getLong(6)));
        return new Alarm(json.read(row.getString(1)), status, AlarmJson.readSuppression(row.getString(7)));
    }

    @Override
    public void save(List<AlarmChange> changes) {
        database.write(connection -> {
            for (AlarmChange change : changes) {
                upsert(connection, change.alarm());
                insert(connection, change.items());
                if (change.notification().isPresent()) {
                    insertNotification(connection, change.notification().get());
                }
            }
            return null;
        });
    }

    private void upsert(Connection connection, Alarm alarm) throws SQLException {
        try (PreparedStatement upsert =
                connection.prepareStatement("INSERT OR REPLACE INTO alarm VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")) {
            RowChecksum.bind(
                    upsert,
                    "alarm",
                    scope.account(),
                    scope.region(),
                    alarm.name(),
                    json.write(alarm.definition()),
                    alarm.status().state().name(),
                    alarm.status().reason(),
                    alarm.status().reasonData(),
                    alarm.status().explanation(),
                    alarm.status().since().toEpochMilli(),
                    AlarmJson.write(alarm.suppression()));
            upsert.executeUpdate();
        }
    }

    private static void insertNotification(Connection connection, String body) throws SQLException {
        try (PreparedStatement insert =
                connection.prepareStatement("INSERT INTO notification (body, crc) VALUES (?, ?)")) {
            RowChecksum.bind(insert, "notification", body);
            insert.executeUpdate();
        }
    }

    @Override
    public void deleted(List<HistoryItem> items) {
        database.write(connection -> {
            insert(connection, items);
            try (PreparedStatement delete =
                    connection.prepareStatement("DELETE FROM alarm WHERE account = ? AND region = ? AND name = ?")) {
                setScope(delete);
                for (HistoryItem item : items) {
                    delete.setString(3, item.alarmName());
                    delete.executeUpdate();
                }
            }
            return null;
        });
    }

    private void insert(Connection connection, List<HistoryItem> items) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                "INSERT INTO alarm_history (id, account, region, alarm, alarm_type, type, time, summary, data, crc)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")) {
            for (HistoryItem item : items) {
                RowChecksum.bind(
                        insert,
                        "alarm_history",
                        item.id(),
                        scope.account(),
                        scope.region(),
                        item.alarmName(),
                        item.alarmType().name(),
                        item.type().name(),
                        item.time().toEpochMilli(),
                        item.summary(),
                        item.data());
                insert.executeUpdate();
            }
        }
    }

    /** The first two parameters of a statement. */
    private void setScope(PreparedStatement statement) throws SQLException {
        statement.setString(1, scope.account());
        statement.setString(2, scope.region());
    }

    @Override
    public List<HistoryItem> history(HistoryQuery query) {
        return database.read(connection -> {
            List<HistoryItem> items = new ArrayList<>();
            try (PreparedStatement select = connection.prepareStatement(
                    "SELECT id, alarm, alarm_type, type, time, summary, data FROM alarm_history"
                            + " WHERE account = ?1 AND region = ?2 AND time >= ?3 AND time < ?4"
                            + " AND (?5 IS NULL OR alarm = ?5) AND (?6 IS NULL OR type = ?6)"
                            + " ORDER BY time DESC, number DESC")) {
                setScope(select);
                select.setLong(3, query.from().toEpochMilli());
                select.setLong(4, query.to().toEpochMilli());
                select.setString(5, query.alarmName().orElse(null));
                select.setString(6, query.type().map(HistoryItem.Type::name).orElse(null));
                try (ResultSet row = select.executeQuery()) {
                    while (row.next()) {
                        AlarmType type = AlarmType.valueOf(row.getString(3));
                        if (query.alarmTypes().contains(type)) {
                            items.add(item(row, type));
                        }
                    }
                }
            }
            return items;
        });
    }

    private static HistoryItem item(ResultSet row, AlarmType type) throws SQLException {
        return new HistoryItem(
                row.getString(1),
                row.getString(2),
                type,
                HistoryItem.Type.valueOf(row.getString(4)),
                Instant.ofEpochMilli(row.getLong(5)),
                row.getString(6),
                row.getString(7));
    }
}
