package io.failoverlab.cli;

import io.failoverlab.clock.LabScheduler;
import io.failoverlab.experiment.LedgerCheck;
import io.failoverlab.history.LedgerReading;
import io.failoverlab.history.LedgerReading.FinalRead;
import io.failoverlab.session.ControlClient;
import io.failoverlab.session.ControlReply;
import io.failoverlab.session.ControlRequest;
import io.failoverlab.session.Session;
import io.failoverlab.simulation.Ledger;
import io.failoverlab.simulation.LoadGenerator;
import io.failoverlab.verdict.LedgerAudit;
import io.failoverlab.verdict.Verdict;
import io.failoverlab.verdict.WriteClass;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What became of the orders of a load on the lab that is up, which may hold those of other loads too.
 *
 * @param lines for people
 * @param verdict FAIL for what must never happen, UNKNOWN without a final read
 */
record OrdersOfLoad(List<String> lines, Verdict verdict) {
    /** A failover may be under way when the load ends. */
    private static final Duration FINAL_READ_LIMIT = Duration.ofSeconds(30);

    private static final List<WriteClass> NEVER =
            List.of(WriteClass.LOST, WriteClass.DUPLICATED, WriteClass.UNEXPECTED);

    OrdersOfLoad {
        lines = List.copyOf(lines);
    }

    /**
     * Reads them back from the lab's primary.
     *
     * @param folder of the load
     */
    static OrdersOfLoad read(Session session, Path folder, LabScheduler scheduler) throws IOException {
        Ledger ledger = Ledger.read(folder.resolve(Ledger.FILE));
        if (ledger.attempted().isEmpty()) {
            return new OrdersOfLoad(List.of(), Verdict.PASS);
        }
        LedgerCheck.Source primary = new LedgerCheck.Source("the database", sql -> rows(session, sql));
        return of(
                LedgerCheck.read(ledger, LoadGenerator.keyPrefix(folder), () -> primary, scheduler, FINAL_READ_LIMIT));
    }

    private static List<List<String>> rows(Session session, String sql) throws SQLException {
        try {
            ControlReply reply = new ControlClient(session).ask(new ControlRequest.Query(sql));
            if (!reply.done()) {
                throw new SQLException(reply.message());
            }
            return reply.message()
                    .lines()
                    .map(line -> List.of(line.split("\t", -1)))
                    .toList();
        } catch (IOException gone) {
            throw new SQLException("the lab that was up is gone: " + gone.getMessage(), gone);
        }
    }

    static OrdersOfLoad of(LedgerReading ledger) {
        return switch (ledger.finalRead()) {
            case FinalRead.NotRead notRead ->
                new OrdersOfLoad(List.of("orders    not read back: " + notRead.reason()), Verdict.UNKNOWN);
            case FinalRead.Read read -> of(LedgerAudit.of(ledger, read));
        };
    }

    private static OrdersOfLoad of(LedgerAudit audit) {
        List<String> lines = new ArrayList<>(List.of("orders    " + audit.sentence()));
        List<WriteClass> happened =
                NEVER.stream().filter(kind -> audit.count(kind) > 0).toList();
        happened.forEach(kind -> lines.add("          " + kind.key() + ": "
                + audit.examples(kind).stream().collect(Collectors.joining(", "))
                + (audit.count(kind) > audit.examples(kind).size() ? ", …" : "")));
        return new OrdersOfLoad(lines, happened.isEmpty() ? Verdict.PASS : Verdict.FAIL);
    }
}
