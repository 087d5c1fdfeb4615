package io.failoverlab.rds;

/**
 * What a standby lacks of its primary, and what is lost if it is promoted as it is.
 *
 * @param primary name of the server that has it
 * @param gtids as MySQL writes a set of transactions; empty if it lacks nothing
 * @param current whether the primary was asked now; if not, it had at least these when it answered last
 */
public record Gap(String primary, String gtids, boolean current) {
    /** How many. */
    public long transactions() {
        return GtidSet.count(gtids);
    }

    @Override
    public String toString() {
        String count = (current ? "" : "at least ")
                + (transactions() == 0
                        ? "no transaction"
                        : transactions() + (transactions() == 1 ? " transaction" : " transactions") + " of " + primary
                                + ": " + gtids);
        return current ? count : count + " (as of the last answer of " + primary + ", which is silent now)";
    }
}
