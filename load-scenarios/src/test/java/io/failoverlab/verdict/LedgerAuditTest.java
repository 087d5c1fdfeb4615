package io.failoverlab.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import io.failoverlab.history.LedgerReading;
import io.failoverlab.history.LedgerReading.FinalRead;
import io.failoverlab.history.RunBuilder;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class LedgerAuditTest {

    /**
     * Six attempted: a and b are fine, c is gone, d is stored under another id than acknowledged, e and f had no answer; e
     * was stored, twice.
     */
    private static final FinalRead.Read FOUND =
            new FinalRead.Read(Map.of("a", List.of(1L), "b", List.of(2L), "d", List.of(9L), "e", List.of(5L, 6L)));

    private static final LedgerReading LEDGER = new LedgerReading(6, Map.of("a", 1L, "b", 2L, "c", 3L, "d", 4L), FOUND);

    @Test
    void everyWriteIsAccountedFor() {
        assertThat(LedgerAudit.of(LEDGER, FOUND))
                .isEqualTo(new LedgerAudit(6, 4, 4, Set.of("c", "d"), Set.of("e"), 2, 1, 0));
    }

    @Test
    void rowsThatNobodyAttemptedAreUnexpected() {
        FinalRead.Read read = new FinalRead.Read(Map.of("a", List.of(1L), "x", List.of(2L), "y", List.of(3L)));

        assertThat(LedgerAudit.of(new LedgerReading(2, Map.of("a", 1L), read), read))
                .isEqualTo(new LedgerAudit(2, 1, 3, Set.of(), Set.of(), 1, 1, 1));
    }

    @Test
    void theFiguresComeFromTheAudit() {
        String sentence = "6 attempted, 4 acknowledged, 4 found, 2 lost, 1 stored twice;"
                + " 2 without an answer, of which 1 found";

        assertThat(find(Figure.WRITES_LOST, LEDGER))
                .isEqualTo(new Finding(new Measurement.Count(2), sentence, List.of("c", "d")));
        assertThat(find(Figure.WRITES_DUPLICATED, LEDGER))
                .isEqualTo(new Finding(new Measurement.Count(1), sentence, List.of("e")));
        assertThat(find(Figure.WRITES_RECOVERED, LEDGER))
                .isEqualTo(new Finding(new Measurement.Count(1), sentence, List.of()));
    }

    @Test
    void withoutAFinalReadNothingIsSaid() {
        LedgerReading notRead = new LedgerReading(6, Map.of("a", 1L), new FinalRead.NotRead("db-1 is gone"));

        for (Figure figure : List.of(Figure.WRITES_LOST, Figure.WRITES_DUPLICATED, Figure.WRITES_RECOVERED)) {
            assertThat(find(figure, notRead)).isEqualTo(Finding.missing("the database was not read: db-1 is gone"));
        }
    }

    private static Finding find(Figure figure, LedgerReading ledger) {
        return figure.find(RunBuilder.quiet().ledger(ledger).build());
    }
}
