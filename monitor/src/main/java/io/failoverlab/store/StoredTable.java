package io.failoverlab.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Collections;
import java.util.Optional;

/**
 * The tables of {@link Schema} as their rows lie in the file: which columns a row has, and whether its checksum is right. Since the
 * checksum covers the name of the table, a row tells by itself to which table it belongs, wherever in the file it is found.
 */
enum StoredTable {
    SERIES("series", "ntttttt" + "ii", "series"),
    TICK("tick", "nb", "writes of datapoints"),
    CHUNK("chunk", "iiibB", "spans of datapoints"),
    ROLLED_UP("rolled_up", "ii", "marks of the roll-up"),
    ALARM("alarm", "tttttttt" + "iT", "alarms"),
    ALARM_HISTORY("alarm_history", "ntttttt" + "itt", "history items"),
    NOTIFICATION("notification", "nt", "notifications"),
    RECEIVER("receiver", "ti", "receivers (told only of what happens from now on)"),
    EVENT("event", "nittt", "events"),
    DASHBOARD("dashboard", "ttti", "dashboards"),
    TAG("tag", "ttt", "tags");

    private final String table;
    /** A letter for each column but the checksum: the row's number, a text, a whole number, bytes; capital if it may be null. */
    private final String columns;

    private final String plural;

    StoredTable(String table, String columns, String plural) {
        this.table = table;
        this.columns = columns;
        this.plural = plural;
    }

    String table() {
        return table;
    }

    /** What its rows are, for people. */
    String plural() {
        return plural;
    }

    /**
     * The table whose row this is: its columns are of the right kinds and its checksum is right.
     *
     * @param inIndex whether it was found where SQLite keeps indexes, and tables WITHOUT ROWID
     */
    static Optional<StoredTable> of(Object[] row, boolean inIndex) {
        return shapedLike(row, inIndex).filter(table -> table.isWhole(row));
    }

    /** The table that has such columns, whatever the checksum says; no two have the same. */
    static Optional<StoredTable> shapedLike(Object[] row, boolean inIndex) {
        return Arrays.stream(values())
                .filter(table -> (table == CHUNK) == inIndex && table.hasShapeOf(row))
                .findFirst();
    }

    private boolean hasShapeOf(Object[] row) {
        if (row.length != columns.length() + 1 || !(row[columns.length()] instanceof Long)) {
            return false;
        }
        for (int i = 0; i < columns.length(); i++) {
            boolean fits = switch (columns.charAt(i)) {
                case 'n', 'i' -> row[i] instanceof Long;
                case 't' -> row[i] instanceof String;
                case 'T' -> row[i] == null || row[i] instanceof String;
                case 'b' -> row[i] instanceof byte[];
                default -> row[i] == null || row[i] instanceof byte[];
            };
            if (!fits) {
                return false;
            }
        }
        return true;
    }

    /** @param row all columns, the checksum last */
    boolean isWhole(Object[] row) {
        int first = isNumberedByChance() ? 1 : 0;
        Object[] checked = Arrays.copyOfRange(row, first, row.length - 1);
        return row[row.length - 1] instanceof Number crc && RowChecksum.of(table, checked) == crc.longValue();
    }

    /** Whether SQLite gives its rows their numbers, which are not in the checksum. */
    boolean isNumberedByChance() {
        return columns.charAt(0) == 'n' && this != SERIES;
    }

    /** Whether its first column is what SQLite keeps beside the row. */
    static boolean isNumbered(Object[] record) {
        return record.length > 0 && record[0] == null;
    }

    PreparedStatement prepareInsert(Connection connection) throws SQLException {
        String parameters = String.join(", ", Collections.nCopies(columns.length() + 1, "?"));
        return connection.prepareStatement("INSERT OR IGNORE INTO " + table + " VALUES (" + parameters + ")");
    }
}
