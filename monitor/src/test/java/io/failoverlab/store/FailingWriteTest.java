package io.failoverlab.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Writes that the kernel really refuses: a process may not make any file longer than so many bytes (RLIMIT_FSIZE), so the write
 * across that length is a short one and every later one an I/O error, until the limit is lifted. The limit stands at every
 * {@value #STEP}th byte of what a small workload writes.
 */
class FailingWriteTest {
    private static final int STEP = 1_777;
    private static final int STEPS = 8;

    /** Moves its own limit; prints how many limits there were and how many writes failed. */
    static final class Child {
        private Child() {}

        public static void main(String[] args) throws IOException, SQLException {
            DriverManager.getConnection("jdbc:sqlite::memory:").close(); // unpacks its library
            Path directory = Path.of(args[0]);
            int limits = 0;
            int refused = 0;
            boolean everythingWasWritten = false;
            for (int limit = 0; !everythingWasWritten; limit += STEP) {
                Path file = directory.resolve("monitor.db");
                StubbornWriter writer = new StubbornWriter(file);
                limit(Integer.toString(limit));
                writer.write(STEPS, () -> limit("unlimited"));
                writer.verify();
                everythingWasWritten = writer.refused() == 0;
                refused += writer.refused();
                limits++;
                deleteAll(directory);
            }
            System.out.println(limits + " limits, " + (refused > limits ? "many" : "few") + " writes failed");
        }

        private static void limit(String bytes) {
            try {
                int code = new ProcessBuilder(
                                "prlimit",
                                "--pid",
                                Long.toString(ProcessHandle.current().pid()),
                                "--fsize=" + bytes + ":")
                        .inheritIO()
                        .start()
                        .waitFor();
                assertThat(code).isZero();
            } catch (IOException e) {
                throw new IllegalStateException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        private static void deleteAll(Path directory) throws IOException {
            try (Stream<Path> files = Files.list(directory)) {
                for (Path file : files.toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    @Test
    @Timeout(120)
    void whereverAWriteFailsNothingIsLostAndAllGoesOnAfterwards(@TempDir Path directory)
            throws IOException, InterruptedException {
        Process child = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-XX:TieredStopAtLevel=1",
                        "-XX:-UsePerfData",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Child.class.getName(),
                        Files.createDirectory(directory.resolve("store")).toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(child.waitFor())
                .as(said.substring(Math.max(0, said.length() - 3000)))
                .isZero();
        assertThat(said.lines().toList().getLast()).matches("\\d{2,} limits, many writes failed");
    }
}
