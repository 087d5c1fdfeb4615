package io.failoverlab.verdict;

import io.failoverlab.history.History;

/** Measures one figure. Pure: the same history gives the same finding. */
interface Check {
    Finding find(History history);

    /** Whether there is anything to measure; a figure that does not apply is left out, unless something is expected of it. */
    default boolean appliesTo(History history) {
        return true;
    }
}
