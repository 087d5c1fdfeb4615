package io.failoverlab.store;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * The version of a store, which its file says twice, so that damage is told from another version: by {@code PRAGMA user_version},
 * and by {@code PRAGMA application_id}, in which the letters FLM stand before it. The first stores of version 3 had no application
 * id.
 */
record StoreVersion(int userVersion, int applicationId) {
    private static final int LETTERS = 'F' << 24 | 'L' << 16 | 'M' << 8;

    /** Stands after the letters, which it needs. */
    static final StoreVersion PRESENT = new StoreVersion(3, LETTERS | 3);

    static StoreVersion of(Connection connection) throws SQLException {
        return new StoreVersion(number(connection, "user_version"), number(connection, "application_id"));
    }

    private static int number(Connection connection, String pragma) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("PRAGMA " + pragma)) {
            return result.getInt(1);
        }
    }

    boolean isNew() {
        return userVersion == 0 && applicationId == 0;
    }

    /** Whether it is one that this monitor reads. */
    boolean isPresent() {
        return equals(PRESENT) || userVersion == PRESENT.userVersion && applicationId == 0;
    }

    /** @throws StoreException if the file says without contradiction that it is of another version */
    void refuseOthers(Path file) {
        boolean consistent = applicationId == 0 || applicationId == (LETTERS | userVersion);
        if (consistent && userVersion > PRESENT.userVersion) {
            throw new StoreException(
                    "The store " + file + " has schema version " + userVersion + ", this monitor knows up to "
                            + PRESENT.userVersion + "; use the newer monitor or another --store",
                    null);
        }
        if (consistent && userVersion > 0 && userVersion < PRESENT.userVersion) {
            throw new StoreException(
                    "The store " + file + " was made by a monitor before 0.1, whose stores are not read any more;"
                            + " move it away or give another --store",
                    null);
        }
    }
}
