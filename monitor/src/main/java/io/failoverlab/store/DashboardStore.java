package io.failoverlab.store;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** The dashboards of all accounts; as in CloudWatch they belong to no region. */
public final class DashboardStore {
    private final Database database;

    /**
     * A dashboard as it was put.
     *
     * @param body JSON, kept to the letter
     * @param modified when it was last put, to the millisecond
     */
    public record Dashboard(String name, String body, Instant modified) {
        public Dashboard {
            Objects.requireNonNull(name, "name");
            Objects.requireNonNull(body, "body");
            Objects.requireNonNull(modified, "modified");
        }
    }

    public DashboardStore(Database database) {
        this.database = database;
    }

    /** Replaces one of the same name. */
    public void put(String account, String name, String body, Instant modified) {
        database.write(connection -> {
            try (PreparedStatement insert =
                    connection.prepareStatement("INSERT OR REPLACE INTO dashboard VALUES (?, ?, ?, ?, ?)")) {
                RowChecksum.bind(insert, "dashboard", account, name, body, modified.toEpochMilli());
                return insert.executeUpdate();
            }
        });
    }

    public Optional<Dashboard> get(String account, String name) {
        return select("name = ?", account, name).stream().findFirst();
    }

    /** Those whose names begin with the prefix, by name. */
    public List<Dashboard> list(String account, String prefix) {
        return select("substr(name, 1, length(?2)) = ?2", account, prefix);
    }

    private List<Dashboard> select(String condition, String account, String text) {
        return database.read(connection -> {
            List<Dashboard> found = new ArrayList<>();
            try (PreparedStatement select =
                    connection.prepareStatement("SELECT name, body, modified FROM dashboard WHERE account = ? AND "
                            + condition + " ORDER BY name")) {
                select.setString(1, account);
                select.setString(2, text);
                try (ResultSet row = select.executeQuery()) {
                    while (row.next()) {
                        found.add(new Dashboard(
                                row.getString(1), row.getString(2), Instant.ofEpochMilli(row.getLong(3))));
                    }
                }
            }
            return found;
        });
    }

    /** Deletes all of them, or none and answers false if one does not exist. */
    public boolean delete(String account, Collection<String> names) {
        return database.write(connection -> {
            try (PreparedStatement delete =
                    connection.prepareStatement("DELETE FROM dashboard WHERE account = ? AND name = ?")) {
                for (String name : Set.copyOf(names)) {
                    delete.setString(1, account);
                    delete.setString(2, name);
                    if (delete.executeUpdate() == 0) {
                        connection.rollback();
                        return false;
                    }
                }
            }
            return true;
        });
    }
}
