package io.failoverlab.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GuardedProcessTest {
    @TempDir
    private Path folder;

    private static boolean lives(long pid) {
        return ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
    }

    @Test
    void closingItEndsTheProgram() throws IOException {
        GuardedProcess program = GuardedProcess.start(List.of("sleep", "600"), folder.resolve("log"));
        assertThat(lives(program.pid())).isTrue();
        program.close();
        assertThat(lives(program.pid())).isFalse();
    }

    @Test
    void whatTheProgramSaysIsInItsLog() throws IOException {
        Path log = folder.resolve("log");
        try (GuardedProcess program = GuardedProcess.start(
                List.of("sh", "-c", "echo \"$1\"; echo mistake >&2; exec sleep 600", "said", "two words"), log)) {
            assertThat(program.pid()).isPositive();
            await().untilAsserted(() -> assertThat(Files.readAllLines(log)).containsExactly("two words", "mistake"));
        }
    }

    @Test
    void killMinusNineOfWhoStartedItEndsTheProgram() throws IOException, InterruptedException {
        Process bench = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        AbandonedBench.class.getName(),
                        folder.resolve("log").toString())
                .redirectError(folder.resolve("err").toFile())
                .start();
        long program = Long.parseLong(bench.inputReader().readLine());
        assertThat(lives(program)).isTrue();
        bench.destroyForcibly();
        assertThat(bench.waitFor(10, TimeUnit.SECONDS)).isTrue();
        await().until(() -> !lives(program));
    }
}
