package io.failoverlab.report;

import io.failoverlab.history.History;
import io.failoverlab.verdict.AssumptionResult;
import io.failoverlab.verdict.CheckResult;
import io.failoverlab.verdict.Judgement;
import io.failoverlab.verdict.Outcome;
import java.util.ArrayList;
import java.util.List;

/**
 * What a pipeline should point at, in GitHub's workflow commands: the verdict's sentence unless it is PASS, then every figure
 * that is not as expected and every assumption that does not hold, {@value #MOST} at the most, since GitHub shows ten of a kind.
 */
public final class Annotations {
    private static final int MOST = 9;

    private Annotations() {}

    /** One command a line; none for a run that passed. */
    public static List<String> of(History history, Judgement judgement) {
        String title = history.run().experiment().name();
        List<String> lines = new ArrayList<>();
        switch (judgement.verdict()) {
            case PASS -> {
                return List.of();
            }
            case FAIL -> lines.add(command("error", title + ": FAIL", judgement.sentence()));
            case UNKNOWN -> lines.add(command("warning", title + ": UNKNOWN", judgement.sentence()));
        }
        judgement.results().stream()
                .filter(result -> result.outcome() == Outcome.NOT_MET)
                .map(result -> command("error", title + ": " + result.title(), figure(result)))
                .forEach(lines::add);
        judgement.assumptions().stream()
                .filter(assumption -> !assumption.holds())
                .map(assumption -> command("warning", title + ": " + assumption.title(), assumption(assumption)))
                .forEach(lines::add);
        judgement.results().stream()
                .filter(result -> result.outcome() == Outcome.UNKNOWN)
                .map(result -> command("warning", title + ": " + result.title(), figure(result)))
                .forEach(lines::add);
        if (lines.size() <= MOST) {
            return lines;
        }
        List<String> most = new ArrayList<>(lines.subList(0, MOST - 1));
        most.add(command("warning", title, "and " + (lines.size() - most.size()) + " more, see the report"));
        return most;
    }

    private static String figure(CheckResult result) {
        return "expected " + result.expectation() + ", measured "
                + result.measured().text() + "; " + result.explanation();
    }

    private static String assumption(AssumptionResult assumption) {
        return assumption.found() + "; required: " + assumption.required();
    }

    private static String command(String kind, String title, String message) {
        return "::" + kind + " title=" + property(title) + "::" + data(message);
    }

    private static String data(String text) {
        return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A");
    }

    private static String property(String text) {
        return data(text).replace(":", "%3A").replace(",", "%2C");
    }
}
