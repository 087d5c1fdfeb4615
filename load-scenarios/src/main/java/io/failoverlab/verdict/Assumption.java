package io.failoverlab.verdict;

import io.failoverlab.history.History;

/** Something that must be true of a run before its figures mean anything. Pure, like a {@link Check}. */
interface Assumption {
    AssumptionResult test(History history);
}
