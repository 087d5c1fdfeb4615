package io.failoverlab.app;

import java.util.Comparator;
import java.util.SortedSet;

/** Finds what somebody probably meant to type. */
final class NearestName {
    private NearestName() {}

    /** The candidate with the fewest single-letter changes to {@code typed}; the first in order among equals. */
    static String to(String typed, SortedSet<String> candidates) {
        return candidates.stream()
                .min(Comparator.comparingInt(candidate -> changes(typed, candidate)))
                .orElseThrow(() -> new IllegalArgumentException("no candidates for '" + typed + "'"));
    }

    private static int changes(String from, String to) {
        int[] row = new int[to.length() + 1];
        for (int j = 0; j <= to.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= from.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= to.length(); j++) {
                int substituted = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(substituted, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[to.length()];
    }
}
