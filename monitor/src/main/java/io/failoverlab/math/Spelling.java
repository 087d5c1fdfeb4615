package io.failoverlab.math;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;

/** Finds the name that was perhaps meant. */
final class Spelling {
    private Spelling() {}

    /** Ends a message: "; did you mean ...?", or nothing where no name is near. */
    static String suggest(String found, Collection<String> names) {
        String wanted = found.toLowerCase(Locale.ROOT);
        return names.stream()
                .min(Comparator.comparingInt((String name) -> distance(wanted, name.toLowerCase(Locale.ROOT)))
                        .thenComparing(Comparator.naturalOrder()))
                .filter(name -> distance(wanted, name.toLowerCase(Locale.ROOT)) <= 1 + name.length() / 4)
                .map(name -> "; did you mean " + name + "?")
                .orElse("");
    }

    /** How many characters must be added, removed or replaced to get from one to the other (Levenshtein). */
    private static int distance(String a, String b) {
        int[] above = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            above[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int[] row = new int[b.length() + 1];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = above[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(replaced, 1 + Math.min(above[j], row[j - 1]));
            }
            above = row;
        }
        return above[b.length()];
    }
}
