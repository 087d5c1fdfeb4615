package io.failoverlab.store;

import io.failoverlab.metric.Aggregate;
import io.failoverlab.metric.Distribution;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;

/**
 * An aggregate as bytes: its statistics in one stream, its values in another, which a reader may leave unread. Both may be the same
 * stream. What follows from the rest is left out: a single value takes nine bytes.
 */
final class AggregateCodec {
    private static final int COUNTED = 1;
    /** The minimum is not the sum. */
    private static final int MINIMUM = 2;
    /** The maximum is not the minimum. */
    private static final int MAXIMUM = 4;

    private static final int VALUES = 8;
    /** Not every value was seen just once. */
    private static final int VALUE_COUNTS = 16;

    private AggregateCodec() {}

    static void write(Aggregate aggregate, ByteWriter statistics, ByteWriter values) {
        if (isSingleValue(aggregate)) { // as below, without what costs more than it: nearly all are
            statistics.writeByte(0);
            statistics.writeDouble(aggregate.sum());
            return;
        }
        Optional<Distribution> distribution =
                aggregate.minimum() == aggregate.maximum() ? Optional.empty() : aggregate.distribution();
        double[] counts = distribution.map(Distribution::counts).orElse(new double[0]);
        boolean eachOnce = Arrays.stream(counts).allMatch(count -> count == 1);
        int flags = (aggregate.sampleCount() != 1 ? COUNTED : 0)
                | (aggregate.minimum() != aggregate.sum() ? MINIMUM : 0)
                | (aggregate.maximum() != aggregate.minimum() ? MAXIMUM : 0)
                | (counts.length > 0 ? VALUES : 0)
                | (eachOnce ? 0 : VALUE_COUNTS);
        statistics.writeByte(flags);
        statistics.writeDouble(aggregate.sum());
        writeIf(flags, COUNTED, aggregate.sampleCount(), statistics);
        writeIf(flags, MINIMUM, aggregate.minimum(), statistics);
        writeIf(flags, MAXIMUM, aggregate.maximum(), statistics);
        if (counts.length > 0) {
            values.writeVarint(counts.length);
            writeAll(distribution.orElseThrow().values(), values);
            writeAll(eachOnce ? new double[0] : counts, values);
        }
    }

    private static boolean isSingleValue(Aggregate aggregate) {
        return aggregate.sampleCount() == 1
                && aggregate.minimum() == aggregate.sum()
                && aggregate.maximum() == aggregate.sum();
    }

    /** @param values null to leave them unread; then an aggregate of different values does not know them */
    static Aggregate read(ByteBuffer statistics, ByteBuffer values) {
        int flags = statistics.get();
        double sum = statistics.getDouble();
        double count = (flags & COUNTED) != 0 ? statistics.getDouble() : 1;
        double minimum = (flags & MINIMUM) != 0 ? statistics.getDouble() : sum;
        double maximum = (flags & MAXIMUM) != 0 ? statistics.getDouble() : minimum;
        Optional<Distribution> distribution = Optional.empty();
        if ((flags & VALUES) != 0 && values != null) {
            int size = Math.toIntExact(ByteWriter.readVarint(values));
            double[] each = readAll(values, size);
            double[] counts = new double[size];
            Arrays.fill(counts, 1);
            distribution =
                    Optional.of(Distribution.of(each, (flags & VALUE_COUNTS) != 0 ? readAll(values, size) : counts));
        }
        return Aggregate.restore(count, sum, minimum, maximum, distribution);
    }

    private static void writeIf(int flags, int flag, double value, ByteWriter to) {
        if ((flags & flag) != 0) {
            to.writeDouble(value);
        }
    }

    private static void writeAll(double[] numbers, ByteWriter to) {
        for (double number : numbers) {
            to.writeDouble(number);
        }
    }

    private static double[] readAll(ByteBuffer from, int size) {
        double[] numbers = new double[size];
        for (int i = 0; i < size; i++) {
            numbers[i] = from.getDouble();
        }
        return numbers;
    }
}
