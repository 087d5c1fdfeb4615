package io.failoverlab.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.failoverlab.event.LabEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Flips bytes of a small store, and cuts it off, one place after the other. Whatever the damage, the store opens, holds nothing that
 * was not there before, and says so if anything is missing. The headers are damaged at every byte, the rest at every
 * {@value #STEP}th; {@code -Dfailoverlab.damage=1} damages every byte, which takes minutes.
 */
class StoreDamageTest {
    private static final int STEP = 97;
    private static final int EVERY = Integer.getInteger("failoverlab.damage", STEP);

    private static final Map<String, String> KINDS = Map.of(
            "alarm", "alarms", "history", "history items", "event", "events", "dashboard", "dashboards", "tag", "tags");

    @TempDir
    private Path temporary;

    private Path directory;
    private SmallStore whole;
    private final TreeMap<Integer, Integer> lostRows = new TreeMap<>();

    @BeforeEach
    void makeTheStore() throws IOException, SQLException {
        Path memory = Path.of("/dev/shm");
        directory = Files.createTempDirectory(Files.isWritable(memory) ? memory : temporary, "damage");
        whole = SmallStore.make(temporary);
    }

    @AfterEach
    void deleteAll() throws IOException {
        clear();
        Files.delete(directory);
    }

    private void clear() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    /** What a store with these bytes holds when it was opened, and what was said of it. */
    private record Opened(Set<String> content, Optional<StoreDamage> damage) {}

    private Opened open(byte[] file, byte[] log) throws IOException {
        clear();
        Path path = directory.resolve("monitor.db");
        Files.write(path, file);
        Files.write(directory.resolve("monitor.db-wal"), log);
        Files.write(directory.resolve("monitor.db.lock"), new byte[0]);
        Opened opened;
        try (Database database = Database.open(path, InstantSource.system())) {
            opened = new Opened(SmallStore.contentOf(database), database.damage());
        }
        if (opened.damage().isPresent()) {
            assertThat(opened.damage().get().damagedFile()).hasBinaryContent(file);
        }
        return opened;
    }

    /** Every byte of the headers, and each so-manyth of the rest. */
    private static IntStream places(int length, int header) {
        return IntStream.range(0, length).filter(at -> at < header || at % EVERY == 0);
    }

    /** Nothing is there that was not there before, and what is missing is told. */
    private void check(String what, Opened opened, Set<String> before) {
        Set<String> missing = without(before, opened.content());
        String told =
                what + ": " + opened.damage().map(StoreDamage::toString).orElse("no damage") + ", missing " + missing;
        Set<String> more = without(opened.content(), before);
        more.removeIf(
                line -> line.startsWith("nameless ") && missing.contains(line.replace("nameless ", "datapoint ")));
        more.removeIf(line -> line.startsWith("waiting ")); // may be told again
        assertThat(more).as(told).isEmpty();
        boolean lossIsTold =
                opened.damage().map(damage -> !damage.nothingIsLost()).orElse(false);
        assertThat(missing.isEmpty() || lossIsTold).as(told).isTrue();
        opened.damage()
                .filter(damage -> damage.unreadablePages() + damage.missingPages() == 0)
                .ifPresent(damage -> KINDS.forEach((kind, plural) -> assertThat(
                                missing.stream().filter(line -> line.startsWith(kind + " ")))
                        .as(told)
                        .hasSize(damage.lost().getOrDefault(plural, 0))));
        lostRows.merge(opened.damage().map(StoreDamage::lostRows).orElse(0), 1, Integer::sum);
    }

    private static Set<String> without(Set<String> all, Set<String> some) {
        Set<String> rest = new HashSet<>(all);
        rest.removeAll(some);
        return rest;
    }

    private static byte[] flipped(byte[] bytes, int at) {
        byte[] flipped = bytes.clone();
        flipped[at] ^= (byte) (1 << new Random(at).nextInt(8));
        return flipped;
    }

    @Test
    void aWholeStoreIsOpenedAsItIs() throws IOException {
        Opened opened = open(whole.file(), whole.log());
        assertThat(opened.damage()).isEmpty();
        assertThat(opened.content()).isEqualTo(whole.content());
        assertThat(opened.content().stream().map(line -> line.split(" ")[0]).distinct())
                .containsExactlyInAnyOrder("alarm", "dashboard", "datapoint", "event", "history", "tag");
        assertThat(directory.resolve("monitor.db.damaged-1")).doesNotExist();
    }

    @Test
    void whatIsLeftInALogThatWasBegunAgainIsNoDamage() throws IOException, SQLException {
        Path path = temporary.resolve("begun-again.db");
        try (Database database = Database.open(path, InstantSource.system());
                Connection other = DriverManager.getConnection("jdbc:sqlite:" + path)) {
            EventStore events = new EventStore(database);
            for (int i = 0; i < 30; i++) {
                events.append(List.of(event(i)));
            }
            other.createStatement().execute("PRAGMA wal_checkpoint(RESTART)");
            events.append(List.of(event(30)));
            Opened opened = open(Files.readAllBytes(path), Files.readAllBytes(temporary.resolve("begun-again.db-wal")));
            assertThat(opened.damage()).isEmpty();
            assertThat(opened.content()).hasSize(31);
        }
    }

    private static LabEvent event(int number) {
        return new LabEvent(
                SmallStore.START, "test", "Event " + number, List.of(), JsonNodeFactory.instance.objectNode());
    }

    @Test
    void aFlippedByteOfTheFileCostsWhatItBelongedTo() throws IOException {
        for (int at : places(whole.file().length, 100).toArray()) {
            check("byte " + at + " of the file flipped", open(flipped(whole.file(), at), whole.log()), whole.content());
        }
        assertSmallLosses();
    }

    @Test
    void aFlippedByteOfTheLogCostsWhatItBelongedTo() throws IOException {
        for (int at : places(whole.log().length, 32 + 24).toArray()) {
            check("byte " + at + " of the log flipped", open(whole.file(), flipped(whole.log(), at)), whole.content());
        }
        assertSmallLosses();
    }

    /** In the checksum of a log this bit of a page weighs as much as one of the page's number. */
    @Test
    void aBitThatMayBeTakenForTheNumberOfItsPageIsNot() throws IOException {
        for (int at = 32 + 24 + 7; at < whole.log().length; at += 24 + SmallStore.PAGE_SIZE) {
            byte[] flipped = whole.log().clone();
            flipped[at] ^= (byte) 0x80;
            check("the first bit of byte " + at + " of the log flipped", open(whole.file(), flipped), whole.content());
        }
        assertSmallLosses();
    }

    @Test
    void aWrongNumberOfAPageInTheLogCostsNothing() throws IOException {
        for (int frame = 0, at = 32 + 3; at < whole.log().length; frame++, at += 24 + SmallStore.PAGE_SIZE) {
            byte[] flipped = whole.log().clone();
            flipped[at] ^= (byte) (1 << frame % 7);
            check(
                    "bit " + frame % 7 + " of byte " + at + " of the log flipped",
                    open(whole.file(), flipped),
                    whole.content());
        }
        assertSmallLosses();
    }

    /** A single byte never costs more than one row, unless it makes a page unreadable, and that never more than a page. */
    private void assertSmallLosses() {
        assertThat(lostRows.lastKey()).isLessThanOrEqualTo(1);
    }

    @Test
    void aFileThatEndsEarlyKeepsWhatPrecedesItsEnd() throws IOException {
        Opened complete = open(whole.file(), new byte[0]);
        assertThat(complete.damage()).isEmpty();
        Set<String> before = Set.of();
        for (int length : places(whole.file().length, 120).toArray()) {
            Opened opened = open(Arrays.copyOf(whole.file(), length), new byte[0]);
            check("file of " + length + " bytes", opened, complete.content());
            Set<String> kept = new TreeSet<>(opened.content());
            kept.removeIf(line -> line.startsWith("nameless ") || line.startsWith("waiting "));
            assertThat(kept).as("the first %d bytes", length).containsAll(before);
            before = kept;
        }
    }

    @Test
    void aLogThatEndsEarlyKeepsEveryTransactionBeforeItsEnd() throws IOException {
        List<String> before = List.of();
        for (int length : places(whole.log().length, 120).toArray()) {
            Opened opened = open(whole.file(), Arrays.copyOf(whole.log(), length));
            assertThat(opened.damage().map(StoreDamage::nothingIsLost).orElse(true))
                    .isTrue();
            List<String> events = opened.content().stream()
                    .filter(line -> line.startsWith("event ") || line.startsWith("history "))
                    .toList();
            assertThat(events).as("the first %d bytes", length).containsAll(before);
            before = events;
        }
        assertThat(before).hasSizeGreaterThan(20);
    }

    @Test
    void theListIsComplete() {
        assertThat(List.of(StoredTable.values())).hasSize((int) Schema.VERSION_3.stream()
                .filter(sql -> sql.contains("CREATE TABLE"))
                .count());
    }
}
