package io.failoverlab.simulation;

import java.util.Arrays;
import java.util.stream.LongStream;

/** Times to answer, in milliseconds, all of them: percentiles are exact, by nearest rank. */
final class Latencies {
    private static final int PER_CENT = 100;

    private final long[] sorted;

    Latencies(LongStream millis) {
        sorted = millis.toArray();
        Arrays.sort(sorted);
    }

    /** The smallest value that at least that many per cent, 1 to 100, do not exceed; 0 if there is none at all. */
    long percentile(int percent) {
        if (sorted.length == 0) {
            return 0;
        }
        long rank = Math.ceilDiv((long) percent * sorted.length, PER_CENT);
        return sorted[Math.toIntExact(rank) - 1];
    }

    long max() {
        return percentile(PER_CENT);
    }
}
