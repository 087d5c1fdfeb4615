package io.failoverlab.verdict;

import java.util.List;

/**
 * What came out of a run.
 *
 * @param sentence what happened, in words, with its reason where the verdict is not PASS
 * @param phases of the judged run, those that had requests
 * @param scorecard what an operator asks first, in measured numbers
 * @param results one for every {@link Figure} that applies to the run or of which something is expected, in its order
 */
public record Judgement(
        Verdict verdict,
        String sentence,
        List<AssumptionResult> assumptions,
        List<CheckResult> results,
        List<Phase> phases,
        List<Score> scorecard) {

    public Judgement {
        assumptions = List.copyOf(assumptions);
        results = List.copyOf(results);
        phases = List.copyOf(phases);
        scorecard = List.copyOf(scorecard);
    }

    /** The same in other words. */
    public Judgement withSentence(String other) {
        return new Judgement(verdict, other, assumptions, results, phases, scorecard);
    }
}
