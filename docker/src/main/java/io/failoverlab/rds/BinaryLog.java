package io.failoverlab.rds;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * Reads from a binary log which transactions are in it, and when each was committed (MySQL source code documentation, "Binary
 * log event": a header of 19 bytes with the event's type and size, then its data).
 */
final class BinaryLog {
    /** A transaction by its GTID, and when it was committed on the server that took it from a client. */
    record Transaction(String server, long number, Instant committedAt) {}

    private static final byte[] MAGIC = {(byte) 0xfe, 'b', 'i', 'n'};
    private static final int HEADER = 19;
    private static final int GTID_EVENT = 33;
    private static final int TAGGED_GTID_EVENT = 42;
    /** Flags, server, number, kind, and two logical clocks. */
    private static final int TIME_AT = 1 + 16 + 8 + 1 + 8 + 8;
    /** In microseconds; the highest bit says that the time on the first server follows, which differs on a replica. */
    private static final int TIME_BYTES = 7;

    private static final int GTID_DATA = TIME_AT + 2 * TIME_BYTES;
    private static final long TIME_BITS = (1L << 55) - 1;

    private BinaryLog() {}

    /**
     * Hands over the transactions in their order.
     *
     * @throws IOException if it is no binary log, or ends within an event
     */
    static void read(InputStream log, Consumer<Transaction> listener) throws IOException {
        if (!java.util.Arrays.equals(log.readNBytes(MAGIC.length), MAGIC)) {
            throw new IOException("expected a binary log of MySQL, found another file");
        }
        for (byte[] header = log.readNBytes(HEADER); header.length > 0; header = log.readNBytes(HEADER)) {
            if (header.length < HEADER) {
                throw new EOFException("expected the header of an event, found the end of the binary log");
            }
            ByteBuffer fields = ByteBuffer.wrap(header).order(ByteOrder.LITTLE_ENDIAN);
            int type = fields.get(4);
            long rest = Integer.toUnsignedLong(fields.getInt(9)) - HEADER;
            if (type == TAGGED_GTID_EVENT) {
                throw new IOException("expected GTIDs without tags in the binary log, found one with a tag");
            }
            if (type == GTID_EVENT) {
                byte[] data = log.readNBytes(GTID_DATA);
                if (data.length < GTID_DATA) {
                    throw new EOFException("expected the data of an event, found the end of the binary log");
                }
                listener.accept(transaction(data));
                rest -= GTID_DATA;
            }
            log.skipNBytes(rest);
        }
    }

    private static Transaction transaction(byte[] data) {
        ByteBuffer fields = ByteBuffer.wrap(data);
        String server = new UUID(fields.getLong(1), fields.getLong(9)).toString();
        fields.order(ByteOrder.LITTLE_ENDIAN);
        long number = fields.getLong(17);
        long here = time(fields, TIME_AT);
        boolean fromAnother = here > TIME_BITS;
        long micros = fromAnother ? time(fields, TIME_AT + TIME_BYTES) : here;
        return new Transaction(server, number, Instant.EPOCH.plus(micros & TIME_BITS, ChronoUnit.MICROS));
    }

    /** Seven bytes: those of a long that begins one byte earlier, without its lowest. */
    private static long time(ByteBuffer fields, int at) {
        return fields.getLong(at - 1) >>> 8;
    }
}
