package io.failoverlab.verdict;

import io.failoverlab.history.History;

/** Measures one figure. Pure: the same history gives the same finding. */
interface Check {
    Finding find(History history);
}
