package io.failoverlab.verdict;

import io.failoverlab.history.History;
import io.failoverlab.history.LedgerReading;
import io.failoverlab.history.LedgerReading.FinalRead;

/** The database was read after the load, and what was found can be explained by the writes of this run. */
final class LedgerWasRead implements Assumption {

    @Override
    public AssumptionResult test(History history) {
        LedgerReading ledger = history.ledger();
        return switch (ledger.finalRead()) {
            case FinalRead.NotRead notRead -> result(ledger.attempted().isEmpty(), notRead.reason());
            case FinalRead.Read read -> {
                LedgerAudit audit = LedgerAudit.of(ledger, read);
                int unexpected = audit.count(WriteClass.UNEXPECTED);
                yield result(
                        unexpected == 0,
                        unexpected == 0
                                ? Wording.counted(audit.count(WriteClass.FOUND), "write") + " found in " + read.from()
                                : Wording.counted(unexpected, "write") + " found in " + read.from()
                                        + " that nobody attempted");
            }
        };
    }

    private static AssumptionResult result(boolean holds, String found) {
        return new AssumptionResult(
                "ledger-read",
                "The writes were read back",
                holds,
                "the database was read after the load and holds no write of others",
                found);
    }
}
