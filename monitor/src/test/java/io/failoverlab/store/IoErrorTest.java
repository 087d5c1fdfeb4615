package io.failoverlab.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Each system call of a small workload fails once: the k-th alone, and the k-th with all that follow, until the errors end. At every
 * {@value #STEP}th call; {@code -Dfailoverlab.calls=1} makes every one fail, which takes minutes.
 */
class IoErrorTest {
    private static final int STEP = 83;
    private static final int EVERY = Integer.getInteger("failoverlab.calls", STEP);
    private static final int STEPS = 8;

    @TempDir
    private Path temporary;

    @BeforeEach
    void requireStrace() throws IOException, InterruptedException {
        String obstacle = FailingCalls.obstacle(temporary);
        Assumptions.assumeTrue(obstacle.isEmpty(), obstacle);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {
                "pwrite64,write,ftruncate,fallocate EIO",
                "pwrite64,write,ftruncate,fallocate ENOSPC",
                "fsync,fdatasync EIO",
                "fsync,fdatasync ENOSPC",
                "pread64,read EIO",
                "openat EIO",
                "openat EMFILE",
                "unlink,rename,link EIO",
                "mmap ENOMEM"
            })
    @Timeout(1200)
    void whicheverCallFailsNothingIsLostAndAllGoesOnAfterwards(String calls, String error)
            throws IOException, InterruptedException {
        int places = 0;
        boolean anyFailed = true;
        for (int call = 1; anyFailed; call += call < 9 ? 1 : EVERY) {
            int failed = workWith(calls, error, Integer.toString(call));
            anyFailed = failed > 0 && workWith(calls, error, call + "+") > 0;
            places++;
        }
        assertThat(places).isGreaterThan(1);
    }

    /** Returns how many calls failed. */
    private int workWith(String calls, String error, String when) throws IOException, InterruptedException {
        Path directory = Files.createTempDirectory(temporary, "store");
        StubbornWriter writer = new StubbornWriter(directory.resolve("monitor.db"));
        int[] failed = {0};
        try (FailingCalls failing = FailingCalls.ofThisThread(directory.resolve("monitor.db"), calls, error, when)) {
            writer.write(STEPS, () -> failed[0] += failing.end());
            writer.verify();
        } catch (AssertionError | RuntimeException e) {
            throw new AssertionError(calls + " failed with " + error + " at " + when, e);
        }
        deleteAll(directory);
        return failed[0];
    }

    private static void deleteAll(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(directory);
    }
}
