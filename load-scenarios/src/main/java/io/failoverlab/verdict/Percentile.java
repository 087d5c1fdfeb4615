package io.failoverlab.verdict;

import java.util.List;

/** Percentiles by nearest rank: the smallest value such that at least that share of all values is not above it. */
public final class Percentile {
    private Percentile() {}

    /**
     * @param sorted in ascending order, not empty
     * @param percent 1 to 100
     */
    public static <T extends Comparable<T>> T of(List<T> sorted, int percent) {
        if (sorted.isEmpty() || percent < 1 || percent > 100) {
            throw new IllegalArgumentException("expected values and 1 to 100 percent, found " + sorted.size()
                    + " values, " + percent + " percent");
        }
        int rank = Math.toIntExact(Math.ceilDiv((long) sorted.size() * percent, 100L));
        return sorted.get(rank - 1);
    }
}
