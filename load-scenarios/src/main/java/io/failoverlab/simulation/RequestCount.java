package io.failoverlab.simulation;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The answers to requests of one name that came, or failed to come, within one second.
 *
 * @param name catalogue, search, item or order
 * @param ok answers that were what the customer asked for
 * @param ko all others
 * @param statuses HTTP status, or {@value #NO_STATUS}, to answers with it
 * @param p50Millis median time to answer; like the other times over ok and ko, 0 where there were no answers
 * @param errors why requests failed, in Gatling's words, to how many
 */
public record RequestCount(
        String name,
        long ok,
        long ko,
        SortedMap<String, Long> statuses,
        long p50Millis,
        long p99Millis,
        long maxMillis,
        SortedMap<String, Long> errors) {

    /** Stands for the status where there was no answer. */
    public static final String NO_STATUS = "none";

    public RequestCount {
        statuses = Collections.unmodifiableSortedMap(new TreeMap<>(statuses));
        errors = Collections.unmodifiableSortedMap(new TreeMap<>(errors));
    }
}
