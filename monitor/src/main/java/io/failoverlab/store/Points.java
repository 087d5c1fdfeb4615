package io.failoverlab.store;

import io.failoverlab.metric.Aggregate;
import io.failoverlab.metric.Distribution;
import io.failoverlab.metric.Rollup;
import java.util.Arrays;
import java.util.Optional;

/**
 * Datapoints of one series by time, each time once; what is added for a time that is there is added up. In columns, of which those
 * that say nothing are left out: a gauge takes 16 bytes a datapoint. Not safe for threads.
 */
final class Points {
    private static final int FIRST_CAPACITY = 8;

    private final boolean keepsValues;
    private int size;
    private long[] times = new long[FIRST_CAPACITY];
    private double[] sums = new double[FIRST_CAPACITY];
    /** Null while every datapoint is a single value. */
    private double[] counts;
    /** Both null while every datapoint's minimum and maximum are its sum. */
    private double[] minima;

    private double[] maxima;
    /** Null while there are none; for each datapoint null, its Distribution, or a Rollup that more will be added to. */
    private Object[] values;

    /** Told of datapoints. */
    interface PointConsumer {
        void accept(long time, Aggregate value);
    }

    /** @param keepsValues false to keep the statistic sets only */
    Points(boolean keepsValues) {
        this.keepsValues = keepsValues;
    }

    int size() {
        return size;
    }

    long time(int index) {
        return times[index];
    }

    Aggregate get(int index) {
        return aggregate(index, true);
    }

    void add(long time, Aggregate value) {
        int index = indexOf(time);
        if (index >= 0) {
            merge(index, value);
        } else {
            insert(-index - 1, time, value);
        }
    }

    /** All datapoints, by time. */
    void forEach(PointConsumer consumer) {
        forEach(Long.MIN_VALUE, Long.MAX_VALUE, true, consumer);
    }

    /** Datapoints in [from, to), by time. */
    void forEach(long from, long to, boolean withValues, PointConsumer consumer) {
        int first = indexOf(from);
        for (int i = first >= 0 ? first : -first - 1; i < size && times[i] < to; i++) {
            consumer.accept(times[i], aggregate(i, withValues));
        }
    }

    /** Forgets the datapoints before the time, and what the others no longer need. */
    void dropBefore(long time) {
        int found = indexOf(time);
        int dropped = found >= 0 ? found : -found - 1;
        if (dropped > 0) {
            size -= dropped;
            int capacity = Math.max(size, FIRST_CAPACITY);
            times = Arrays.copyOfRange(times, dropped, dropped + capacity);
            sums = Arrays.copyOfRange(sums, dropped, dropped + capacity);
            counts = counts == null ? null : Arrays.copyOfRange(counts, dropped, dropped + capacity);
            minima = minima == null ? null : Arrays.copyOfRange(minima, dropped, dropped + capacity);
            maxima = maxima == null ? null : Arrays.copyOfRange(maxima, dropped, dropped + capacity);
            values = values == null ? null : Arrays.copyOfRange(values, dropped, dropped + capacity);
        }
        for (int i = 0; values != null && i < size; i++) {
            if (values[i] instanceof Rollup rollup) {
                values[i] = rollup.toAggregate().distribution().orElse(null);
            }
        }
    }

    /** Like Arrays.binarySearch, fast for what comes last. */
    private int indexOf(long time) {
        if (size == 0 || times[size - 1] < time) {
            return -size - 1;
        }
        return times[size - 1] == time ? size - 1 : Arrays.binarySearch(times, 0, size, time);
    }

    private Aggregate aggregate(int index, boolean withValues) {
        Optional<Distribution> distribution = Optional.empty();
        if (withValues && values != null && values[index] != null) {
            distribution = values[index] instanceof Rollup rollup
                    ? rollup.toAggregate().distribution()
                    : Optional.of((Distribution) values[index]);
        }
        return Aggregate.restore(count(index), sums[index], minimum(index), maximum(index), distribution);
    }

    private double count(int index) {
        return counts == null ? 1 : counts[index];
    }

    private double minimum(int index) {
        return minima == null ? sums[index] : minima[index];
    }

    private double maximum(int index) {
        return maxima == null ? sums[index] : maxima[index];
    }

    private void insert(int index, long time, Aggregate value) {
        makeRoom(value);
        moveUp(index);
        times[index] = time;
        size++;
        set(index, value.sampleCount(), value.sum(), value.minimum(), value.maximum());
        if (values != null) {
            values[index] = keepsValues && differs(value) ? value.distribution().orElse(null) : null;
        }
    }

    private void merge(int index, Aggregate value) {
        makeRoom(value);
        boolean differed = minimum(index) != maximum(index);
        boolean differs = differed || differs(value) || value.minimum() != minimum(index);
        if (keepsValues && differs) {
            mergeValues(index, value, differed);
        }
        set(
                index,
                count(index) + value.sampleCount(),
                sums[index] + value.sum(),
                Math.min(minimum(index), value.minimum()),
                Math.max(maximum(index), value.maximum()));
    }

    /** Before the statistics of the datapoint change. */
    private void mergeValues(int index, Aggregate value, boolean differed) {
        if (values == null) {
            values = new Object[times.length];
        }
        if (differed && values[index] == null) {
            return; // hidden by a statistic set
        }
        if (values[index] instanceof Rollup rollup) {
            rollup.add(value);
        } else {
            Rollup rollup = new Rollup(true);
            rollup.add(aggregate(index, true));
            rollup.add(value);
            values[index] = rollup;
        }
    }

    private static boolean differs(Aggregate value) {
        return value.minimum() != value.maximum();
    }

    private void set(int index, double count, double sum, double minimum, double maximum) {
        if (count != 1 && counts == null) {
            counts = new double[times.length];
            Arrays.fill(counts, 1);
        }
        if ((minimum != sum || maximum != sum) && minima == null) {
            minima = sums.clone();
            maxima = sums.clone();
        }
        sums[index] = sum;
        if (counts != null) {
            counts[index] = count;
        }
        if (minima != null) {
            minima[index] = minimum;
            maxima[index] = maximum;
        }
    }

    private void makeRoom(Aggregate value) {
        if (size == times.length) {
            int capacity = size + size / 2;
            times = Arrays.copyOf(times, capacity);
            sums = Arrays.copyOf(sums, capacity);
            counts = counts == null ? null : Arrays.copyOf(counts, capacity);
            minima = minima == null ? null : Arrays.copyOf(minima, capacity);
            maxima = maxima == null ? null : Arrays.copyOf(maxima, capacity);
            values = values == null ? null : Arrays.copyOf(values, capacity);
        }
        if (keepsValues && values == null && differs(value)) {
            values = new Object[times.length];
        }
    }

    private void moveUp(int index) {
        if (index == size) {
            return;
        }
        System.arraycopy(times, index, times, index + 1, size - index);
        System.arraycopy(sums, index, sums, index + 1, size - index);
        if (counts != null) {
            System.arraycopy(counts, index, counts, index + 1, size - index);
        }
        if (minima != null) {
            System.arraycopy(minima, index, minima, index + 1, size - index);
            System.arraycopy(maxima, index, maxima, index + 1, size - index);
        }
        if (values != null) {
            System.arraycopy(values, index, values, index + 1, size - index);
        }
    }
}
