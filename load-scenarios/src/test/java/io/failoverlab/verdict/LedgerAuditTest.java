package io.failoverlab.verdict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.failoverlab.history.LedgerReading;
import io.failoverlab.history.LedgerReading.FinalRead;
import io.failoverlab.history.RunBuilder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

final class LedgerAuditTest {

    /**
     * Six attempted: a and b are fine, c is gone, d is stored under another id than acknowledged, e and f had no answer; e
     * was stored, twice; nobody attempted x.
     */
    private static final FinalRead.Read FOUND = new FinalRead.Read(
            "db-2",
            Map.of("a", List.of(1L), "b", List.of(2L), "d", List.of(9L), "e", List.of(5L, 6L), "x", List.of(7L)));

    private static final LedgerReading LEDGER =
            new LedgerReading(Set.of("a", "b", "c", "d", "e", "f"), Map.of("a", 1L, "b", 2L, "c", 3L, "d", 4L), FOUND);

    private static final String SENTENCE = "6 attempted, 4 acknowledged, 5 found, 2 lost, 1 stored twice,"
            + " 1 that nobody attempted; 2 without an acknowledgement, of which 1 found";

    @Test
    void everyWriteIsAccountedFor() {
        assertThat(LedgerAudit.of(LEDGER, FOUND))
                .isEqualTo(new LedgerAudit(Map.of(
                        WriteClass.ATTEMPTED, keys("a", "b", "c", "d", "e", "f"),
                        WriteClass.ACKNOWLEDGED, keys("a", "b", "c", "d"),
                        WriteClass.FOUND, keys("a", "b", "d", "e", "x"),
                        WriteClass.LOST, keys("c", "d"),
                        WriteClass.UNKNOWN, keys("e", "f"),
                        WriteClass.RECOVERED, keys("e"),
                        WriteClass.DUPLICATED, keys("e"),
                        WriteClass.UNEXPECTED, keys("x"))));
    }

    /** A phantom must not hide behind a write whose outcome is unknown, as it would if only numbers were compared. */
    @Test
    void aPhantomIsToldFromAWriteWithoutAnAnswer() {
        FinalRead.Read read = new FinalRead.Read("db-1", Map.of("x", List.of(2L)));
        LedgerAudit audit = LedgerAudit.of(new LedgerReading(Set.of("a"), Map.of(), read), read);

        assertThat(audit.keys().get(WriteClass.UNEXPECTED)).containsExactly("x");
        assertThat(audit.keys().get(WriteClass.RECOVERED)).isEmpty();
    }

    @Test
    void theFiguresComeFromTheAudit() {
        assertThat(find(Figure.WRITES_LOST, LEDGER)).isEqualTo(finding(2, "c", "d"));
        assertThat(find(Figure.WRITES_DUPLICATED, LEDGER)).isEqualTo(finding(1, "e"));
        assertThat(find(Figure.WRITES_UNEXPECTED, LEDGER)).isEqualTo(finding(1, "x"));
        assertThat(find(Figure.WRITES_UNKNOWN, LEDGER)).isEqualTo(finding(2, "e", "f"));
        assertThat(find(Figure.WRITES_RECOVERED, LEDGER)).isEqualTo(finding(1, "e"));
    }

    @Test
    void ofManyTheFirstFiveAreNamed() {
        LedgerReading gone = new LedgerReading(
                Set.of("a", "b", "c", "d", "e", "f", "g"),
                Map.of("a", 1L, "b", 2L, "c", 3L, "d", 4L, "e", 5L, "f", 6L, "g", 7L),
                new FinalRead.Read("db-1", Map.of()));

        assertThat(find(Figure.WRITES_LOST, gone).evidence()).containsExactly("a", "b", "c", "d", "e", "and 2 more");
    }

    @Test
    void withoutAFinalReadNothingIsSaidAndTheVerdictIsUnknown() {
        LedgerReading notRead = new LedgerReading(Set.of("a", "b"), Map.of("a", 1L), new FinalRead.NotRead("gone"));

        for (Figure figure : List.of(
                Figure.WRITES_LOST,
                Figure.WRITES_DUPLICATED,
                Figure.WRITES_UNEXPECTED,
                Figure.WRITES_UNKNOWN,
                Figure.WRITES_RECOVERED)) {
            assertThat(find(figure, notRead)).isEqualTo(Finding.missing("the database was not read: gone"));
        }
        assertThat(verdict(notRead)).isEqualTo(Verdict.UNKNOWN);
    }

    @Test
    void aPhantomIsNeverPassedAndFailsWhereNoneIsExpected() {
        LedgerReading phantom = new LedgerReading(
                Set.of("a"), Map.of("a", 1L), new FinalRead.Read("db-1", Map.of("a", List.of(1L), "x", List.of(2L))));

        assertThat(verdict(phantom)).isEqualTo(Verdict.UNKNOWN);
        assertThat(Judge.judge(RunBuilder.quiet()
                                .ledger(phantom)
                                .expect("writes-unexpected", "0")
                                .build())
                        .verdict())
                .isEqualTo(Verdict.FAIL);
    }

    @Test
    void anAcknowledgementOfWhatWasNeverAttemptedIsRefused() {
        assertThatThrownBy(() ->
                        new LedgerReading(Set.of("a"), Map.of("a", 1L, "b", 2L), new FinalRead.Read("db-1", Map.of())))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("ledger.acknowledged: expected keys of ledger.attempted only, found [b]");
    }

    /** Histories of a few keys, so that every combination comes up. */
    @Test
    void itAgreesWithANaiveChecker() {
        for (int seed = 0; seed < 2_000; seed++) {
            Random random = new Random(seed);
            Set<String> attempted = new LinkedHashSet<>();
            Map<String, Long> acknowledged = new HashMap<>();
            Map<String, List<Long>> found = new HashMap<>();
            for (int write = random.nextInt(12); write > 0; write--) {
                String key = "k-" + random.nextInt(20);
                if (random.nextInt(5) > 0) {
                    attempted.add(key);
                }
                if (attempted.contains(key) && random.nextBoolean()) {
                    acknowledged.put(key, random.nextLong(3));
                }
                if (random.nextBoolean()) {
                    found.put(
                            key,
                            random.longs(random.nextInt(1, 3), 0, 3).boxed().toList());
                }
            }
            FinalRead.Read read = new FinalRead.Read("db-1", found);

            LedgerAudit audit = LedgerAudit.of(new LedgerReading(attempted, acknowledged, read), read);

            for (WriteClass kind : WriteClass.values()) {
                assertThat(audit.keys().get(kind))
                        .as("seed %d, %s of %s, %s, %s", seed, kind, attempted, acknowledged, found)
                        .containsExactlyElementsOf(naive(kind, attempted, acknowledged, found));
            }
        }
    }

    /** Asks of every key there could be, by the definitions alone. */
    private static List<String> naive(
            WriteClass kind, Set<String> attempted, Map<String, Long> acknowledged, Map<String, List<Long>> found) {
        List<String> keys = new ArrayList<>();
        for (int number = 0; number < 20; number++) {
            String key = "k-" + number;
            boolean tried = attempted.contains(key);
            boolean told = acknowledged.containsKey(key);
            boolean there = found.containsKey(key);
            boolean thereAsTold = there && told && found.get(key).contains(acknowledged.get(key));
            boolean member = switch (kind) {
                case ATTEMPTED -> tried;
                case ACKNOWLEDGED -> told;
                case FOUND -> there;
                case LOST -> told && !thereAsTold;
                case UNKNOWN -> tried && !told;
                case RECOVERED -> tried && !told && there;
                case DUPLICATED -> there && found.get(key).size() > 1;
                case UNEXPECTED -> there && !tried;
            };
            if (member) {
                keys.add(key);
            }
        }
        return keys.stream().sorted().toList();
    }

    private static Verdict verdict(LedgerReading ledger) {
        return Judge.judge(RunBuilder.quiet()
                        .ledger(ledger)
                        .expect("requests-lost", "0")
                        .build())
                .verdict();
    }

    private static SortedSet<String> keys(String... keys) {
        return new TreeSet<>(List.of(keys));
    }

    private static Finding finding(long count, String... evidence) {
        return new Finding(new Measurement.Count(count), SENTENCE, List.of(evidence));
    }

    private static Finding find(Figure figure, LedgerReading ledger) {
        return figure.find(RunBuilder.quiet().ledger(ledger).build());
    }
}
