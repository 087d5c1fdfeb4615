package io.failoverlab.experiment;

import io.failoverlab.history.LedgerReading;
import io.failoverlab.rds.DbInstance;
import io.failoverlab.simulation.Ledger;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads the orders back from the database itself, past the application, and sets them beside the client's ledger. */
final class LedgerCheck {
    private static final String ALL_ORDERS = "SELECT idempotency_key, id FROM orders ORDER BY id";

    private LedgerCheck() {}

    static LedgerReading read(Ledger ledger, DbInstance database) {
        return new LedgerReading(ledger.attempted().size(), ledger.acknowledged(), finalRead(database));
    }

    private static LedgerReading.FinalRead finalRead(DbInstance database) {
        try {
            Map<String, List<Long>> found = new HashMap<>();
            for (List<String> row : database.query(ALL_ORDERS)) {
                found.computeIfAbsent(row.get(0), key -> new ArrayList<>()).add(Long.parseLong(row.get(1)));
            }
            return new LedgerReading.FinalRead.Read(found);
        } catch (SQLException failure) {
            return new LedgerReading.FinalRead.NotRead("the database did not answer: " + failure.getMessage());
        }
    }
}
