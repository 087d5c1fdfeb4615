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
 * @param millis times to answer, over ok and ko, to how many took that long
 * @param errors why requests failed, in Gatling's words, to how many
 */
public record RequestCount(
        String name,
        long ok,
        long ko,
        SortedMap<String, Long> statuses,
        SortedMap<Long, Long> millis,
        SortedMap<String, Long> errors) {

    /** Stands for the status where there was no answer. */
    public static final String NO_STATUS = "none";

    public RequestCount {
        millis = Collections.unmodifiableSortedMap(new TreeMap<>(millis));
        statuses = Collections.unmodifiableSortedMap(new TreeMap<>(statuses));
        errors = Collections.unmodifiableSortedMap(new TreeMap<>(errors));
    }
}
