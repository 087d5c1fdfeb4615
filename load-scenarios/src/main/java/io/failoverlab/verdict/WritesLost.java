package io.failoverlab.verdict;

import io.failoverlab.history.History;

/** Writes that were acknowledged and are not in the database at the end. */
final class WritesLost implements Check {

    @Override
    public Finding find(History history) {
        return LedgerAudit.finding(history.ledger(), audit -> audit.count(audit.lost()));
    }
}
