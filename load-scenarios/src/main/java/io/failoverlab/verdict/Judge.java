package io.failoverlab.verdict;

import io.failoverlab.history.History;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Judges a run: a pure function of its history, so that a stored run can be judged again. */
public final class Judge {
    private static final List<Assumption> ASSUMPTIONS = List.of(
            new HistoryIsComplete(),
            new LoadWasOnSchedule(),
            new InjectorWasNotStarved(),
            new CountsAgree(),
            new FaultsTookEffect(),
            new MonitorWatched(),
            new CalmBeforeTheFault(),
            new LedgerWasRead());

    private Judge() {}

    /**
     * FAIL if any figure is not as expected; else UNKNOWN if an assumption does not hold, an expected figure could not be
     * measured, or nothing was expected at all; else PASS.
     *
     * @throws InvalidExpectationsException if the expectations of the run cannot be read
     */
    public static Judgement judge(History history) {
        Expectations expectations =
                Expectations.parse(history.run().experiment().expectations());
        List<AssumptionResult> assumptions =
                ASSUMPTIONS.stream().map(assumption -> assumption.test(history)).toList();
        List<CheckResult> results = Arrays.stream(Figure.values())
                .flatMap(figure -> results(figure, history, expectations))
                .toList();
        Verdict verdict = verdict(assumptions, results);
        return new Judgement(
                verdict,
                Sentence.of(history, verdict, assumptions, results),
                assumptions,
                results,
                Phase.of(history),
                Scorecard.of(history, results));
    }

    private static Stream<CheckResult> results(Figure figure, History history, Expectations expectations) {
        if (figure.ofSubject()) {
            return expectations.subjects(figure).stream()
                    .map(subject ->
                            result(figure, subject, figure.find(history, subject), expectations.of(figure, subject)));
        }
        Optional<Condition> expected = expectations.of(figure);
        return figure.appliesTo(history) || expected.isPresent()
                ? Stream.of(result(figure, "", figure.find(history), expected))
                : Stream.empty();
    }

    private static CheckResult result(Figure figure, String subject, Finding finding, Optional<Condition> expected) {
        return new CheckResult(
                figure,
                subject,
                finding.measured(),
                expected.map(Condition::text).orElse(""),
                expected.map(condition -> condition.outcome(finding.measured())).orElse(Outcome.INFORMATION),
                finding.explanation(),
                finding.evidence());
    }

    private static Verdict verdict(List<AssumptionResult> assumptions, List<CheckResult> results) {
        List<Verdict> judged = results.stream()
                .flatMap(result -> result.outcome().verdict().stream())
                .toList();
        boolean allHold = assumptions.stream().allMatch(AssumptionResult::holds);
        return Verdict.of(Stream.of(Verdict.of(judged), allHold ? Verdict.PASS : Verdict.UNKNOWN)
                .toList());
    }
}
