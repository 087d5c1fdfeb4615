package io.failoverlab.report;

import io.failoverlab.history.History;
import io.failoverlab.history.RunInfo;
import io.failoverlab.verdict.AssumptionResult;
import io.failoverlab.verdict.CheckResult;
import io.failoverlab.verdict.Judgement;
import io.failoverlab.verdict.Outcome;
import io.failoverlab.verdict.Phase;
import io.failoverlab.verdict.Score;
import io.failoverlab.verdict.Wording;
import java.util.ArrayList;
import java.util.List;

/**
 * The run for a terminal, at most {@value #WIDTH} columns wide: what happened when, whether the figures can be trusted, the
 * figures, and the verdict last.
 */
public final class TerminalReport {
    private static final int WIDTH = 100;
    private static final String PHASE_COLUMNS = "%10s%8s%11s%10s%10s%10s%10s";

    private final Style style;
    private final StringBuilder out = new StringBuilder();

    private TerminalReport(Style style) {
        this.style = style;
    }

    public static String render(History history, Judgement judgement, Style style) {
        TerminalReport report = new TerminalReport(style);
        report.title(history.run());
        report.clocks(history.run().topology().clocks());
        report.timeline(history);
        report.assumptions(judgement.assumptions());
        report.figures(judgement.results());
        report.phases(judgement.phases());
        report.scorecard(judgement.scorecard());
        report.verdict(history.run(), judgement);
        return report.out.toString();
    }

    private void title(RunInfo run) {
        RunInfo.TopologyInfo topology = run.topology();
        heading(run.experiment().name() + " on " + topology.name());
        wrapped("", run.experiment().description());
        wrapped(
                "",
                topology.summary() + "; balancer " + topology.balancer() + ", timing " + topology.timing() + ", run "
                        + run.runId());
    }

    private void clocks(List<RunInfo.ClockSetting> clocks) {
        if (!clocks.isEmpty()) {
            out.append('\n');
            heading(pad("Clocks and policies", 36) + pad("here", 20) + "on AWS");
            clocks.forEach(clock -> rows(pad(clock.name(), 36) + pad(clock.here(), 20), 56, clock.aws()));
        }
    }

    private void timeline(History history) {
        out.append('\n');
        heading("What happened, elapsed since the start of the load");
        for (Timeline.Entry entry : Timeline.of(history)) {
            String when = padLeft(Wording.exactMoment(entry.at()), 12);
            String topic = pad(entry.topic().toString(), 9);
            rows(when + "  " + style.topic(entry.topic(), topic), 23, entry.text());
        }
    }

    private void assumptions(List<AssumptionResult> assumptions) {
        out.append('\n');
        heading("Can the figures be trusted?");
        for (AssumptionResult assumption : assumptions) {
            String mark = style.mark(assumption.holds() ? Outcome.MET : Outcome.UNKNOWN);
            String found = assumption.holds()
                    ? assumption.found()
                    : assumption.found() + " (required: " + assumption.required() + ")";
            rows(mark + " " + pad(assumption.title(), 36), 39, found);
        }
    }

    private void figures(List<CheckResult> results) {
        out.append('\n');
        heading("   " + pad("Figure", 33) + pad("expected", 20) + "measured");
        for (CheckResult result : results) {
            String row = style.mark(result.outcome()) + " " + pad(result.title(), 33) + pad(result.expectation(), 20);
            rows(row, 56, result.measured().text());
            if (needsExplanation(result.outcome())) {
                wrapped("      ", result.explanation());
                result.evidence().forEach(evidence -> wrapped("      ", evidence));
            }
        }
    }

    private void phases(List<Phase> phases) {
        out.append('\n');
        heading("   " + pad("Phase", 9)
                + PHASE_COLUMNS.formatted("requests", "lost", "answered", "p50", "p95", "p99", "slowest"));
        for (Phase phase : phases) {
            out.append("   ")
                    .append(pad(phase.name(), 9))
                    .append(PHASE_COLUMNS.formatted(
                            Wording.count(phase.requests()),
                            Wording.count(phase.lostInAll()),
                            phase.availability(),
                            Wording.time(phase.p50()),
                            Wording.time(phase.p95()),
                            Wording.time(phase.p99()),
                            Wording.time(phase.max())));
            out.append('\n');
            if (phase.lostInAll() > 0) {
                wrapped("      ", "lost: " + phase.causes());
            }
        }
    }

    private void scorecard(List<Score> scores) {
        out.append('\n');
        heading("   Scorecard");
        scores.forEach(score -> rows("   " + pad(score.title(), 17) + pad(score.value(), 24), 44, score.basis()));
    }

    private static boolean needsExplanation(Outcome outcome) {
        return switch (outcome) {
            case NOT_MET, UNKNOWN -> true;
            case MET, INFORMATION -> false;
        };
    }

    private void verdict(RunInfo run, Judgement judgement) {
        out.append('\n');
        wrapped("", "repeat it: " + run.repeatCommand());
        String verdict = judgement.verdict().toString();
        rows(style.verdict(judgement.verdict()) + "  ", verdict.length() + 2, judgement.sentence());
    }

    private void heading(String text) {
        out.append(style.heading(style.safe(text)).stripTrailing()).append('\n');
    }

    private void wrapped(String indent, String text) {
        if (!text.isEmpty()) {
            rows(indent, indent.length(), text);
        }
    }

    /**
     * Writes {@code start} and the text beside it, on as many lines as it needs.
     *
     * @param indent columns that {@code start} takes, colours not counted
     */
    private void rows(String start, int indent, String text) {
        List<String> lines = lines(style.safe(text), WIDTH - indent);
        out.append((start + lines.getFirst()).stripTrailing()).append('\n');
        lines.stream()
                .skip(1)
                .forEach(line -> out.append(" ".repeat(indent)).append(line).append('\n'));
    }

    private static List<String> lines(String text, int width) {
        List<String> lines = new ArrayList<>();
        String rest = text.strip();
        while (rest.length() > width) {
            int blank = rest.lastIndexOf(' ', width);
            int end = blank > 0 ? blank : width;
            lines.add(rest.substring(0, end));
            rest = rest.substring(end).strip();
        }
        lines.add(rest);
        return lines;
    }

    private static String pad(String text, int width) {
        return text + " ".repeat(Math.max(1, width - text.length()));
    }

    private static String padLeft(String text, int width) {
        return " ".repeat(Math.max(0, width - text.length())) + text;
    }
}
