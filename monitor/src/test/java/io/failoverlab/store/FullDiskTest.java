package io.failoverlab.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A file system that is really full: a small one in memory, which needs root to be mounted. It has room for no block, for one, for
 * two and so on until everything fits, so that every write of a small workload is once the first that fails.
 */
@Timeout(240)
class FullDiskTest {
    private static final int BLOCK = 4096;
    private static final int SIZE = 2 << 20;
    private static final int STEPS = 8;

    @TempDir
    private Path temporary;

    private Path disk;
    private boolean mounted;

    @BeforeEach
    void mount() throws IOException, InterruptedException {
        disk = Files.createDirectory(temporary.resolve("disk"));
        mounted = run("mount", "-t", "tmpfs", "-o", "size=" + SIZE, "tmpfs", disk.toString()) == 0;
        Assumptions.assumeTrue(mounted, "a small file system can only be mounted by root");
    }

    @AfterEach
    void unmount() throws IOException, InterruptedException {
        if (mounted) {
            assertThat(run("umount", disk.toString())).isZero();
        }
    }

    private static int run(String... command) throws IOException, InterruptedException {
        return new ProcessBuilder(List.of(command))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
    }

    /** Fills the disk but for some blocks. */
    private Path fill(int free) throws IOException {
        FileStore store = Files.getFileStore(disk);
        Path ballast = disk.resolve("ballast");
        try (OutputStream out = Files.newOutputStream(ballast)) {
            byte[] block = new byte[BLOCK];
            while (store.getUsableSpace() > (long) free * BLOCK) {
                out.write(block);
            }
        }
        return ballast;
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void deleteAll(Path directory) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
            for (Path file : files) {
                Files.delete(file);
            }
        }
        Files.delete(directory);
    }

    @Test
    void whicheverWriteIsTheFirstThatFindsNoRoomNothingIsLostAndAllGoesOnWhenThereIsRoomAgain() throws IOException {
        int free = 0;
        boolean everythingFitted;
        do {
            Path directory = Files.createDirectory(disk.resolve("store"));
            StubbornWriter writer = new StubbornWriter(directory.resolve("monitor.db"));
            Path ballast = fill(free);
            writer.write(STEPS, () -> delete(ballast));
            writer.verify();
            everythingFitted = writer.refused() == 0;
            free++;
            deleteAll(directory);
        } while (!everythingFitted);
        assertThat(free).isGreaterThan(50);
    }
}
