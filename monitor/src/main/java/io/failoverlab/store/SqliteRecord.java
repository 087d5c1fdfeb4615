package io.failoverlab.store;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** SQLite's record format ("Database File Format", section 2.1), read without SQLite. */
final class SqliteRecord {
    private static final int MAX_COLUMNS = 20;

    private SqliteRecord() {}

    /** The columns, each a Long, String, byte[] or null; empty if the bytes are no record of such columns. */
    static Optional<Object[]> decode(byte[] payload) {
        ByteBuffer bytes = ByteBuffer.wrap(payload);
        long headerSize = readVarint(bytes);
        if (headerSize < 1 || headerSize > payload.length) {
            return Optional.empty();
        }
        List<Long> types = new ArrayList<>();
        while (bytes.position() < headerSize && types.size() <= MAX_COLUMNS) {
            types.add(readVarint(bytes));
        }
        long size = types.stream().mapToLong(SqliteRecord::size).sum();
        boolean fits = types.stream().allMatch(type -> type >= 0 && type != 7 && type != 10 && type != 11);
        if (!fits || bytes.position() != headerSize || size != payload.length - headerSize) {
            return Optional.empty();
        }
        return Optional.of(types.stream().map(type -> value(type, bytes)).toArray());
    }

    private static long size(long type) {
        if (type < 0 || type > Integer.MAX_VALUE) {
            return Integer.MAX_VALUE;
        }
        return switch ((int) type) {
            case 0, 8, 9, 10, 11 -> 0;
            case 5 -> 6;
            case 6, 7 -> 8;
            case 1, 2, 3, 4 -> type;
            default -> (type - 12) / 2;
        };
    }

    private static Object value(long type, ByteBuffer bytes) {
        byte[] raw = new byte[(int) size(type)];
        bytes.get(raw);
        if (type == 0) {
            return null;
        }
        if (type >= 12) {
            return type % 2 == 0 ? raw : new String(raw, StandardCharsets.UTF_8);
        }
        if (type >= 8) {
            return type - 8;
        }
        long number = raw[0];
        for (byte next : Arrays.copyOfRange(raw, 1, raw.length)) {
            number = number << 8 | next & 0xff;
        }
        return number;
    }

    /** SQLite's own: big-endian, nine bytes at most; -1 if the bytes end before it does. */
    static long readVarint(ByteBuffer from) {
        long value = 0;
        for (int i = 0; i < 9 && from.hasRemaining(); i++) {
            byte next = from.get();
            if (i == 8) {
                return value << 8 | next & 0xff;
            }
            value = value << 7 | next & 0x7f;
            if (next >= 0) {
                return value;
            }
        }
        return -1;
    }
}
