package io.failoverlab.math;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.LongStream;

/** Values at some times of a grid. Never changed after it was built. */
final class Series {
    private final Grid grid;
    private final Optional<MetricStatQuery> source;
    /** Epoch seconds, ascending. */
    private final long[] times;

    private final double[] values;

    private Series(Grid grid, Optional<MetricStatQuery> source, long[] times, double[] values) {
        this.grid = grid;
        this.source = source;
        this.times = times;
        this.values = values;
    }

    /** Collects points in the order of time; what is no finite number is no point. */
    static final class Builder {
        private final Grid grid;
        private final Optional<MetricStatQuery> source;
        private long[] times;
        private double[] values;
        private int size;

        Builder(Grid grid, Optional<MetricStatQuery> source, int capacity) {
            this.grid = grid;
            this.source = source;
            this.times = new long[capacity];
            this.values = new double[capacity];
        }

        void add(long time, double value) {
            if (!Double.isFinite(value)) {
                return;
            }
            if (size == times.length) {
                times = Arrays.copyOf(times, Math.max(16, 2 * size));
                values = Arrays.copyOf(values, times.length);
            }
            times[size] = time;
            values[size++] = value;
        }

        Series build() {
            return new Series(grid, source, Arrays.copyOf(times, size), Arrays.copyOf(values, size));
        }
    }

    /** A value in every period. */
    static Series everywhere(Grid grid, Optional<MetricStatQuery> source, double value) {
        long[] times = grid.times();
        Builder all = new Builder(grid, source, times.length);
        for (long time : times) {
            all.add(time, value);
        }
        return all.build();
    }

    /** Where both may have points. */
    Grid grid() {
        return grid;
    }

    /** The query that read the metric this is of, if it is that of one metric. */
    Optional<MetricStatQuery> source() {
        return source;
    }

    int size() {
        return times.length;
    }

    long time(int index) {
        return times[index];
    }

    double value(int index) {
        return values[index];
    }

    double[] values() {
        return values.clone();
    }

    List<Instant> instants() {
        return Arrays.stream(times).mapToObj(Instant::ofEpochSecond).toList();
    }

    List<Double> valueList() {
        return Arrays.stream(values).boxed().toList();
    }

    /** The value at a time, NaN if there is none. */
    double at(long time) {
        int index = Arrays.binarySearch(times, time);
        return index < 0 ? Double.NaN : values[index];
    }

    /** Index of the last point before a time, -1 if there is none. */
    int before(long time) {
        int index = Arrays.binarySearch(times, time);
        return (index < 0 ? -index - 1 : index) - 1;
    }

    Builder like() {
        return new Builder(grid, source, times.length);
    }

    Series map(DoubleUnaryOperator function) {
        Builder mapped = like();
        for (int i = 0; i < times.length; i++) {
            mapped.add(times[i], function.applyAsDouble(values[i]));
        }
        return mapped.build();
    }

    /**
     * Point by point where at least one of the two has a value; the other counts as 0 there, as CloudWatch documents.
     *
     * @param source of the result
     */
    static Series combine(Series a, Series b, Optional<MetricStatQuery> source, DoubleBinaryOperator function) {
        Builder both = new Builder(a.grid.finer(b.grid), source, a.size() + b.size());
        int i = 0;
        int j = 0;
        while (i < a.size() || j < b.size()) {
            long time =
                    Math.min(i < a.size() ? a.times[i] : Long.MAX_VALUE, j < b.size() ? b.times[j] : Long.MAX_VALUE);
            double left = i < a.size() && a.times[i] == time ? a.values[i++] : 0;
            double right = j < b.size() && b.times[j] == time ? b.values[j++] : 0;
            both.add(time, function.applyAsDouble(left, right));
        }
        return both.build();
    }

    /** All periods of the grid, and the times of points that lie beside it. */
    long[] allTimes() {
        return LongStream.concat(Arrays.stream(grid.times()), Arrays.stream(times))
                .sorted()
                .distinct()
                .toArray();
    }
}
