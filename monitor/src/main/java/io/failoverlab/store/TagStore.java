package io.failoverlab.store;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.Collection;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** The tags of alarms and dashboards, by ARN. It does not know which ARNs exist. */
public final class TagStore {
    private final Database database;

    public TagStore(Database database) {
        this.database = database;
    }

    /** Keys and values, by key; empty if there are none. */
    public SortedMap<String, String> tags(String arn) {
        return database.read(connection -> {
            SortedMap<String, String> tags = new TreeMap<>();
            try (PreparedStatement select = connection.prepareStatement("SELECT key, value FROM tag WHERE arn = ?")) {
                select.setString(1, arn);
                try (ResultSet row = select.executeQuery()) {
                    while (row.next()) {
                        tags.put(row.getString(1), row.getString(2));
                    }
                }
            }
            return tags;
        });
    }

    /** Adds tags; a key that exists gets the new value. */
    public void tag(String arn, Map<String, String> tags) {
        database.write(connection -> {
            try (PreparedStatement insert =
                    connection.prepareStatement("INSERT OR REPLACE INTO tag VALUES (?, ?, ?, ?)")) {
                for (Map.Entry<String, String> tag : tags.entrySet()) {
                    RowChecksum.bind(insert, "tag", arn, tag.getKey(), tag.getValue());
                    insert.addBatch();
                }
                return insert.executeBatch();
            }
        });
    }

    /** Keys that do not exist are ignored. */
    public void untag(String arn, Collection<String> keys) {
        database.write(connection -> {
            try (PreparedStatement delete = connection.prepareStatement("DELETE FROM tag WHERE arn = ? AND key = ?")) {
                for (String key : keys) {
                    delete.setString(1, arn);
                    delete.setString(2, key);
                    delete.addBatch();
                }
                return delete.executeBatch();
            }
        });
    }

    /** Removes all tags, for a resource that is deleted. */
    public void forget(String arn) {
        database.write(connection -> {
            try (PreparedStatement delete = connection.prepareStatement("DELETE FROM tag WHERE arn = ?")) {
                delete.setString(1, arn);
                return delete.executeUpdate();
            }
        });
    }
}
