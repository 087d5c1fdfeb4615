package io.failoverlab.elb;

import static org.assertj.core.api.Assertions.assertThat;

import io.failoverlab.telemetry.Measurement;
import java.time.Instant;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class BalancerMetricsTest {
    private static final Instant SECOND = Instant.parse("2026-11-24T02:09:14Z");

    private final BalancerMetrics metrics = new BalancerMetrics("app/lb/1", "targetgroup/web/2");

    @Test
    void countsASecondForBalancerGroupAndTarget() {
        metrics.register(new Target("web-1a", "i-a", "ap-northeast-1a", "10.0.10.10", 8080));
        add(200, true, 0.002);
        add(200, true, 0.002);
        add(201, true, 0.004);
        add(503, true, 0.001);
        add(502, false, 0);

        assertThat(metrics.drainBefore(SECOND.plusSeconds(1)).stream().map(BalancerMetricsTest::line))
                .containsExactlyInAnyOrder(
                        "RequestCount {LB} [5.0] x [1.0]",
                        "HTTPCode_Target_2XX_Count {LB} [3.0] x [1.0]",
                        "HTTPCode_Target_5XX_Count {LB} [1.0] x [1.0]",
                        "HTTPCode_ELB_5XX_Count {LB} [1.0] x [1.0]",
                        "TargetResponseTime {LB} [0.001, 0.002, 0.004] x [1.0, 2.0, 1.0]",
                        "RequestCount {LB+TG} [5.0] x [1.0]",
                        "HTTPCode_Target_2XX_Count {LB+TG} [3.0] x [1.0]",
                        "HTTPCode_Target_5XX_Count {LB+TG} [1.0] x [1.0]",
                        "HTTPCode_ELB_5XX_Count {LB+TG} [1.0] x [1.0]",
                        "TargetResponseTime {LB+TG} [0.001, 0.002, 0.004] x [1.0, 2.0, 1.0]",
                        "RequestCount web-1a [4.0] x [1.0]");
    }

    @Test
    void aSecondIsHandedOutOnceAndOnlyWhenItIsOver() {
        add(200, true, 0.002);
        assertThat(metrics.drainBefore(SECOND.plusMillis(999))).isEmpty();
        assertThat(metrics.drainBefore(SECOND.plusSeconds(1))).isNotEmpty();
        assertThat(metrics.drainBefore(SECOND.plusSeconds(2))).isEmpty();
    }

    @Test
    void moreThanAHundredAndFiftyDistinctTimesGoIntoSeveralDatapoints() {
        for (int i = 0; i < 151; i++) {
            add(200, true, i / 1000.0);
        }
        List<Measurement> times = metrics.drainBefore(SECOND.plusSeconds(1)).stream()
                .filter(it -> it.name().equals("TargetResponseTime")
                        && it.dimensions().size() == 1)
                .toList();
        assertThat(times).extracting(it -> it.values().size()).containsExactly(150, 1);
    }

    private void add(int status, boolean targetAnswered, double targetSeconds) {
        metrics.add(new AccessLogEntry(
                SECOND.plusMillis(500),
                status,
                targetSeconds,
                "10.0.10.10:8080",
                1,
                targetAnswered,
                targetAnswered ? OptionalDouble.of(targetSeconds) : OptionalDouble.empty()));
    }

    private static String line(Measurement measurement) {
        String dimensions = switch (measurement.dimensions().size()) {
            case 1 ->
                measurement.dimensions().containsKey("Target")
                        ? measurement.dimensions().get("Target")
                        : "{LB}";
            default -> "{LB+TG}";
        };
        return measurement.name() + " " + dimensions + " " + measurement.values() + " x " + measurement.counts();
    }
}
