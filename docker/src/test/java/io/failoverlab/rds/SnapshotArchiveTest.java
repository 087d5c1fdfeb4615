package io.failoverlab.rds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.failoverlab.topology.InstanceType;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SnapshotArchiveTest {
    private static final Snapshot LAST = snapshot("last");
    private static final SnapshotArchive.Packed CONTENT = to -> to.write("rows".getBytes(StandardCharsets.UTF_8));

    @TempDir
    private Path machine;

    private static Snapshot snapshot(String name) {
        return new Snapshot(
                name,
                Snapshot.Type.MANUAL,
                "db-1",
                InstanceType.T3_SMALL,
                "8.4.0",
                Instant.parse("2026-11-28T09:30:00Z"),
                Instant.parse("2026-11-28T09:30:02.5Z"));
    }

    private Path folder() {
        return machine.resolve("snapshots");
    }

    private SnapshotArchive archive() {
        return new SnapshotArchive(folder());
    }

    @Test
    void whatIsKeptIsFoundByWhoeverComesLaterAndIsForItsOwnerAlone() throws IOException {
        archive().keep(LAST, CONTENT);

        SnapshotArchive.Kept found = archive().find("last");
        assertThat(found.snapshot()).isEqualTo(LAST);
        try (InputStream content = found.open()) {
            assertThat(content).hasContent("rows");
        }
        assertThat(archive().all()).containsExactly(found);
        assertThat(files()).containsExactly("last.json rw-------", "last.tar.gz rw-------");
    }

    @Test
    void whatCannotBeKeptIsNotThereInPart() throws IOException {
        assertThatThrownBy(() -> archive().keep(LAST, to -> {
                    to.write(1);
                    throw new IOException("No space left on device");
                }))
                .isInstanceOf(BackupFailed.class)
                .hasMessageContaining("the snapshot last could not be kept in " + folder())
                .hasMessageContaining("No space left on device");

        assertThat(files()).isEmpty();
        archive().requireFree("last");
    }

    @Test
    void aNameIsTakenOnceAndIsAName() {
        archive().keep(LAST, CONTENT);

        assertThatThrownBy(() -> archive().requireFree("last"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("expected a snapshot name that is free, found last in " + folder()
                        + "; `lab snapshot delete last` removes it, or take another name");
        assertThatThrownBy(() -> archive().requireFree("../last"))
                .hasMessageContaining("expected a snapshot name of lower-case letters");
    }

    @Test
    void oneThatIsNotThereIsRefusedWithTheNearestOrTheWayToOne() {
        assertThatThrownBy(() -> archive().find("last"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("expected a snapshot in " + folder()
                        + ", found none of the name last; `lab down --final-snapshot NAME` keeps one");
        archive().keep(LAST, CONTENT);
        archive().keep(snapshot("before-release"), CONTENT);

        assertThatThrownBy(() -> archive().find("lats"))
                .hasMessage(
                        "expected a snapshot in " + folder() + ", found none of the name lats; did you mean \"last\"?");
        assertThatThrownBy(() -> archive().delete("../last")).hasMessageContaining("found none of the name ../last");
    }

    @Test
    void aDamagedOneIsToldOfAndCanStillBeDeleted() throws IOException {
        archive().keep(LAST, CONTENT);
        Files.writeString(folder().resolve("last.json"), "{");
        assertThatThrownBy(() -> archive().find("last"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("expected what the snapshot last is in " + folder().resolve("last.json"))
                .hasMessageEndingWith("`lab snapshot delete last` removes it");

        Files.delete(folder().resolve("last.tar.gz"));
        assertThatThrownBy(() -> archive().find("last"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("expected the data of the snapshot last in " + folder().resolve("last.tar.gz"));

        archive().delete("last");
        assertThat(files()).isEmpty();
        assertThat(archive().has("last")).isFalse();
    }

    private Stream<String> files() throws IOException {
        return Stream.of(folder().toFile().list()).sorted().map(name -> {
            try {
                return name + " "
                        + PosixFilePermissions.toString(Files.getPosixFilePermissions(folder().resolve(name)));
            } catch (IOException gone) {
                throw new IllegalStateException(gone);
            }
        });
    }
}
