package io.failoverlab.store;

import io.failoverlab.alarm.Alarm;
import io.failoverlab.alarm.AlarmJournal;
import io.failoverlab.alarm.AlarmState;
import io.failoverlab.alarm.AlarmStatus;
import io.failoverlab.alarm.HistoryItem;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Alarms, their states and their history in the store's file. */
public final class AlarmStore implements AlarmJournal {
    private final Database database;

    public AlarmStore(Database database) {
        this.database = database;
    }

    @Override
    public List<Alarm> load() {
        return database.read(connection -> {
            List<Alarm> alarms = new ArrayList<>();
            try (PreparedStatement select = connection.prepareStatement(
                            "SELECT definition, state, reason, reason_data, since FROM alarm ORDER BY name");
                    ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    AlarmStatus status = new AlarmStatus(
                            AlarmState.valueOf(row.getString(2)),
                            row.getString(3),
                            row.getString(4),
                            Instant.ofEpochMilli(row.getLong(5)));
                    alarms.add(new Alarm(AlarmJson.read(row.getString(1)), status));
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
                    connection.prepareStatement("INSERT OR REPLACE INTO alarm VALUES (?, ?, ?, ?, ?, ?)")) {
                upsert.setString(1, alarm.name());
                upsert.setString(2, AlarmJson.write(alarm.definition()));
                upsert.setString(3, alarm.status().state().name());
                upsert.setString(4, alarm.status().reason());
                upsert.setString(5, alarm.status().reasonData());
                upsert.setLong(6, alarm.status().since().toEpochMilli());
                return upsert.executeUpdate();
            }
        });
    }

    @Override
    public void deleted(HistoryItem item) {
        database.write(connection -> {
            insert(connection, item, Optional.empty());
            try (PreparedStatement delete = connection.prepareStatement("DELETE FROM alarm WHERE name = ?")) {
                delete.setString(1, item.alarmName());
                return delete.executeUpdate();
            }
        });
    }

    private static void insert(Connection connection, HistoryItem item, Optional<String> notification)
            throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                "INSERT INTO alarm_history (id, alarm, type, time, summary, data, notification)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?)")) {
            insert.setString(1, item.id());
            insert.setString(2, item.alarmName());
            insert.setString(3, item.type().name());
            insert.setLong(4, item.time().toEpochMilli());
            insert.setString(5, item.summary());
            insert.setString(6, item.data());
            if (notification.isPresent()) {
                insert.setString(7, notification.get());
            } else {
                insert.setNull(7, Types.VARCHAR);
            }
            insert.executeUpdate();
        }
    }

    @Override
    public List<HistoryItem> history(
            Optional<String> alarmName, Optional<HistoryItem.Type> type, Instant from, Instant to) {
        return database.read(connection -> {
            List<HistoryItem> items = new ArrayList<>();
            try (PreparedStatement select = connection.prepareStatement(
                    "SELECT id, alarm, type, time, summary, data FROM alarm_history WHERE time >= ?1 AND time < ?2"
                            + " AND (?3 IS NULL OR alarm = ?3) AND (?4 IS NULL OR type = ?4)"
                            + " ORDER BY time DESC, number DESC")) {
                select.setLong(1, from.toEpochMilli());
                select.setLong(2, to.toEpochMilli());
                select.setString(3, alarmName.orElse(null));
                select.setString(4, type.map(HistoryItem.Type::name).orElse(null));
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
