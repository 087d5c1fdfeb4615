package io.failoverlab.verdict;

/**
 * One line of the scorecard.
 *
 * @param name in JSON
 * @param title for people
 * @param value what was measured, or that it was not
 * @param basis what it was measured of, or why it was not
 */
public record Score(String name, String title, String value, String basis) {
    static final String NOT_MEASURED = "not measured";
}
