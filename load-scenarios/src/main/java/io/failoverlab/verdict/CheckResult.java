package io.failoverlab.verdict;

import java.util.List;

/**
 * One figure of a run and how it was judged.
 *
 * @param subject what the figure is of, such as the name of an alarm; empty where the figure says it all
 * @param expectation what was expected, empty if nothing was
 * @param explanation where the number comes from, or why there is none
 * @param evidence single things that the explanation counts, one line each
 */
public record CheckResult(
        Figure figure,
        String subject,
        Measurement measured,
        String expectation,
        Outcome outcome,
        String explanation,
        List<String> evidence) {

    public CheckResult {
        evidence = List.copyOf(evidence);
    }

    /** The name in JSON and JUnit: {@code requests-lost}, {@code alarm web-1a-down}. */
    public String name() {
        return subject.isEmpty() ? figure.key() : figure.key() + " " + subject;
    }

    /** The name for people. */
    public String title() {
        return subject.isEmpty() ? figure.title() : figure.title() + " " + subject;
    }
}
