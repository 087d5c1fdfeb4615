package io.failoverlab.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import io.failoverlab.clock.LabScheduler;
import io.failoverlab.history.LedgerReading;
import io.failoverlab.history.LedgerReading.FinalRead;
import io.failoverlab.simulation.Ledger;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class LedgerCheckTest {
    private static final Ledger LEDGER =
            new Ledger(new TreeSet<>(Set.of("k-1", "k-2")), new TreeMap<>(Map.of("k-1", 1L)), 0);

    private static final LedgerCheck.Source PRIMARY = source("db-2", "0");
    private static final LedgerCheck.Source DEMOTED = source("db-1", "1");
    private static final LedgerCheck.Source GONE = new LedgerCheck.Source("db-1", sql -> {
        throw new SQLException("connection refused");
    });

    @Test
    void ordersAreReadUnderTheirKeys() {
        assertThat(once(PRIMARY))
                .isEqualTo(new FinalRead.Read("db-2", Map.of("k-1", List.of(1L, 3L), "k-2", List.of(2L))));
    }

    @Test
    void aServerThatTakesNoWritesIsNotTheLastWord() {
        assertThat(once(DEMOTED))
                .isEqualTo(new FinalRead.NotRead("db-1 is read-only: expected the primary, which takes writes"));
    }

    @Test
    void whatCannotBeReadSaysWhy() {
        assertThat(once(GONE)).isEqualTo(new FinalRead.NotRead("db-1 did not answer: connection refused"));
    }

    @Test
    void itWaitsForTheFailoverAndReadsFromThePromotedPrimary() {
        assertThat(read(Duration.ofMinutes(1), GONE, DEMOTED, PRIMARY))
                .isEqualTo(new LedgerReading(LEDGER.attempted(), LEDGER.acknowledged(), once(PRIMARY)));
    }

    @Test
    void whatDoesNotComeBackInTimeIsNotRead() {
        assertThat(read(Duration.ZERO, GONE, DEMOTED).finalRead()).isEqualTo(once(DEMOTED));
    }

    @Test
    void onlyTheKeysOfTheLoadAreAskedFor() {
        List<String> asked = new ArrayList<>();
        LedgerCheck.once(
                new LedgerCheck.Source("db-1", sql -> {
                    asked.add(sql);
                    return sql.contains("read_only") ? List.of(List.of("0")) : List.of();
                }),
                "1a2b3c4d-");

        assertThat(asked.getLast()).contains("WHERE idempotency_key LIKE '1a2b3c4d-%'");
    }

    private static FinalRead once(LedgerCheck.Source source) {
        return LedgerCheck.once(source, "");
    }

    private static LedgerReading read(Duration limit, LedgerCheck.Source... inTurn) {
        Deque<LedgerCheck.Source> primaries = new ArrayDeque<>(List.of(inTurn));
        try (LabScheduler scheduler = new LabScheduler(failure -> {})) {
            return LedgerCheck.read(LEDGER, "", primaries::pop, scheduler, limit);
        }
    }

    private static LedgerCheck.Source source(String identifier, String readOnly) {
        return new LedgerCheck.Source(
                identifier,
                sql -> sql.contains("read_only")
                        ? List.of(List.of(readOnly))
                        : List.of(List.of("k-1", "1"), List.of("k-2", "2"), List.of("k-1", "3")));
    }
}
