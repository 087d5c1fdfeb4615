package io.failoverlab.topology;

import java.util.List;

/**
 * A rule that a topology breaks.
 *
 * @param paths the values involved, as keys of a topology file ({@code web.instances[0].address}); told at the first
 *     one that the file has
 */
record Violation(List<String> paths, String expected, String found, String hint) {
    Violation {
        paths = List.copyOf(paths);
    }

    @Override
    public String toString() {
        return paths.getFirst() + ": expected " + expected + ", found " + found + (hint.isEmpty() ? "" : "; " + hint);
    }
}
