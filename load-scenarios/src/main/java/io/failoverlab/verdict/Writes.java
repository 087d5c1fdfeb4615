package io.failoverlab.verdict;

import io.failoverlab.history.History;
import io.failoverlab.history.LedgerReading;
import io.failoverlab.history.LedgerReading.FinalRead;
import java.util.ArrayList;
import java.util.List;

/** Writes of one class; nothing is said about any of them without a final read. */
record Writes(WriteClass kind) implements Check {

    @Override
    public Finding find(History history) {
        LedgerReading ledger = history.ledger();
        return switch (ledger.finalRead()) {
            case FinalRead.NotRead notRead -> Finding.missing("the database was not read: " + notRead.reason());
            case FinalRead.Read read -> finding(LedgerAudit.of(ledger, read));
        };
    }

    private Finding finding(LedgerAudit audit) {
        List<String> evidence = new ArrayList<>(audit.examples(kind));
        int more = audit.count(kind) - evidence.size();
        if (more > 0) {
            evidence.add("and " + Wording.count(more) + " more");
        }
        return new Finding(new Measurement.Count(audit.count(kind)), audit.sentence(), evidence);
    }
}
