package io.failoverlab.verdict;

import io.failoverlab.history.Event.Audited;
import io.failoverlab.history.Event.LoadSecond;
import io.failoverlab.history.History;
import io.failoverlab.history.RequestSample;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * How the stack stood the run, as an operator asks for it: availability, recovery time and point, capacity and hardening. Numbers
 * of this run alone, without weights and marks: nothing is reckoned from what others promise.
 */
final class Scorecard {
    /** One second alone could hold answers that were held up before it. */
    private static final int SECONDS = 5;

    private Scorecard() {}

    /** @param results what the checks measured, those that apply to the run */
    static List<Score> of(History history, List<CheckResult> results) {
        return List.of(
                availability(history),
                recoveryTime(results),
                recoveryPoint(history, results),
                capacity(history),
                hardening(history));
    }

    private static Score availability(History history) {
        List<RequestSample> judged =
                Windows.of(history).map(windows -> windows.judged(history)).orElse(List.of());
        List<RequestSample> lost =
                judged.stream().filter(request -> !request.ok()).toList();
        if (judged.isEmpty()) {
            return score("availability", "Availability", Score.NOT_MEASURED, "no judged request");
        }
        long seconds = lost.stream()
                .map(request -> request.start().toSeconds())
                .distinct()
                .count();
        return score(
                "availability",
                "Availability",
                lost.isEmpty() ? "100 %" : Wording.percentBelowWhole(judged.size() - lost.size(), judged.size()),
                Wording.count(judged.size() - lost.size()) + " of " + Wording.counted(judged.size(), "judged request")
                        + " answered"
                        + (lost.isEmpty() ? "" : "; some were lost in " + Wording.counted(seconds, "second")));
    }

    /** The longer of what readers and what writers waited, and how long the stack was weaker than before. */
    private static Score recoveryTime(List<CheckResult> results) {
        Measurement reads = measured(Figure.READS_OUTAGE, results);
        Measurement writes = measured(Figure.WRITES_OUTAGE, results);
        Measurement longer = outage(reads).compareTo(outage(writes)) < 0 ? writes : reads;
        Measurement redundant = measured(Figure.RECOVERED, results);
        return longer instanceof Measurement.Missing missing
                ? score("recovery-time", "Recovery time", Score.NOT_MEASURED, missing.reason())
                : score(
                        "recovery-time",
                        "Recovery time",
                        longer.text(),
                        "the longest without an answer: " + of("reads", reads) + ", " + of("writes", writes)
                                + "; all in service again: " + redundant.text());
    }

    private static Measurement measured(Figure figure, List<CheckResult> results) {
        return results.stream()
                .filter(result -> result.figure() == figure)
                .map(CheckResult::measured)
                .findFirst()
                .orElse(new Measurement.Missing("nothing happened that it could be measured of"));
    }

    private static String of(String kind, Measurement measured) {
        return measured instanceof Measurement.Missing ? "no " + kind : kind + " " + measured.text();
    }

    private static Duration outage(Measurement measured) {
        if (measured instanceof Measurement.Time time) {
            return time.value();
        }
        return measured instanceof Measurement.Never never ? never.watched() : Duration.ofNanos(-1);
    }

    private static Score recoveryPoint(History history, List<CheckResult> results) {
        Measurement lost = measured(Figure.WRITES_LOST, results);
        return lost instanceof Measurement.Count count
                ? score(
                        "recovery-point",
                        "Recovery point",
                        Wording.counted(count.value(), "write") + " lost",
                        "of " + Wording.count(history.ledger().acknowledged().size())
                                + " that were acknowledged, read back after the load")
                : score("recovery-point", "Recovery point", Score.NOT_MEASURED, why(lost));
    }

    private static String why(Measurement measured) {
        return measured instanceof Measurement.Missing missing ? missing.reason() : measured.text();
    }

    private static Score capacity(History history) {
        List<LoadSecond> judged = Windows.of(history).stream()
                .flatMap(windows -> history.events(LoadSecond.class)
                        .filter(second -> second.at().compareTo(windows.from()) >= 0
                                && second.at().plusSeconds(1).compareTo(windows.to()) <= 0))
                .toList();
        Optional<List<LoadSecond>> busiest = IntStream.rangeClosed(0, judged.size() - SECONDS)
                .mapToObj(first -> judged.subList(first, first + SECONDS))
                .filter(seconds -> seconds.stream().allMatch(second -> second.ko() == 0))
                .max(Comparator.comparingLong(Scorecard::answers));
        return busiest.map(seconds -> score(
                        "capacity",
                        "Capacity",
                        "at least " + Wording.count(answers(seconds) / SECONDS) + " a second",
                        "answered over " + SECONDS + " s from "
                                + Wording.moment(seconds.getFirst().at())
                                + " on without a loss; more was not asked of it then"))
                .orElseGet(() -> score(
                        "capacity", "Capacity", Score.NOT_MEASURED, "no " + SECONDS + " s in a row without a loss"));
    }

    private static long answers(List<LoadSecond> seconds) {
        return seconds.stream().mapToLong(LoadSecond::ok).sum();
    }

    private static Score hardening(History history) {
        return history.events(Audited.class)
                .findFirst()
                .map(audited -> score(
                        "hardening",
                        "Hardening",
                        Wording.count(audited.broken().size()) + " of "
                                + Wording.counted(
                                        audited.kept()
                                                + audited.excepted()
                                                + audited.broken().size(),
                                        "rule")
                                + " broken",
                        audited.benchmark() + ": " + audited.kept() + " kept, " + audited.excepted()
                                + " excepted for a reason"
                                + (audited.broken().isEmpty()
                                        ? ""
                                        : "; broken: " + String.join(", ", audited.broken()))))
                .orElseGet(
                        () -> score("hardening", "Hardening", Score.NOT_MEASURED, "the containers were not audited"));
    }

    private static Score score(String name, String title, String value, String basis) {
        return new Score(name, title, value, basis);
    }
}
