package io.failoverlab.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class BalancerTableTest {
    private static final Instant FAULT = Instant.parse("2026-01-01T00:00:03Z");

    @Test
    void aTrialCountsWhatFailedAndTheSlowestThatEndedAfterTheFault() {
        Trial trial = Trial.of(
                Contender.OURS,
                Disturbance.KILL,
                true,
                List.of(
                        answer(-2000, 900, false, 200),
                        answer(-5, 20, false, 200),
                        answer(100, 7, true, 201),
                        answer(200, 6, true, 502),
                        answer(300, 10, false, 0)),
                FAULT);

        assertThat(trial.sent()).isEqualTo(5);
        assertThat(trial.lost()).isEqualTo(2);
        assertThat(trial.lostOrders()).isEqualTo(1);
        assertThat(trial.slowest()).isEqualTo(Duration.ofMillis(20));
        assertThat(trial.instrument()).isEqualTo(Duration.ofMillis(1));
    }

    @Test
    void eachBalancerIsShownWithItsSpreadAndComparedWithHaproxy() {
        List<Trial> trials = List.of(
                trial(Contender.OURS, 12),
                trial(Contender.OURS, 9),
                trial(Contender.OURS, 30),
                trial(Contender.HAPROXY, 16));

        List<List<String>> rows = BalancerTable.of(trials);

        assertThat(rows).hasSize(3);
        assertThat(rows.get(1))
                .containsExactly(
                        "kill",
                        "GET",
                        "ours",
                        "3",
                        "0 (0-0) of 100",
                        "12.0 (9.0-30.0)",
                        "0.75",
                        "5.0 (5.0-5.0)",
                        "1.0 (1.0-1.0)");
        assertThat(rows.get(2))
                .containsExactly(
                        "kill", "GET", "HAProxy, checks 200 ms", "1", "0 of 100", "16.0", "1.00", "5.0", "1.0");
    }

    private static Answer answer(long afterFault, long millis, boolean post, int status) {
        return new Answer(FAULT.plusMillis(afterFault), Duration.ofMillis(millis), Duration.ofMillis(1), post, status);
    }

    private static Trial trial(Contender contender, long slowest) {
        return new Trial(
                contender,
                Disturbance.KILL,
                false,
                100,
                0,
                0,
                Duration.ofMillis(slowest),
                Duration.ofMillis(5),
                Duration.ofMillis(1));
    }
}
