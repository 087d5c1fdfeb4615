package io.failoverlab.document;

import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Collects what is wrong with one file while it is read. Not safe for several threads. */
public final class Problems {
    private static final Comparator<Problem> READING_ORDER =
            Comparator.comparingInt(Problem::line).thenComparingInt(Problem::column);

    private final String file;
    private final Set<Problem> found = new LinkedHashSet<>();

    public Problems(String file) {
        this.file = file;
    }

    /** Notes a problem; the same one twice counts once. */
    public void add(Position position, String expected, String found, String hint) {
        this.found.add(new Problem(file, position.line(), position.column(), expected, found, hint));
    }

    /** All problems so far, in the order of the text. */
    public List<Problem> list() {
        return found.stream().sorted(READING_ORDER).toList();
    }

    /** @throws InvalidInput with all problems, if there are any */
    public void throwIfAny() {
        if (!found.isEmpty()) {
            throw new InvalidInput(list());
        }
    }
}
