package io.failoverlab.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class HistoryStoreTest {
    /** After the header and an event of each kind. */
    private static final String LAST_LINE =
            "history.jsonl line " + (SampleRun.ONE_EVENT_OF_EACH_KIND.size() + 2) + ": ";

    @TempDir
    Path directory;

    @Test
    void whatIsSavedLoadsBackEqualForEveryKindOfEvent() throws IOException {
        History history = new History(
                SampleRun.INFO,
                SampleRun.ONE_EVENT_OF_EACH_KIND,
                List.of(
                        new RequestSample("item", Duration.ofMillis(-5), Duration.ofMillis(12), true, 200, ""),
                        new RequestSample(
                                "place, \"order\"",
                                Duration.ofMillis(20_013),
                                Duration.ofMillis(10_000),
                                false,
                                0,
                                "Request timeout to 127.0.0.1:8080, after \"10000 ms\"")),
                new LedgerReading(
                        Set.of("k-1", "k-2", "k-3"),
                        Map.of("k-1", 11L, "k-2", 12L),
                        new LedgerReading.FinalRead.Read(
                                "db-2", Map.of("k-1", List.of(11L), "k-2", List.of(12L, 15L)))),
                List.of(
                        new ItemVersion(5, 1, false, Duration.ofMillis(-5), Duration.ofMillis(7)),
                        new ItemVersion(5, 2, true, Duration.ofMillis(9), Duration.ofMillis(19))),
                List.of());

        HistoryStore.save(history, directory);

        assertThat(SampleRun.ONE_EVENT_OF_EACH_KIND.stream().<Object>map(Event::getClass))
                .containsExactlyInAnyOrder((Object[]) Event.class.getPermittedSubclasses());
        assertThat(HistoryStore.load(directory)).isEqualTo(history);
    }

    @Test
    void aLedgerThatWasNotReadKeepsItsReason() throws IOException {
        LedgerReading notRead = new LedgerReading(
                Set.of("k-1"), Map.of("k-1", 1L), new LedgerReading.FinalRead.NotRead("db-1 does not answer"));
        History history = new History(SampleRun.INFO, List.of(), List.of(), notRead);

        HistoryStore.save(history, directory);

        assertThat(HistoryStore.load(directory).ledger()).isEqualTo(notRead);
    }

    @Test
    void aRunOfTheVersionBeforeIsRead() throws IOException {
        HistoryStore.save(SampleRun.history(), directory);
        Path file = directory.resolve("history.jsonl");
        String before = Files.readString(file)
                .replaceFirst("\"schemaVersion\":3", "\"schemaVersion\":2")
                .replaceFirst(",\"rates\":\"\"", "");
        assertThat(before).doesNotContain("rates");
        Files.writeString(file, before);

        assertThat(HistoryStore.load(directory)).isEqualTo(SampleRun.history());
    }

    @Test
    void theGoldenRunIsInTheFormThatIsWrittenToday() throws IOException {
        Path golden = Path.of("src/test/resources/golden-run");

        History history = HistoryStore.load(golden);
        HistoryStore.save(history, directory);

        assertThat(history.damage()).isEmpty();
        for (String file : List.of("history.jsonl", "requests.csv")) {
            assertThat(directory.resolve(file)).as(file).hasSameTextualContentAs(golden.resolve(file));
        }
    }

    @Test
    void aTornLastLineIsReportedAndLeftOut() throws IOException {
        HistoryStore.save(SampleRun.history(), directory);
        append("history.jsonl", "{\"event\":\"Note\",\"at\":1");
        append("requests.csv", "item,17672580");
        append("items.csv", "5,2,tr");

        assertThat(HistoryStore.load(directory))
                .isEqualTo(new History(
                        SampleRun.INFO,
                        SampleRun.history().events(),
                        List.of(),
                        LedgerReading.noWrites(),
                        List.of(),
                        List.of(
                                LAST_LINE + "the last line is torn; left out",
                                "requests.csv line 2: the last line is torn; left out",
                                "items.csv line 2: the last line is torn; left out")));
    }

    @Test
    void damageIsNotForgottenWhenADamagedHistoryIsSavedAgain() throws IOException {
        HistoryStore.save(SampleRun.history(), directory);
        append("requests.csv", "item,17672580");
        History damaged = HistoryStore.load(directory);

        HistoryStore.save(damaged, directory);

        assertThat(HistoryStore.load(directory)).isEqualTo(damaged);
        assertThat(damaged.damage()).hasSize(1);
    }

    @Test
    void missingFilesAreReported() throws IOException {
        HistoryStore.save(SampleRun.history(), directory);
        Files.delete(directory.resolve("requests.csv"));
        Files.delete(directory.resolve("ledger.json"));

        assertThat(HistoryStore.load(directory).damage())
                .containsExactly("requests.csv is missing", "ledger.json is missing");
    }

    @Test
    void aRunOfBeforeThereWereVersionsOfItemsIsWhole() throws IOException {
        HistoryStore.save(SampleRun.history(), directory);
        Files.delete(directory.resolve("items.csv"));

        assertThat(HistoryStore.load(directory)).isEqualTo(SampleRun.history());
    }

    @Test
    void aBadLineOfItemsIsRefused() throws IOException {
        HistoryStore.save(SampleRun.history(), directory);
        append("items.csv", "5,0,true,1,2\n");

        assertThatThrownBy(() -> HistoryStore.load(directory))
                .isInstanceOf(UnreadableHistoryException.class)
                .hasMessage("items.csv line 2: expected an item and a version from 1 on, found item 5 and version 0");
    }

    @Test
    void anUnknownEventIsRefusedWithItsLine() throws IOException {
        HistoryStore.save(SampleRun.history(), directory);
        append("history.jsonl", "{\"event\":\"MeteorStruck\",\"at\":1}\n");

        assertThatThrownBy(() -> HistoryStore.load(directory))
                .isInstanceOf(UnreadableHistoryException.class)
                .hasMessageStartingWith(LAST_LINE + "expected an event of one of the kinds ")
                .hasMessageContaining("LoadStarted, ")
                .hasMessageEndingWith(", found MeteorStruck");
    }

    @Test
    void aMissingFieldAndAnUnknownOneAreRefusedWithTheirLine() throws IOException {
        HistoryStore.save(SampleRun.history(), directory);
        append("history.jsonl", "{\"event\":\"Note\",\"at\":1}\n");
        assertThatThrownBy(() -> HistoryStore.load(directory))
                .isInstanceOf(UnreadableHistoryException.class)
                .hasMessageStartingWith(LAST_LINE)
                .hasMessageContaining("'text'");

        HistoryStore.save(SampleRun.history(), directory);
        append("history.jsonl", "{\"event\":\"Note\",\"at\":1,\"text\":\"a\",\"colour\":\"red\"}\n");
        assertThatThrownBy(() -> HistoryStore.load(directory))
                .isInstanceOf(UnreadableHistoryException.class)
                .hasMessageStartingWith(LAST_LINE)
                .hasMessageContaining("\"colour\"");
    }

    @Test
    void anotherVersionOfTheFormIsRefused() throws IOException {
        Files.writeString(directory.resolve("history.jsonl"), "{\"schemaVersion\":1,\"run\":{}}\n");

        assertThatThrownBy(() -> HistoryStore.load(directory))
                .isInstanceOf(UnreadableHistoryException.class)
                .hasMessage("history.jsonl line 1: expected a header with schemaVersion 3, found 1;"
                        + " judge the run with the version of the lab that made it");
    }

    @Test
    void aBadRequestLineIsRefusedWithItsLine() throws IOException {
        Path file = Files.writeString(
                directory.resolve("requests.csv"), RequestLog.HEADER + "\nitem,5,2,true,200,\nitem,1,2,yes,200,\n");

        assertThatThrownBy(() -> RequestLog.read(file, Instant.EPOCH, List.of()))
                .isInstanceOf(UnreadableHistoryException.class)
                .hasMessage("requests.csv line 2: request.duration: expected 0 s or more, found PT-0.003S");
    }

    private void append(String file, String text) throws IOException {
        Files.writeString(directory.resolve(file), text, StandardOpenOption.APPEND);
    }
}
