package io.failoverlab.store;

import io.failoverlab.notify.Outbox;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.Optional;

/** Notifications, saved together with what they tell of; each receiver has a mark how far it has got. */
public final class NotificationStore implements Outbox {
    private final Database database;

    public NotificationStore(Database database) {
        this.database = database;
    }

    @Override
    public void register(String receiver) {
        database.write(connection -> {
            try (PreparedStatement newest =
                            connection.prepareStatement("SELECT coalesce(max(number), 0) FROM notification");
                    ResultSet row = newest.executeQuery();
                    PreparedStatement insert =
                            connection.prepareStatement("INSERT OR IGNORE INTO receiver VALUES (?, ?, ?)")) {
                RowChecksum.bind(insert, "receiver", receiver, row.getLong(1));
                return insert.executeUpdate();
            }
        });
    }

    @Override
    public Optional<Notification> next(String receiver) {
        return database.read(connection -> {
            try (PreparedStatement select = connection.prepareStatement("SELECT number, body FROM notification"
                    + " WHERE number > (SELECT delivered FROM receiver WHERE name = ?) ORDER BY number LIMIT 1")) {
                select.setString(1, receiver);
                try (ResultSet row = select.executeQuery()) {
                    return row.next()
                            ? Optional.of(new Notification(row.getLong(1), row.getString(2)))
                            : Optional.empty();
                }
            }
        });
    }

    @Override
    public void delivered(String receiver, long number) {
        database.write(connection -> {
            try (PreparedStatement update =
                    connection.prepareStatement("UPDATE receiver SET delivered = ?, crc = ? WHERE name = ?")) {
                update.setLong(1, number);
                update.setLong(2, RowChecksum.of("receiver", receiver, number));
                update.setString(3, receiver);
                return update.executeUpdate();
            }
        });
    }
}
