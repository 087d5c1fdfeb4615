package io.failoverlab.comparison;

import io.failoverlab.topology.Redundancy;
import io.failoverlab.verdict.Verdict;

/** What the loss of the primary cost with one kind of standby. */
public record RedundancyDamage(Redundancy standby, Damage damage) {
    /**
     * Only a hot standby promises to lose no acknowledged write; what the others lose is what is to be found out. None may double or
     * invent one. FAIL also where it was not over within the run.
     */
    public Verdict verdict() {
        boolean broken =
                standby == Redundancy.HOT && damage.lostWrites() > 0 || damage.surplusWrites() > 0 || !damage.isOver();
        if (broken) {
            return Verdict.FAIL;
        }
        return damage.doubts().isEmpty() ? Verdict.PASS : Verdict.UNKNOWN;
    }
}
