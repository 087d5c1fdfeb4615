package io.failoverlab.verdict;

import java.util.Optional;

/** How a figure compares with what was expected of it. */
public enum Outcome {
    /** As expected. */
    MET(Verdict.PASS),
    /** Not as expected. */
    NOT_MET(Verdict.FAIL),
    /** Something was expected, and it could not be measured. */
    UNKNOWN(Verdict.UNKNOWN),
    /** Nothing was expected: shown, not judged. */
    INFORMATION(null);

    private final Verdict verdict;

    Outcome(Verdict verdict) {
        this.verdict = verdict;
    }

    /** What it means for the verdict; empty where it is not judged. */
    public Optional<Verdict> verdict() {
        return Optional.ofNullable(verdict);
    }
}
