package io.failoverlab.store;

import java.nio.ByteBuffer;

/** Bytes that grow. What it wrote, {@link #readVarint} and a ByteBuffer read. */
final class ByteWriter {
    private static final int FIRST_CAPACITY = 512;

    private ByteBuffer bytes = ByteBuffer.allocate(FIRST_CAPACITY);

    int size() {
        return bytes.position();
    }

    void writeByte(int value) {
        reserve(1).put((byte) value);
    }

    void writeDouble(double value) {
        reserve(Double.BYTES).putDouble(value);
    }

    /** Seven bits a byte, small numbers of either sign in few bytes. */
    void writeVarint(long value) {
        long zigzag = value << 1 ^ value >> 63;
        ByteBuffer room = reserve(10);
        while ((zigzag & ~0x7fL) != 0) {
            room.put((byte) (zigzag | 0x80));
            zigzag >>>= 7;
        }
        room.put((byte) zigzag);
    }

    static long readVarint(ByteBuffer from) {
        long zigzag = 0;
        for (int shift = 0; ; shift += 7) {
            byte next = from.get();
            zigzag |= (next & 0x7fL) << shift;
            if (next >= 0) {
                return zigzag >>> 1 ^ -(zigzag & 1);
            }
        }
    }

    private ByteBuffer reserve(int more) {
        if (bytes.remaining() < more) {
            bytes = ByteBuffer.allocate(bytes.capacity() * 2).put(bytes.flip());
        }
        return bytes;
    }

    /** Over what was written so far, without copying it. */
    ByteBuffer written() {
        return bytes.duplicate().flip();
    }

    byte[] toByteArray() {
        byte[] copy = new byte[size()];
        written().get(copy);
        return copy;
    }
}
