package io.failoverlab.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BalancerTableTest {
    private static final Instant FAULT = Instant.parse("2026-01-01T00:00:03Z");

    @Test
    void aTrialCountsWhatFailedAndTheSlowestThatEndedAfterTheFault() {
        Trial trial = Trial.of(
                Contender.OURS,
                Disturbance.KILL,
                Mix.ORDERS,
                List.of(
                        answer(-2000, 900, false, 200),
                        answer(-5, 20, false, 200),
                        answer(100, 7, true, 201),
                        answer(200, 6, true, 502),
                        answer(300, 10, false, 0)),
                FAULT,
                OrderAudit.NONE);

        assertThat(trial.sent()).isEqualTo(5);
        assertThat(trial.lost()).isEqualTo(2);
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
                        "1.0 (1.0-1.0)",
                        "-",
                        "-",
                        "-",
                        "-",
                        "met");
        assertThat(rows.get(2))
                .containsExactly(
                        "kill",
                        "GET",
                        "HAProxy, checks 200 ms",
                        "1",
                        "0 of 100",
                        "16.0",
                        "1.00",
                        "5.0",
                        "1.0",
                        "-",
                        "-",
                        "-",
                        "-",
                        "");
    }

    @Test
    void whatOursMissesIsNamed() {
        Trial lossy = trial(Contender.OURS, Disturbance.KILL, 20, 1, new OrderAudit(10, 9, 9, 1, 2));
        Trial late = trial(Contender.OURS, Disturbance.HANG, 501, 0, new OrderAudit(10, 10, 10, 0, 0));
        Trial haproxy = trial(Contender.HAPROXY, Disturbance.KILL, 16, 3, new OrderAudit(10, 7, 8, 0, 0));

        List<List<String>> rows = BalancerTable.of(List.of(lossy, late, haproxy));

        assertThat(rows)
                .extracting(List::getLast)
                .containsExactly(
                        "AIM",
                        "missed: requests lost, orders lost, orders doubled, slower than HAProxy",
                        "",
                        "missed: slower than 500 ms");
        assertThat(rows.get(2).subList(9, 13)).containsExactly("7 of 10", "8", "0", "0");
    }

    private static Answer answer(long afterFault, long millis, boolean post, int status) {
        return new Answer(
                FAULT.plusMillis(afterFault),
                Duration.ofMillis(millis),
                Duration.ofMillis(1),
                post ? Optional.of(new Order("k", "o")) : Optional.empty(),
                status);
    }

    private static Trial trial(Contender contender, long slowest) {
        return new Trial(
                contender,
                Disturbance.KILL,
                Mix.GET,
                100,
                0,
                Duration.ofMillis(slowest),
                Duration.ofMillis(5),
                Duration.ofMillis(1),
                OrderAudit.NONE);
    }

    private static Trial trial(
            Contender contender, Disturbance disturbance, long slowest, long lost, OrderAudit orders) {
        return new Trial(
                contender,
                disturbance,
                Mix.ORDERS,
                100,
                lost,
                Duration.ofMillis(slowest),
                Duration.ofMillis(5),
                Duration.ofMillis(1),
                orders);
    }
}
