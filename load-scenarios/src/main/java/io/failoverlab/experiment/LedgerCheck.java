package io.failoverlab.experiment;

import io.failoverlab.clock.LabScheduler;
import io.failoverlab.history.LedgerReading;
import io.failoverlab.history.LedgerReading.FinalRead;
import io.failoverlab.simulation.Ledger;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Reads the orders back from the primary itself, past the application, and sets them beside the client's ledger. */
public final class LedgerCheck {
    private static final String READ_ONLY = "SELECT @@global.read_only";
    private static final String ORDERS =
            "SELECT idempotency_key, id FROM orders WHERE idempotency_key LIKE '%s%%' ORDER BY id";

    private LedgerCheck() {}

    /** Answers a query with its rows as text. */
    public interface Query {
        List<List<String>> rows(String sql) throws SQLException;
    }

    /**
     * The database to ask.
     *
     * @param identifier of the instance, such as {@code db-1}
     */
    public record Source(String identifier, Query query) {}

    /**
     * Reads until there is an answer.
     *
     * @param prefix of the keys that count; empty for all, where nobody but this load has ordered
     * @param primary the primary at the moment of the call, which a failover changes
     * @param limit after it the last reason for having no answer is what is known
     */
    public static LedgerReading read(
            Ledger ledger, String prefix, Supplier<Source> primary, LabScheduler scheduler, Duration limit) {
        FinalRead finalRead = scheduler
                .<FinalRead>await(
                        limit, () -> Optional.of(once(primary.get(), prefix)).filter(FinalRead.Read.class::isInstance))
                .orElseGet(() -> once(primary.get(), prefix));
        return new LedgerReading(ledger.attempted(), ledger.acknowledged(), finalRead);
    }

    /** A server that takes no writes is a standby, or was demoted: what it lacks need not be lost. */
    static FinalRead once(Source primary, String prefix) {
        try {
            if (!primary.query().rows(READ_ONLY).equals(List.of(List.of("0")))) {
                return new FinalRead.NotRead(
                        primary.identifier() + " is read-only: expected the primary, which takes writes");
            }
            Map<String, List<Long>> found = new HashMap<>();
            for (List<String> row : primary.query().rows(ORDERS.formatted(prefix))) {
                found.computeIfAbsent(row.get(0), key -> new ArrayList<>()).add(Long.parseLong(row.get(1)));
            }
            return new FinalRead.Read(primary.identifier(), found);
        } catch (SQLException failure) {
            return new FinalRead.NotRead(primary.identifier() + " did not answer: " + failure.getMessage());
        }
    }
}
