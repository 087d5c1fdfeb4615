package io.failoverlab.document;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/** Finds the known name that a mistyped one was most likely meant to be. */
public final class Nearest {
    private Nearest() {}

    /**
     * The candidate with the fewest edits (insert, delete, replace a letter, swap two neighbours) to the word, ignoring
     * case. One edit in three letters is the most that still counts as the same name; of equals the first one wins.
     */
    public static Optional<String> of(String word, Collection<String> candidates) {
        String best = null;
        int fewest = Integer.MAX_VALUE;
        for (String candidate : candidates) {
            int edits = edits(word.toLowerCase(Locale.ROOT), candidate.toLowerCase(Locale.ROOT));
            if (edits <= Math.max(word.length(), candidate.length()) / 3 && edits < fewest) {
                best = candidate;
                fewest = edits;
            }
        }
        return Optional.ofNullable(best);
    }

    /** The end of an error message: {@code did you mean "x"?}, or else the list of what is known. */
    public static String hint(String word, Collection<String> candidates) {
        return of(word, candidates)
                .map(Nearest::question)
                .orElseGet(() -> candidates.isEmpty() ? "" : "known: " + String.join(", ", candidates));
    }

    static String question(String name) {
        return "did you mean \"" + name + "\"?";
    }

    /** Levenshtein's distance with swaps of neighbours (optimal string alignment). */
    private static int edits(String a, String b) {
        int[][] cost = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                cost[i][j] = i == 0 || j == 0 ? i + j : cheapest(a, b, i, j, cost);
            }
        }
        return cost[a.length()][b.length()];
    }

    private static int cheapest(String a, String b, int i, int j, int[][] cost) {
        int replace = cost[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        int cheapest = Math.min(replace, Math.min(cost[i - 1][j], cost[i][j - 1]) + 1);
        boolean swapped = i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
        return swapped ? Math.min(cheapest, cost[i - 2][j - 2] + 1) : cheapest;
    }
}
