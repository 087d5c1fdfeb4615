package io.failoverlab.store;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.zip.CRC32C;

/**
 * The checksum in the last column, {@code crc}, of every row: CRC32C over the name of the table and all other columns in their
 * order, except {@code number}, which SQLite gives. SQLite checks no page of its file, so this alone tells
 * a flipped byte in a text. {@link Database#open} checks all rows; who reads a row need not.
 *
 * <p>To write a row: {@code insert.executeUpdate()} after {@code RowChecksum.bind(insert, "alarm", account, region, name, ...)}.
 */
final class RowChecksum {
    private RowChecksum() {}

    /**
     * Sets the parameters of {@code INSERT INTO table (columns..., crc) VALUES (?, ..., ?)}.
     *
     * @param columns each a String, Long, Integer, byte[] or null
     */
    static void bind(PreparedStatement statement, String table, Object... columns) throws SQLException {
        for (int i = 0; i < columns.length; i++) {
            statement.setObject(i + 1, columns[i]);
        }
        statement.setLong(columns.length + 1, of(table, columns));
    }

    /** @param columns each a String, Long, Integer, byte[] or null */
    static long of(String table, Object... columns) {
        CRC32C crc = new CRC32C();
        add(crc, table);
        for (Object column : columns) {
            add(crc, column);
        }
        return crc.getValue();
    }

    /** The kind and length come first, so that nothing can move from one column to the next unnoticed. */
    private static void add(CRC32C crc, Object column) {
        switch (column) {
            case null -> add(crc, 'n', new byte[0]);
            case String text -> add(crc, 't', text.getBytes(StandardCharsets.UTF_8));
            case byte[] bytes -> add(crc, 'b', bytes);
            case Long number -> add(crc, 'i', bytes(number));
            case Integer number -> add(crc, 'i', bytes(number));
            default ->
                throw new IllegalArgumentException(
                        "a column is a text, a whole number, bytes or null, found " + column.getClass());
        }
    }

    private static byte[] bytes(long number) {
        return ByteBuffer.allocate(Long.BYTES).putLong(number).array();
    }

    private static void add(CRC32C crc, char kind, byte[] bytes) {
        crc.update(kind);
        crc.update(bytes(bytes.length));
        crc.update(bytes);
    }
}
