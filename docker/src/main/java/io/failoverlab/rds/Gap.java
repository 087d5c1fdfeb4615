package io.failoverlab.rds;

import java.util.Optional;

/**
 * What a standby lacks of its primary, and what is lost if it is promoted as it is.
 *
 * @param primary name of the server that has it
 * @param gtids as MySQL writes a set of transactions, without any if it lacks nothing; empty if the primary has never answered
 *     this lab, so that nobody knows
 * @param current whether the primary was asked now; if not, it had at least these when it answered last
 */
public record Gap(String primary, Optional<String> gtids, boolean current) {
    @Override
    public String toString() {
        return gtids.map(this::known)
                .orElse("an unknown number of transactions: " + primary + " has not answered this lab");
    }

    private String known(String set) {
        long number = GtidSet.count(set);
        String count = (current ? "" : "at least ")
                + (number == 0
                        ? "no transaction"
                        : number + (number == 1 ? " transaction" : " transactions") + " of " + primary + ": " + set);
        return current ? count : count + " (as of the last answer of " + primary + ", which is silent now)";
    }
}
