package io.failoverlab.verdict;

import io.failoverlab.history.History;

/** Writes that are in the database more than once at the end. */
final class WritesDuplicated implements Check {

    @Override
    public Finding find(History history) {
        return LedgerAudit.finding(history.ledger(), audit -> audit.count(audit.duplicated()));
    }
}
