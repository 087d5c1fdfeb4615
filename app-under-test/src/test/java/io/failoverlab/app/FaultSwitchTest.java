package io.failoverlab.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FaultSwitchTest {
    @TempDir
    private Path folder;

    private Duration waited = Duration.ZERO;

    @Test
    void nobodyWaitsWithoutTheFile() throws Exception {
        assertThat(waitOf("/items")).isZero();
    }

    @Test
    void everyoneWaitsSoLong() throws Exception {
        write("all 2000\n");

        assertThat(waitOf("/items")).isEqualTo(Duration.ofSeconds(2));
        assertThat(waitOf("/healthz")).isEqualTo(Duration.ofSeconds(2));
    }

    @Test
    void healthChecksCanBeLeftAlone() throws Exception {
        write("requests 2000");

        assertThat(waitOf("/api/orders")).isEqualTo(Duration.ofSeconds(2));
        assertThat(waitOf("/healthz")).isZero();
        assertThat(waitOf("/metrics")).isZero();
    }

    @Test
    void theWaitEndsWithTheFile() throws Exception {
        write("all 9999999");
        waited = Duration.ZERO;
        new FaultSwitch(file(), pause -> {
                    waited = waited.plus(pause);
                    if (waited.compareTo(Duration.ofSeconds(1)) >= 0) {
                        delete();
                    }
                })
                .await("/");

        assertThat(waited).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void whatItDoesNotUnderstandIsOff() throws Exception {
        write("all of them");

        assertThat(waitOf("/")).isZero();
    }

    private Duration waitOf(String path) throws InterruptedException {
        waited = Duration.ZERO;
        new FaultSwitch(file(), pause -> waited = waited.plus(pause)).await(path);
        return waited;
    }

    private Path file() {
        return folder.resolve("lab-fault");
    }

    private void write(String text) throws IOException {
        Files.writeString(file(), text);
    }

    private void delete() {
        assertThat(file().toFile().delete()).isTrue();
    }
}
