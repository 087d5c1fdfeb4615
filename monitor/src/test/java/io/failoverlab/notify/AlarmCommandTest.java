package io.failoverlab.notify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class AlarmCommandTest {
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final String HOSTILE = "{\"AlarmName\":\"$(touch bad) `touch bad` ; touch bad\"}";

    @TempDir
    private Path directory;

    @Test
    void theMessageIsOnStandardInputAndNowhereElse() throws IOException {
        Path out = directory.resolve("out");
        new AlarmCommand("cd " + directory + " && cat > " + out + " && env > env && echo $0 $* > arguments", LONG)
                .deliver(HOSTILE);
        assertThat(out).hasContent(HOSTILE);
        assertThat(directory.resolve("bad")).doesNotExist();
        assertThat(Files.readString(directory.resolve("env"))).doesNotContain("touch bad");
        assertThat(directory.resolve("arguments")).hasContent("/bin/sh");
    }

    @Test
    void aCommandThatFailsHasNotTakenTheMessage() {
        assertThatThrownBy(() -> new AlarmCommand("exit 3", LONG).deliver("{}"))
                .isInstanceOf(IOException.class)
                .hasMessage("expected exit code 0, found 3");
    }

    @Test
    void aCommandThatHangsIsKilledWithItsChildren() throws IOException {
        Path pid = directory.resolve("pid");
        assertThatThrownBy(() -> new AlarmCommand("sleep 1000 & echo $! > " + pid + "; wait", Duration.ofSeconds(1))
                        .deliver("{}"))
                .isInstanceOf(IOException.class)
                .hasMessage("expected an end within 1 s; it was killed");
        Path state = Path.of("/proc", Files.readString(pid).strip(), "stat");
        await().untilAsserted(() -> assertThat(Files.exists(state) ? Files.readString(state) : "gone")
                .as("gone, or dead and not yet collected by the system")
                .matches("gone|\\d+ \\(sleep\\) Z [\\s\\S]*"));
    }

    @Test
    void aCommandNeedNotReadItsMessageAndMayPrintMuch() throws IOException {
        new AlarmCommand("head -c 1000000 /dev/zero | tr '\\0' x", LONG).deliver("x".repeat(1_000_000));
    }
}
