package io.failoverlab.verdict;

import io.failoverlab.history.History;
import java.util.List;

/** Writes without an acknowledgement that are in the database all the same: not wrong, the client just could not know. */
final class WritesRecovered implements Check {

    @Override
    public Finding find(History history) {
        return LedgerAudit.finding(
                history.ledger(),
                audit -> new Finding(new Measurement.Count(audit.recovered()), audit.sentence(), List.of()));
    }
}
