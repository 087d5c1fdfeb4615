package io.failoverlab.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportBenchTest {
    @TempDir
    private Path folder;

    @Test
    void theMadeUpRunIsOneThatPasses() throws Exception {
        long bytes = ReportBench.keep(100, Duration.ofSeconds(60), folder);
        ReportBench.Round round = ReportBench.measure(folder, InstantSource.fixed(Instant.EPOCH));

        assertThat(bytes).isGreaterThan(60 * 100 * 40);
        assertThat(round.verdict()).isEqualTo("PASS");
        assertThat(round.pageBytes()).isPositive().isLessThan(2_000_000);
        assertThat(round.liveBytes()).isPositive();
    }
}
