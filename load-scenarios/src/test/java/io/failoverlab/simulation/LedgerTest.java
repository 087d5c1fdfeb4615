package io.failoverlab.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LedgerTest {
    @TempDir
    private Path directory;

    private Path file;

    @BeforeEach
    void write() throws IOException {
        file = directory.resolve("ledger.csv");
        LedgerWriter writer = new LedgerWriter(directory, InstantSource.fixed(Instant.ofEpochMilli(1_000_500)));
        writer.attempted("k1");
        writer.attempted("k2");
        writer.acknowledged("k1", 17);
        writer.attempted("k3");
    }

    @Test
    void aLineTellsKeyStateIdAndTime() {
        assertThat(file).hasContent("""
                        key,state,orderId,epochMillis
                        k1,attempted,,1000500
                        k2,attempted,,1000500
                        k1,acknowledged,17,1000500
                        k3,attempted,,1000500
                        """);
    }

    @Test
    void ordersAreAttemptedThenAcknowledgedOrElseUnknown() throws IOException {
        Ledger ledger = Ledger.read(file);

        assertThat(ledger).isEqualTo(ledger(List.of("k1", "k2", "k3"), Map.of("k1", 17L), 0));
        assertThat(ledger.unknown()).containsExactly("k2", "k3");
    }

    @Test
    void aTornLastLineIsDroppedAndCounted() throws IOException {
        Files.writeString(file, Files.readString(file) + "k2,acknowledged,1");

        assertThat(Ledger.read(file)).isEqualTo(ledger(List.of("k1", "k2", "k3"), Map.of("k1", 17L), 1));
    }

    @Test
    void anyOtherStrangeLineIsRefusedByItsNumber() throws IOException {
        Files.writeString(file, Files.readString(file) + "k2,lost,,1\n");

        assertThatThrownBy(() -> Ledger.read(file))
                .isInstanceOf(IOException.class)
                .hasMessage(
                        file + " line 6: expected key,attempted,,time or key,acknowledged,id,time, found k2,lost,,1");
    }

    @Test
    void anotherFileIsRefused() throws IOException {
        Files.writeString(file, "name,start\n");

        assertThatThrownBy(() -> Ledger.read(file))
                .isInstanceOf(IOException.class)
                .hasMessage(file + " line 1: expected key,state,orderId,epochMillis, found name,start");
    }

    private static Ledger ledger(List<String> attempted, Map<String, Long> acknowledged, int dropped) {
        return new Ledger(new TreeSet<>(attempted), new TreeMap<>(acknowledged), dropped);
    }
}
