package io.failoverlab.store;

import io.failoverlab.alarm.Alarm;
import io.failoverlab.alarm.AlarmJournal;
import io.failoverlab.alarm.AlarmState;
import io.failoverlab.alarm.AlarmStatus;
import io.failoverlab.alarm.HistoryItem;
import io.failoverlab.metric.Scope;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Alarms, their states and their history in the store's file. */
public final class AlarmStore implements AlarmJournal {
    private final Database database;
    private final Scope scope;

    public AlarmStore(Database database, Scope scope) {
        this.database = database;
        this.scope = scope;
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
            try (PreparedStatement select =
                    connection.prepareStatement("SELECT definition, state, reason, reason_data, since FROM alarm"
                            + " WHERE account = ? AND region = ? ORDER BY name")) {
                setScope(select);
                try (ResultSet row = select.executeQuery()) {
                    while (row.next()) {
                        AlarmStatus status = new AlarmStatus(
                                AlarmState.valueOf(row.getString(2)),
                                row.getString(3),
                                row.getString(4),
                                Instant.ofEpochMilli(row.getLong(5)));
                        alarms.add(new Alarm(AlarmJson.read(row.getString(1)), status));
                    }
                }
            }
            return alarms;
        });
    }

    @Override
    public void defined(Alarm alarm, HistoryItem item) {
        changed(alarm, item, Optional.empty());
    }

    @Override
    public void changed(Alarm alarm, HistoryItem item, Optional<String> notification) {
        database.write(connection -> {
            insert(connection, item, notification);
            try (PreparedStatement upsert =
                    connection.prepareStatement("INSERT OR REPLACE INTO alarm VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)")) {
                RowChecksum.bind(
                        upsert,
                        "alarm",
                        scope.account(),
                        scope.region(),
                        alarm.name(),
                        AlarmJson.write(alarm.definition()),
                        alarm.status().state().name(),
                        alarm.status().reason(),
                        alarm.status().reasonData(),
                        alarm.status().since().toEpochMilli());
                return upsert.executeUpdate();
            }
        });
    }

    @Override
    public void deleted(HistoryItem item) {
        database.write(connection -> {
            insert(connection, item, Optional.empty());
            try (PreparedStatement delete =
                    connection.prepareStatement("DELETE FROM alarm WHERE account = ? AND region = ? AND name = ?")) {
                setScope(delete);
                delete.setString(3, item.alarmName());
                return delete.executeUpdate();
            }
        });
    }

    private void insert(Connection connection, HistoryItem item, Optional<String> notification) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                "INSERT INTO alarm_history (id, account, region, alarm, type, time, summary, data, notification, crc)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")) {
            RowChecksum.bind(
                    insert,
                    "alarm_history",
                    item.id(),
                    scope.account(),
                    scope.region(),
                    item.alarmName(),
                    item.type().name(),
                    item.time().toEpochMilli(),
                    item.summary(),
                    item.data(),
                    notification.orElse(null));
            insert.executeUpdate();
        }
    }

    /** The first two parameters of a statement. */
    private void setScope(PreparedStatement statement) throws SQLException {
        statement.setString(1, scope.account());
        statement.setString(2, scope.region());
    }

    @Override
    public List<HistoryItem> history(
            Optional<String> alarmName, Optional<HistoryItem.Type> type, Instant from, Instant to) {
        return database.read(connection -> {
            List<HistoryItem> items = new ArrayList<>();
            try (PreparedStatement select =
                    connection.prepareStatement("SELECT id, alarm, type, time, summary, data FROM alarm_history"
                            + " WHERE account = ?1 AND region = ?2 AND time >= ?3 AND time < ?4"
                            + " AND (?5 IS NULL OR alarm = ?5) AND (?6 IS NULL OR type = ?6)"
                            + " ORDER BY time DESC, number DESC")) {
                setScope(select);
                select.setLong(3, from.toEpochMilli());
                select.setLong(4, to.toEpochMilli());
                select.setString(5, alarmName.orElse(null));
                select.setString(6, type.map(HistoryItem.Type::name).orElse(null));
                try (ResultSet row = select.executeQuery()) {
                    while (row.next()) {
                        items.add(new HistoryItem(
                                row.getString(1),
                                row.getString(2),
                                HistoryItem.Type.valueOf(row.getString(3)),
                                Instant.ofEpochMilli(row.getLong(4)),
                                row.getString(5),
                                row.getString(6)));
                    }
                }
            }
            return items;
        });
    }
}
