package io.failoverlab.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrialLogTest {
    @TempDir
    private Path folder;

    @Test
    void aTrialIsInTheFileAsSoonAsItHasEnded() throws Exception {
        Path file = folder.resolve("trials.csv");
        TrialLog log = TrialLog.create(file, Trial.CSV_HEADER);

        log.add(new Trial(
                        Contender.NGINX_TUNED,
                        Disturbance.PAUSE,
                        Mix.ORDERS,
                        9900,
                        1,
                        Duration.ofMillis(1009),
                        Duration.ofMillis(12),
                        Duration.ofMillis(2),
                        new OrderAudit(2000, 1999, 2000, 0, 0))
                .csv());

        assertThat(file)
                .content()
                .endsWith("orders lost,orders doubled\n"
                        + "pause,orders,nginx_tuned,9900,1,1009.0,12.0,2.0,2000,1999,2000,0,0\n");
    }
}
