package io.failoverlab.store;

import io.failoverlab.metric.Distribution;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** The values of a datapoint as bytes: a form byte, then all values and, unless each was seen once, all counts, as doubles. */
final class DistributionBlob {
    private static final byte EACH_ONCE = 0;
    private static final byte WITH_COUNTS = 1;

    private DistributionBlob() {}

    static byte[] encode(Distribution distribution) {
        double[] values = distribution.values();
        double[] counts = distribution.counts();
        boolean eachOnce = Arrays.stream(counts).allMatch(count -> count == 1);
        ByteBuffer bytes = ByteBuffer.allocate(1 + (eachOnce ? 1 : 2) * values.length * Double.BYTES);
        bytes.put(eachOnce ? EACH_ONCE : WITH_COUNTS);
        put(bytes, values);
        if (!eachOnce) {
            put(bytes, counts);
        }
        return bytes.array();
    }

    static Distribution decode(byte[] blob) {
        ByteBuffer bytes = ByteBuffer.wrap(blob);
        boolean eachOnce = bytes.get() == EACH_ONCE;
        int size = bytes.remaining() / Double.BYTES / (eachOnce ? 1 : 2);
        double[] values = get(bytes, size);
        double[] counts = new double[size];
        Arrays.fill(counts, 1);
        return Distribution.of(values, eachOnce ? counts : get(bytes, size));
    }

    private static void put(ByteBuffer bytes, double[] numbers) {
        for (double number : numbers) {
            bytes.putDouble(number);
        }
    }

    private static double[] get(ByteBuffer bytes, int size) {
        double[] numbers = new double[size];
        for (int i = 0; i < size; i++) {
            numbers[i] = bytes.getDouble();
        }
        return numbers;
    }
}
