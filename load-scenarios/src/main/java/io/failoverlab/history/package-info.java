/**
 * The history of one run: everything that happened, on one axis of elapsed time, as plain immutable values, with what was
 * known about the run beside it. Read {@link io.failoverlab.history.History} first, then the kinds of
 * {@link io.failoverlab.history.Event}.
 *
 * <p>An event kind is added by one record in {@code Event}; reading, writing and the exhaustive switches follow from it.
 */
package io.failoverlab.history;
