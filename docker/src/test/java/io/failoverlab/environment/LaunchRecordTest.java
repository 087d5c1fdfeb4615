package io.failoverlab.environment;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class LaunchRecordTest {
    private final LaunchRecord record = new LaunchRecord();

    private static Instant at(int millis) {
        return Instant.parse("2026-01-01T00:00:00Z").plusMillis(millis);
    }

    private String served(String name, int millis) {
        return record.served(name, at(millis)).map(LaunchSteps::toString).orElse("");
    }

    @Test
    void aReplacementIsToldFromTheLossOn() {
        record.answering(at(0), () -> record.asked("web-2a", LaunchSteps.Origin.PREPARED, at(50)));
        record.started("web-2a", at(80));
        record.registered("web-2a", at(90));
        record.passed("web-2a", at(680));
        record.passed("web-2a", at(700));
        assertThat(served("web-2a", 850))
                .isEqualTo("web-2a in service after 0.85 s from the loss: event and decision 0.05 s,"
                        + " start in the container that was prepared 0.03 s,"
                        + " JVM and application until the first check passed 0.60 s, balancer 0.17 s");
        assertThat(served("web-2a", 900)).as("told once").isEmpty();
    }

    @Test
    void aLaunchThatMakesNothingGoodIsToldFromTheDecisionOn() {
        record.answering(at(0), () -> {});
        record.asked("web-2a", LaunchSteps.Origin.NOTHING, at(100));
        record.started("web-2a", at(500));
        record.passed("web-2a", at(1000));
        assertThat(served("web-2a", 1200))
                .isEqualTo("web-2a in service after 1.10 s: container and networks 0.40 s,"
                        + " JVM and application until the first check passed 0.50 s, balancer 0.20 s");
    }

    @Test
    void oneThatRanInThePoolHadNothingToStart() {
        record.answering(at(0), () -> record.registered("web-2a", at(40)));
        record.passed("web-2a", at(60));
        assertThat(served("web-2a", 300))
                .isEqualTo("web-2a in service after 0.30 s from the loss: event and decision 0.04 s,"
                        + " ran in the warm pool, first check passed 0.02 s, balancer 0.24 s");
        assertThat(served("web-1a", 300)).as("served since the beginning").isEmpty();
    }
}
