package io.failoverlab.rds;

import io.failoverlab.document.Nearest;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * Snapshots that stay when their stack goes, as RDS keeps a final snapshot: in a folder of this machine, the data in one file and
 * what it is in another, which is written last. Both are for their owner alone.
 */
public final class SnapshotArchive {
    private static final String DATA = ".tar.gz";
    private static final String ENTRY = ".json";
    private static final String UNFINISHED = ".next";

    private final Path folder;
    private final SnapshotText text = new SnapshotText();

    /** A snapshot's folder as a tar archive, owners and all. */
    interface Packed {
        void writeTo(OutputStream to) throws IOException;
    }

    /** A snapshot whose stack is gone, and the file with its data. */
    public record Kept(Snapshot snapshot, Path data) {
        /** Its data as a tar archive, in a folder of the snapshot's name. */
        public InputStream open() throws IOException {
            return new GZIPInputStream(Files.newInputStream(data));
        }
    }

    public SnapshotArchive(Path folder) {
        this.folder = folder.toAbsolutePath();
    }

    /** @throws IllegalArgumentException if it is no name for a snapshot, or there is one of that name */
    void requireFree(String name) {
        Snapshot.requireName(name);
        if (Files.exists(folder.resolve(name + ENTRY))) {
            throw new IllegalArgumentException("expected a snapshot name that is free, found " + name + " in " + folder
                    + "; `lab snapshot delete " + name + "` removes it, or take another name");
        }
    }

    /** @throws BackupFailed if it could not be kept; nothing is left of it then */
    Kept keep(Snapshot snapshot, Packed content) {
        Path next = folder.resolve(snapshot.name() + UNFINISHED);
        Path data = folder.resolve(snapshot.name() + DATA);
        try {
            Files.createDirectories(folder);
            try (OutputStream file = Files.newOutputStream(next)) {
                ownersAlone(next);
                try (OutputStream packed = new GZIPOutputStream(file)) {
                    content.writeTo(packed);
                }
            }
            Files.move(next, data, StandardCopyOption.REPLACE_EXISTING);
            Files.write(next, text.write(snapshot));
            ownersAlone(next);
            Files.move(next, folder.resolve(snapshot.name() + ENTRY), StandardCopyOption.ATOMIC_MOVE);
            return new Kept(snapshot, data);
        } catch (IOException | RuntimeException failure) {
            BackupFailed failed = new BackupFailed(
                    "the snapshot " + snapshot.name() + " could not be kept in " + folder + ": " + failure, failure);
            try {
                remove(snapshot.name());
            } catch (IOException left) {
                failed.addSuppressed(left);
            }
            throw failed;
        }
    }

    private static void ownersAlone(Path file) throws IOException {
        if (Files.getFileStore(file).supportsFileAttributeView("posix")) {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        }
    }

    /** The entry goes first: what is left of a removal that is cut short does not count. */
    private void remove(String name) throws IOException {
        for (String part : List.of(ENTRY, DATA, UNFINISHED)) {
            Files.deleteIfExists(folder.resolve(name + part));
        }
    }

    /** Whether there is one of that name. */
    public boolean has(String name) {
        return names().contains(name);
    }

    /** All of them, by name. */
    public List<Kept> all() {
        return names().stream().map(this::find).toList();
    }

    /** @throws IllegalArgumentException with the nearest name, if there is none of that name, or if it cannot be read */
    public Kept find(String name) {
        require(name);
        Path entry = folder.resolve(name + ENTRY);
        Path data = folder.resolve(name + DATA);
        if (!Files.isReadable(data)) {
            throw new IllegalArgumentException("expected the data of the snapshot " + name + " in " + data
                    + ", found no file that can be read; without it `lab snapshot delete " + name
                    + "` removes the rest");
        }
        try {
            return new Kept(text.read(Files.readAllBytes(entry)), data);
        } catch (IOException failure) {
            throw new IllegalArgumentException(
                    "expected what the snapshot " + name + " is in " + entry + ", found "
                            + String.valueOf(failure.getMessage())
                                    .lines()
                                    .findFirst()
                                    .orElse("nothing")
                            + "; `lab snapshot delete " + name + "` removes it",
                    failure);
        }
    }

    /** @throws IllegalArgumentException with the nearest name, if there is none of that name, or if it cannot be removed */
    public void delete(String name) {
        require(name);
        try {
            remove(name);
        } catch (IOException failure) {
            throw new IllegalArgumentException(
                    "the snapshot " + name + " could not be removed from " + folder + ": " + failure, failure);
        }
    }

    private void require(String name) {
        List<String> names = names();
        if (!names.contains(name)) {
            throw new IllegalArgumentException("expected a snapshot in " + folder + ", found none of the name " + name
                    + "; "
                    + (names.isEmpty() ? "`lab down --final-snapshot NAME` keeps one" : Nearest.hint(name, names)));
        }
    }

    private List<String> names() {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(it -> it.getFileName().toString())
                    .filter(it -> it.endsWith(ENTRY))
                    .map(it -> it.substring(0, it.length() - ENTRY.length()))
                    .sorted()
                    .toList();
        } catch (IOException failure) {
            throw new IllegalArgumentException(
                    "the snapshots in " + folder + " could not be listed: " + failure, failure);
        }
    }
}
