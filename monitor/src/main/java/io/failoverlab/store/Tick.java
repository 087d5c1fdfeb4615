package io.failoverlab.store;

import io.failoverlab.metric.Aggregate;
import java.nio.ByteBuffer;
import java.util.List;

/** What arrived between two writes, as bytes in the order in which it arrived: the write-ahead form of datapoints. */
final class Tick {
    private Tick() {}

    /**
     * A datapoint as it arrived.
     *
     * @param second start of the second or minute it is kept under, as epoch second
     */
    record Row(Series series, long second, Aggregate value) {}

    /** Told of each row. */
    interface RowConsumer {
        void accept(int series, long second, Aggregate value);
    }

    static byte[] encode(List<Row> rows) {
        ByteWriter bytes = new ByteWriter();
        long previous = 0;
        for (Row row : rows) {
            bytes.writeVarint(row.series().id);
            bytes.writeVarint(row.second() - previous);
            AggregateCodec.write(row.value(), bytes, bytes);
            previous = row.second();
        }
        return bytes.toByteArray();
    }

    static void forEach(byte[] tick, RowConsumer consumer) {
        ByteBuffer bytes = ByteBuffer.wrap(tick);
        long second = 0;
        while (bytes.hasRemaining()) {
            int series = Math.toIntExact(ByteWriter.readVarint(bytes));
            second += ByteWriter.readVarint(bytes);
            consumer.accept(series, second, AggregateCodec.read(bytes, bytes));
        }
    }
}
