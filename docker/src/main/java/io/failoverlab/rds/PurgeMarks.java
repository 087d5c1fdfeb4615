package io.failoverlab.rds;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** Up to which of its binary logs a server may remove them. Pure. */
final class PurgeMarks {
    /** All that is in the logs before that one is in the set. */
    private record Mark(String log, GtidSet transactions) {}

    private final Deque<Mark> marks = new ArrayDeque<>();

    /**
     * @param open the log that is written to
     * @param executed all that the server had executed at some time after it was opened
     */
    void add(String open, GtidSet executed) {
        if (marks.isEmpty() || !marks.getLast().log().equals(open)) {
            marks.add(new Mark(open, executed));
        }
    }

    /**
     * The log before which everybody has everything; empty if there is none that was not told before.
     *
     * @param needed what each of those has who need the logs
     */
    Optional<String> passed(List<GtidSet> needed) {
        Optional<String> last = Optional.empty();
        while (!marks.isEmpty()
                && needed.stream()
                        .allMatch(it -> it.containsAll(marks.getFirst().transactions()))) {
            last = Optional.of(marks.removeFirst().log());
        }
        return last;
    }
}
