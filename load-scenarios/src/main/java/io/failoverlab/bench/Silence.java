package io.failoverlab.bench;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;

/** The longest time around a fault in which nobody got a good answer. Pure. */
final class Silence {
    private Silence() {}

    /**
     * From one good answer to the next; the first that counts is the last one before the fault.
     *
     * @param answers of one kind of request, in any order
     * @param end of the load
     * @throws IllegalStateException if it lasts until the end of the load
     */
    static Duration longest(List<Answer> answers, Instant fault, Instant end) {
        List<Instant> good = answers.stream()
                .filter(Predicate.not(Answer::lost))
                .map(Answer::ended)
                .sorted()
                .toList();
        Instant last = good.stream()
                .filter(it -> !it.isAfter(fault))
                .reduce((earlier, later) -> later)
                .orElse(fault);
        Duration longest = Duration.ZERO;
        for (Instant next : good) {
            if (next.isAfter(fault)) {
                Duration gap = Duration.between(last, next);
                longest = gap.compareTo(longest) > 0 ? gap : longest;
                last = next;
            }
        }
        if (Duration.between(last, end).compareTo(longest) > 0) {
            throw new IllegalStateException("expected answers again before the load ended, found none in its last "
                    + Duration.between(last, end).toMillis() + " ms");
        }
        return longest;
    }
}
