package io.failoverlab.simulation;

import java.util.Arrays;
import java.util.stream.LongStream;

/** Times to answer, in milliseconds, all of them: percentiles are exact, by nearest rank. */
final class Latencies {
    private static final double PER_CENT = 100;

    private final long[] sorted;

    Latencies(LongStream millis) {
        sorted = millis.toArray();
        Arrays.sort(sorted);
    }

    /** The smallest value that at least that many per cent do not exceed; 0 if there is none at all. */
    long percentile(double percent) {
        if (sorted.length == 0) {
            return 0;
        }
        int rank = (int) Math.ceil(percent / PER_CENT * sorted.length);
        return sorted[Math.clamp(rank, 1, sorted.length) - 1];
    }

    long max() {
        return percentile(PER_CENT);
    }
}
