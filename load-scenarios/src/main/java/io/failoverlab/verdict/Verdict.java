package io.failoverlab.verdict;

import java.util.Collection;
import java.util.Comparator;

/** The end of a run. The order of the constants is the order of precedence: the later one wins. */
public enum Verdict {
    PASS,
    UNKNOWN,
    FAIL;

    /** FAIL over UNKNOWN over PASS; of nothing it is UNKNOWN, since unknown is never green. */
    public static Verdict of(Collection<Verdict> verdicts) {
        return verdicts.stream().max(Comparator.naturalOrder()).orElse(UNKNOWN);
    }
}
