package io.failoverlab.report;

import io.failoverlab.history.History;
import io.failoverlab.history.RunInfo;
import io.failoverlab.verdict.AssumptionResult;
import io.failoverlab.verdict.CheckResult;
import io.failoverlab.verdict.Judgement;
import io.failoverlab.verdict.Outcome;
import io.failoverlab.verdict.Phase;
import io.failoverlab.verdict.Score;
import io.failoverlab.verdict.Verdict;
import io.failoverlab.verdict.Wording;
import java.util.List;

/**
 * The judgement as {@code summary.md}, for the summary of a pipeline's job: the verdict as a sentence, what cannot be trusted
 * if anything, the figures, and how to repeat it.
 */
public final class MarkdownReport {
    private final StringBuilder out = new StringBuilder();

    private MarkdownReport() {}

    public static String render(History history, Judgement judgement) {
        MarkdownReport report = new MarkdownReport();
        RunInfo run = history.run();
        report.line("## " + sign(judgement.verdict()) + " " + judgement.verdict() + ": "
                + text(run.experiment().name() + " on " + run.topology().name()));
        report.line("");
        report.line(text(judgement.sentence()));
        report.assumptions(judgement.assumptions());
        report.figures(judgement.results());
        report.phases(judgement.phases());
        report.scorecard(judgement.scorecard());
        report.line("");
        report.line("Repeat: `" + run.repeatCommand().replace("`", "'") + "`");
        return report.out.toString();
    }

    private static String sign(Verdict verdict) {
        return switch (verdict) {
            case PASS -> "✅";
            case FAIL -> "❌";
            case UNKNOWN -> "❓";
        };
    }

    private void assumptions(List<AssumptionResult> assumptions) {
        line("");
        line("| Can the figures be trusted? | | found |");
        line("| --- | --- | --- |");
        assumptions.forEach(assumption -> line("| " + text(assumption.title()) + " | "
                + (assumption.holds() ? "✓" : "**does not hold**; required: " + text(assumption.required())) + " | "
                + text(assumption.found()) + " |"));
    }

    private void figures(List<CheckResult> results) {
        line("");
        line("| | Figure | expected | measured |");
        line("| --- | --- | --- | --- |");
        results.forEach(result -> line("| " + mark(result.outcome()) + " | " + text(result.title()) + " | "
                + text(result.expectation()) + " | " + text(result.measured().text()) + " |"));
    }

    private static String mark(Outcome outcome) {
        return switch (outcome) {
            case MET -> "✓";
            case NOT_MET -> "**✗**";
            case UNKNOWN -> "**?**";
            case INFORMATION -> "";
        };
    }

    private void phases(List<Phase> phases) {
        line("");
        line("| Phase | requests | lost | answered | p50 | p95 | p99 | slowest | lost to |");
        line("| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | --- |");
        phases.forEach(phase -> line("| " + phase.name() + " | " + Wording.count(phase.requests()) + " | "
                + Wording.count(phase.lostInAll()) + " | " + phase.availability() + " | " + Wording.time(phase.p50())
                + " | " + Wording.time(phase.p95()) + " | " + Wording.time(phase.p99()) + " | "
                + Wording.time(phase.max()) + " | " + text(phase.causes()) + " |"));
    }

    private void scorecard(List<Score> scores) {
        line("");
        line("| Scorecard | | of |");
        line("| --- | --- | --- |");
        scores.forEach(score ->
                line("| " + text(score.title()) + " | " + text(score.value()) + " | " + text(score.basis()) + " |"));
    }

    private void line(String text) {
        out.append(text).append('\n');
    }

    /** For a line or a cell: nothing in it is markup, and it stays on its line. */
    private static String text(String plain) {
        return plain.replaceAll("\\s+", " ")
                .replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replaceAll("([\\\\|`*_\\[\\]#~])", "\\\\$1");
    }
}
