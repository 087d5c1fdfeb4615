package io.failoverlab.report;

import io.failoverlab.history.LedgerReading;
import io.failoverlab.history.LedgerReading.FinalRead;
import io.failoverlab.history.RunInfo;
import io.failoverlab.verdict.AssumptionResult;
import io.failoverlab.verdict.CheckResult;
import io.failoverlab.verdict.LedgerAudit;
import io.failoverlab.verdict.Outcome;
import io.failoverlab.verdict.Phase;
import io.failoverlab.verdict.Score;
import io.failoverlab.verdict.Wording;
import io.failoverlab.verdict.WriteClass;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The rows of the tables of the page. */
final class Tables {
    /** A page stays readable and small; the history has all of them. */
    private static final int MOST_EVENTS = 500;

    private Tables() {}

    static String figures(List<CheckResult> results) {
        return results.stream().map(Tables::figure).collect(Collectors.joining());
    }

    private static String figure(CheckResult result) {
        String evidence = result.evidence().stream()
                .map(line -> "<li>" + Html.escaped(line) + "</li>")
                .collect(Collectors.joining());
        return "<tr class=\"" + style(result.outcome()) + "\"><td class=\"mark\">" + mark(result.outcome())
                + "</td><th scope=\"row\">" + Html.escaped(result.title())
                + "</th><td class=\"number\" data-label=\"Expected\">"
                + Html.escaped(result.expectation())
                + "</td><td class=\"number measured\" data-label=\"Measured\">"
                + Html.escaped(result.measured().text())
                + "</td><td class=\"why\">" + Html.escaped(result.explanation())
                + (evidence.isEmpty() ? "" : "<ul>" + evidence + "</ul>") + "</td></tr>\n";
    }

    static String phases(List<Phase> phases) {
        return phases.stream().map(Tables::phase).collect(Collectors.joining());
    }

    private static String phase(Phase phase) {
        String numbers = Stream.of(
                        Wording.count(phase.requests()),
                        Wording.count(phase.lostInAll()),
                        phase.availability(),
                        Wording.time(phase.p50()),
                        Wording.time(phase.p95()),
                        Wording.time(phase.p99()),
                        Wording.time(phase.max()))
                .map(number -> "<td class=\"number\">" + number + "</td>")
                .collect(Collectors.joining());
        return "<tr><th scope=\"row\">" + Html.escaped(phase.name()) + "</th>" + numbers + "<td class=\"why\">"
                + Html.escaped(phase.causes()) + "</td></tr>\n";
    }

    static String scorecard(List<Score> scores) {
        return scores.stream()
                .map(score -> "<tr><th scope=\"row\">" + Html.escaped(score.title()) + "</th><td class=\"number\">"
                        + Html.escaped(score.value()) + "</td><td class=\"why\">" + Html.escaped(score.basis())
                        + "</td></tr>\n")
                .collect(Collectors.joining());
    }

    /** A row for each class of writes, or one that says why there are none. */
    static String ledger(LedgerReading ledger) {
        return switch (ledger.finalRead()) {
            case FinalRead.NotRead notRead ->
                "<tr><td class=\"why\">The database was not read: " + Html.escaped(notRead.reason()) + "</td></tr>\n";
            case FinalRead.Read read -> {
                LedgerAudit audit = LedgerAudit.of(ledger, read);
                yield Arrays.stream(WriteClass.values())
                        .map(kind -> writes(kind, audit))
                        .collect(Collectors.joining());
            }
        };
    }

    private static String writes(WriteClass kind, LedgerAudit audit) {
        String examples = audit.examples(kind).stream()
                .map(key -> "<code>" + Html.escaped(key) + "</code>")
                .collect(Collectors.joining(", "));
        return "<tr><th scope=\"row\">" + Html.escaped(kind.key()) + "</th><td class=\"number\">"
                + Wording.count(audit.count(kind)) + "</td><td class=\"why\">" + Html.escaped(kind.meaning())
                + "</td><td class=\"why\">" + examples
                + (audit.count(kind) > audit.examples(kind).size() ? ", …" : "") + "</td></tr>\n";
    }

    static String assumptions(List<AssumptionResult> assumptions) {
        return assumptions.stream().map(Tables::assumption).collect(Collectors.joining());
    }

    private static String assumption(AssumptionResult assumption) {
        Outcome outcome = assumption.holds() ? Outcome.MET : Outcome.UNKNOWN;
        return "<tr class=\"" + style(outcome) + "\"><td class=\"mark\">"
                + (assumption.holds() ? "✓ <span>holds</span>" : "? <span>does not hold</span>")
                + "</td><th scope=\"row\">" + Html.escaped(assumption.title())
                + "</th><td class=\"why\">" + Html.escaped(assumption.found())
                + "</td><td class=\"why required\">required: " + Html.escaped(assumption.required())
                + "</td></tr>\n";
    }

    /** Sign and word, so that neither colour nor shape is needed. */
    private static String mark(Outcome outcome) {
        return switch (outcome) {
            case MET -> "✓ <span>met</span>";
            case NOT_MET -> "✗ <span>not met</span>";
            case UNKNOWN -> "? <span>unknown</span>";
            case INFORMATION -> "<span>shown only</span>";
        };
    }

    private static String style(Outcome outcome) {
        return outcome.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static String events(List<Timeline.Entry> entries) {
        String rows = entries.stream().limit(MOST_EVENTS).map(Tables::event).collect(Collectors.joining());
        return entries.size() <= MOST_EVENTS
                ? rows
                : rows + "<tr><td colspan=\"4\">and " + Wording.count(entries.size() - MOST_EVENTS)
                        + " more in history.jsonl</td></tr>\n";
    }

    private static String event(Timeline.Entry entry) {
        String at = Wording.exactMoment(entry.at());
        String show = entry.at().isNegative()
                ? ""
                : "<button type=\"button\" class=\"show\" data-at=\"" + Axis.seconds(entry.at())
                        + "\" aria-label=\"Show " + at + " in the charts\">show</button>";
        return "<tr class=\"topic-" + entry.topic().name().toLowerCase(Locale.ROOT) + "\"><td class=\"number\">" + at
                + "</td><td class=\"topic\">" + Html.escaped(entry.topic().toString()) + "</td><td class=\"why\">"
                + Html.escaped(entry.text()) + "</td><td class=\"noprint\">" + show + "</td></tr>\n";
    }

    static String clocks(List<RunInfo.ClockSetting> clocks) {
        return clocks.stream()
                .map(clock -> "<tr><th scope=\"row\">" + Html.escaped(clock.name()) + "</th><td class=\"number\">"
                        + Html.escaped(clock.here()) + "</td><td class=\"number\">" + Html.escaped(clock.aws())
                        + "</td></tr>\n")
                .collect(Collectors.joining());
    }

    static String instances(List<RunInfo.InstanceInfo> instances) {
        return instances.stream()
                .map(instance -> "<tr><th scope=\"row\">" + Html.escaped(instance.name()) + "</th><td>"
                        + Html.escaped(instance.role().toString()) + "</td><td>" + Html.escaped(instance.zone())
                        + "</td><td><code>" + Html.escaped(instance.instanceId()) + "</code></td></tr>\n")
                .collect(Collectors.joining());
    }

    static String points(List<Seconds.Point> points) {
        return points.stream()
                .map(point -> "<tr><td>" + point.from() + "</td><td>" + point.ok() + "</td><td>" + point.failed()
                        + "</td><td>" + number(point.percentile(50)) + "</td><td>" + number(point.percentile(95))
                        + "</td><td>" + number(point.percentile(99))
                        + "</td><td>" + number(point.percentile(100)) + "</td></tr>\n")
                .collect(Collectors.joining());
    }

    private static String number(Long value) {
        return value == null ? "" : value.toString();
    }
}
