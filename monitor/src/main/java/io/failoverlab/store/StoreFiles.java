package io.failoverlab.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** The store's file and those beside it. */
record StoreFiles(Path file) {
    static StoreFiles of(Path file) {
        return new StoreFiles(file.toAbsolutePath());
    }

    private Path beside(String suffix) {
        return file.resolveSibling(file.getFileName() + suffix);
    }

    /** SQLite's write-ahead log. */
    Path log() {
        return beside("-wal");
    }

    private Path sharedMemory() {
        return beside("-shm");
    }

    /** Where a new file is made; of no worth until it is given the next name. */
    Path unfinished() {
        return beside(".salvage");
    }

    /** There while {@link #unfinished} is written. */
    Path unfinishedLog() {
        return beside(".salvage-wal");
    }

    /** A new file that is ready to take the place of the damaged one, or of none. */
    private Path finished() {
        return beside(".salvaged");
    }

    private Path lockFile() {
        return beside(".lock");
    }

    /** Whether a monitor has used this store before. */
    boolean wasUsed() {
        return Files.exists(lockFile());
    }

    /** @throws StoreException if another monitor has it */
    FileChannel lock() throws IOException {
        if (file.getParent() != null) {
            Files.createDirectories(file.getParent());
        }
        FileChannel channel = FileChannel.open(lockFile(), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (!tryLock(channel)) {
            channel.close();
            throw new StoreException(
                    "The store " + file + " is in use by another monitor; stop it or give another --store", null);
        }
        return channel;
    }

    private static boolean tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            return false; // by this very process
        }
    }

    void deleteUnfinished() throws IOException {
        Files.deleteIfExists(unfinished());
        Files.deleteIfExists(unfinishedLog());
        Files.deleteIfExists(beside(".salvage-shm"));
    }

    /**
     * Keeps the damaged file under another name, with its log under the name by which SQLite finds it, and puts the new file in its
     * place. A kill at any point leaves either the damaged file as it was or what {@link #finishReplacing} needs.
     *
     * @return the damaged file's new name
     */
    Path replaceDamaged() throws IOException {
        int number = 1;
        while (Files.exists(beside(".damaged-" + number)) || Files.exists(beside(".damaged-" + number + "-wal"))) {
            number++;
        }
        Path kept = beside(".damaged-" + number);
        keep(file, kept);
        if (Files.exists(log())) {
            keep(log(), beside(".damaged-" + number + "-wal"));
        }
        putInPlace();
        return kept;
    }

    /** Gives what was made under another name the store's own. */
    void putInPlace() throws IOException {
        Files.move(unfinished(), finished(), StandardCopyOption.ATOMIC_MOVE);
        finishReplacing();
    }

    /** A second name costs no space, but not every file system has it. */
    private static void keep(Path from, Path to) throws IOException {
        try {
            Files.createLink(to, from);
        } catch (IOException | UnsupportedOperationException e) {
            Files.copy(from, to);
        }
    }

    /** Goes on where an earlier monitor was killed while it put a file in place. */
    void finishReplacing() throws IOException {
        if (Files.exists(finished())) {
            Files.deleteIfExists(log());
            Files.deleteIfExists(sharedMemory());
            Files.move(finished(), file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        }
    }
}
