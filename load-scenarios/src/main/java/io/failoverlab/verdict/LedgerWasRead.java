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
            case FinalRead.NotRead notRead -> result(ledger.attempted() == 0, notRead.reason());
            case FinalRead.Read read -> {
                LedgerAudit audit = LedgerAudit.of(ledger, read);
                yield result(
                        audit.unexpected() == 0,
                        audit.unexpected() == 0
                                ? Wording.counted(audit.found(), "write") + " found"
                                : Wording.counted(audit.unexpected(), "write") + " found that nobody attempted");
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
