package io.failoverlab.verdict;

import java.util.List;

/**
 * One figure of a run and how it was judged.
 *
 * @param expectation what was expected, empty if nothing was
 * @param explanation where the number comes from, or why there is none
 * @param evidence single things that the explanation counts, one line each
 */
public record CheckResult(
        Figure figure,
        Measurement measured,
        String expectation,
        Outcome outcome,
        String explanation,
        List<String> evidence) {

    public CheckResult {
        evidence = List.copyOf(evidence);
    }
}
