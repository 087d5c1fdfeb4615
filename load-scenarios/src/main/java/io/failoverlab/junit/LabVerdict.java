package io.failoverlab.junit;

import io.failoverlab.verdict.AssumptionResult;
import io.failoverlab.verdict.CheckResult;
import io.failoverlab.verdict.Judgement;
import io.failoverlab.verdict.Outcome;
import io.failoverlab.verdict.Verdict;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What came out of a load.
 *
 * @param page the run's {@code report.html}
 */
public record LabVerdict(Judgement judgement, Path page) {

    /**
     * Fails unless the verdict is PASS.
     *
     * @throws AssertionError with the verdict's sentence, every figure that is not as expected beside what was measured, and
     *     what cannot be trusted
     */
    public void assertPassed() {
        if (judgement.verdict() != Verdict.PASS) {
            throw new AssertionError(message());
        }
    }

    /**
     * What was measured, as reports write it.
     *
     * @param figure its name, such as {@code requests-lost} or {@code alarm web-1a-down}
     * @throws IllegalArgumentException if the run has no such figure
     */
    public String measured(String figure) {
        return judgement.results().stream()
                .filter(result -> result.name().equals(figure))
                .findFirst()
                .map(result -> result.measured().text())
                .orElseThrow(() -> new IllegalArgumentException("expected one of "
                        + judgement.results().stream().map(CheckResult::name).toList() + ", found " + figure));
    }

    private String message() {
        List<String> lines = new ArrayList<>();
        lines.add(judgement.verdict() + ": " + judgement.sentence());
        judgement.results().stream()
                .filter(result -> result.outcome() == Outcome.NOT_MET || result.outcome() == Outcome.UNKNOWN)
                .map(LabVerdict::line)
                .forEach(lines::add);
        judgement.assumptions().stream()
                .filter(assumption -> !assumption.holds())
                .map(LabVerdict::line)
                .forEach(lines::add);
        lines.add("report: " + page);
        return String.join("\n", lines);
    }

    private static String line(CheckResult result) {
        return "  " + result.title() + ": expected " + result.expectation() + ", measured "
                + result.measured().text() + " (" + result.explanation() + ")";
    }

    private static String line(AssumptionResult assumption) {
        return "  " + assumption.title() + ": " + assumption.found() + " (required: " + assumption.required() + ")";
    }
}
