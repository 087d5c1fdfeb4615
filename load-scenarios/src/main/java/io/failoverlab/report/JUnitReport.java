package io.failoverlab.report;

import io.failoverlab.history.Event;
import io.failoverlab.history.History;
import io.failoverlab.verdict.AssumptionResult;
import io.failoverlab.verdict.CheckResult;
import io.failoverlab.verdict.Judgement;
import io.failoverlab.verdict.Outcome;
import io.failoverlab.verdict.Verdict;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The judgement as {@code junit.xml}, for pipelines: a test case for every assumption and every figure, and one for the
 * verdict itself. What is not as expected is a failure; what is not known is an error; a figure of which nothing was
 * expected is skipped. The case of the verdict makes sure that a run of which nothing is known is never green.
 */
public final class JUnitReport {

    /** How a case ended; a passed one has no element. */
    private enum Ending {
        FAILURE,
        ERROR,
        SKIPPED;

        String element() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private record TestCase(String group, String name, Optional<Ending> ending, String message, String output) {}

    private JUnitReport() {}

    public static String render(History history, Judgement judgement) {
        String experiment = history.run().experiment().name();
        List<TestCase> cases = cases(judgement);
        StringBuilder xml = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites>\n");
        xml.append("  <testsuite").append(attribute("name", experiment));
        xml.append(attribute("tests", Integer.toString(cases.size())));
        xml.append(attribute("failures", count(cases, Ending.FAILURE)));
        xml.append(attribute("errors", count(cases, Ending.ERROR)));
        xml.append(attribute("skipped", count(cases, Ending.SKIPPED)));
        xml.append(attribute("time", seconds(history)));
        xml.append(attribute("timestamp", timestamp(history)));
        xml.append(attribute("hostname", "localhost")).append(">\n");
        cases.forEach(testCase -> append(xml, experiment, testCase));
        return xml.append("  </testsuite>\n</testsuites>\n").toString();
    }

    private static List<TestCase> cases(Judgement judgement) {
        List<TestCase> cases = new ArrayList<>();
        for (AssumptionResult assumption : judgement.assumptions()) {
            cases.add(new TestCase(
                    "assumptions",
                    assumption.name(),
                    assumption.holds() ? Optional.empty() : Optional.of(Ending.ERROR),
                    assumption.found() + "; required: " + assumption.required(),
                    assumption.title() + ": " + assumption.found()));
        }
        for (CheckResult result : judgement.results()) {
            cases.add(
                    new TestCase("figures", result.name(), ending(result.outcome()), message(result), output(result)));
        }
        String verdict = judgement.verdict() + ": " + judgement.sentence();
        cases.add(new TestCase("verdict", "verdict", ending(judgement.verdict()), verdict, verdict));
        return cases;
    }

    private static Optional<Ending> ending(Outcome outcome) {
        return switch (outcome) {
            case MET -> Optional.empty();
            case NOT_MET -> Optional.of(Ending.FAILURE);
            case UNKNOWN -> Optional.of(Ending.ERROR);
            case INFORMATION -> Optional.of(Ending.SKIPPED);
        };
    }

    private static Optional<Ending> ending(Verdict verdict) {
        return switch (verdict) {
            case PASS -> Optional.empty();
            case FAIL -> Optional.of(Ending.FAILURE);
            case UNKNOWN -> Optional.of(Ending.ERROR);
        };
    }

    private static String message(CheckResult result) {
        return result.expectation().isEmpty()
                ? "nothing expected; measured " + result.measured().text()
                : "expected " + result.expectation() + ", measured "
                        + result.measured().text();
    }

    private static String output(CheckResult result) {
        List<String> lines = new ArrayList<>();
        lines.add(result.title() + ": " + message(result));
        lines.add(result.explanation());
        lines.addAll(result.evidence());
        return String.join("\n", lines);
    }

    private static void append(StringBuilder xml, String experiment, TestCase testCase) {
        xml.append("    <testcase").append(attribute("classname", experiment + "." + testCase.group()));
        xml.append(attribute("name", testCase.name()))
                .append(attribute("time", "0"))
                .append(">\n");
        testCase.ending()
                .ifPresent(ending -> xml.append("      <")
                        .append(ending.element())
                        .append(attribute("message", testCase.message()))
                        .append(ending == Ending.SKIPPED ? "" : attribute("type", ending.element()))
                        .append("/>\n"));
        xml.append("      <system-out>").append(escaped(testCase.output())).append("</system-out>\n");
        xml.append("    </testcase>\n");
    }

    private static String count(List<TestCase> cases, Ending ending) {
        return Long.toString(cases.stream()
                .filter(testCase -> testCase.ending().equals(Optional.of(ending)))
                .count());
    }

    private static String seconds(History history) {
        Duration end =
                history.events(Event.LoadEnded.class).map(Event::at).findFirst().orElse(Duration.ZERO);
        return BigDecimal.valueOf(end.toMillis(), 3)
                .setScale(3, RoundingMode.UNNECESSARY)
                .toPlainString();
    }

    /** In UTC and without a zone, as the schema has it. */
    private static String timestamp(History history) {
        return DateTimeFormatter.ISO_LOCAL_DATE_TIME.format(
                history.run().startedAt().truncatedTo(ChronoUnit.SECONDS).atOffset(ZoneOffset.UTC));
    }

    private static String attribute(String name, String value) {
        return " " + name + "=\"" + escaped(value).replace("\"", "&quot;").replace("\n", "&#10;") + '"';
    }

    /** XML 1.0 has no place for most control characters, not even escaped. */
    private static String escaped(String text) {
        return text.replaceAll("[^\\t\\n\\x{20}-\\x{d7ff}\\x{e000}-\\x{fffd}\\x{10000}-\\x{10ffff}]", "?")
                .replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;");
    }
}
