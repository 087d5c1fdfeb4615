package io.failoverlab.store;

import java.nio.ByteBuffer;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/**
 * A span of one series at one resolution, as it lies in the file.
 *
 * @param start epoch second, a multiple of the resolution's span
 * @param statistics times and statistic sets, deflated
 * @param values the values themselves, deflated; null if there are none
 */
record Chunk(Resolution resolution, long start, int series, byte[] statistics, byte[] values) {

    /** @param points all in the span that begins at {@code start}; at least one */
    static Chunk of(Resolution resolution, long start, int series, Points points) {
        ByteWriter statistics = new ByteWriter();
        ByteWriter values = new ByteWriter();
        long previous = start;
        for (int i = 0; i < points.size(); i++) {
            statistics.writeVarint((points.time(i) - previous) / resolution.seconds);
            AggregateCodec.write(points.get(i), statistics, values);
            previous = points.time(i);
        }
        return new Chunk(resolution, start, series, deflate(statistics), values.size() == 0 ? null : deflate(values));
    }

    void forEach(Points.PointConsumer consumer) {
        ByteBuffer from = inflate(statistics);
        ByteBuffer fromValues = values == null ? null : inflate(values);
        long time = start;
        while (from.hasRemaining()) {
            time += ByteWriter.readVarint(from) * resolution.seconds;
            consumer.accept(time, AggregateCodec.read(from, fromValues));
        }
    }

    /** The size comes first. */
    private static byte[] deflate(ByteWriter bytes) {
        Deflater deflater = new Deflater(Deflater.BEST_SPEED, true);
        try {
            deflater.setInput(bytes.written());
            deflater.finish();
            ByteBuffer deflated = ByteBuffer.allocate(bytes.size() + bytes.size() / 1_000 + 64)
                    .putInt(bytes.size());
            deflater.deflate(deflated);
            if (!deflater.finished()) {
                throw new IllegalStateException(bytes.size() + " bytes deflate to more than " + deflated.capacity());
            }
            byte[] copy = new byte[deflated.flip().remaining()];
            deflated.get(copy);
            return copy;
        } finally {
            deflater.end();
        }
    }

    private static ByteBuffer inflate(byte[] deflated) {
        Inflater inflater = new Inflater(true);
        try {
            ByteBuffer from = ByteBuffer.wrap(deflated);
            ByteBuffer inflated = ByteBuffer.allocate(from.getInt());
            inflater.setInput(from);
            inflater.inflate(inflated);
            return inflated.flip();
        } catch (DataFormatException e) {
            throw new StoreException("The store holds a chunk that cannot be read; its checksum is right", e);
        } finally {
            inflater.end();
        }
    }
}
