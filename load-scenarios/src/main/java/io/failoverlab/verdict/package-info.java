/**
 * Turns a history into a verdict: assumptions first, then one check per figure, all of them pure functions. Read
 * {@link io.failoverlab.verdict.Judge} first, then {@link io.failoverlab.verdict.Figure}, the list of what is measured.
 *
 * <p>To add a figure: write a class that implements {@code Check} (one file, a pure function of the history), add a constant
 * for it to {@code Figure}; parsing of expectations and all reports follow. To add an assumption: write a class that
 * implements {@code Assumption} and name it in {@code Judge}.
 */
package io.failoverlab.verdict;
