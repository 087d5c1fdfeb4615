package io.failoverlab.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import io.failoverlab.history.AlarmState;
import io.failoverlab.history.Event;
import io.failoverlab.history.InstanceState;
import io.failoverlab.history.TargetState;
import io.failoverlab.simulation.LoadSecond;
import io.failoverlab.simulation.RequestCount;
import io.failoverlab.telemetry.Measurement;
import io.failoverlab.telemetry.StackEvent;
import io.failoverlab.watch.AlarmChange;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class HistoryRecorderTest {
    private static final Instant START = Instant.parse("2026-11-24T02:00:00Z");

    private final List<StackEvent> told = new ArrayList<>();
    private final HistoryRecorder recorder = new HistoryRecorder(told::add);

    @Test
    void everythingIsPutOnTheAxisOfTheLoadWhateverCameFirst() {
        StackEvent target = new StackEvent.TargetStateChanged(
                START.minusSeconds(3), "web-1a", "i-a", "ap-northeast-1a", "initial", "healthy", "", "");
        recorder.happened(target);
        recorder.happened(new StackEvent.InstanceStateChanged(
                START.plusMillis(20_100), "web-1a", "i-a", "ap-northeast-1a", "stopped", "exit code 137"));
        recorder.loadStarted(START, Duration.ofSeconds(8));
        recorder.alarmChanged(new AlarmChange(
                START.plusMillis(20_250), START.plusMillis(20_200), "web-1a-down", "OK", "ALARM", "dead"));

        assertThat(recorder.events(START))
                .isEqualTo(List.of(
                        new Event.TargetStateChanged(
                                Duration.ofSeconds(-3),
                                "web-1a",
                                "ap-northeast-1a",
                                TargetState.INITIAL,
                                TargetState.HEALTHY,
                                "",
                                ""),
                        new Event.InstanceStateChanged(
                                Duration.ofMillis(20_100), "web-1a", InstanceState.STOPPED, "exit code 137"),
                        new Event.LoadStarted(Duration.ZERO),
                        new Event.JudgingStarted(Duration.ofSeconds(8)),
                        new Event.AlarmStateChanged(
                                Duration.ofMillis(20_250),
                                "web-1a-down",
                                AlarmState.OK,
                                AlarmState.ALARM,
                                "dead",
                                Duration.ofMillis(20_200))));
        assertThat(told).hasSize(2).first().isEqualTo(target);
    }

    @Test
    void cpuAndRequestsByTargetAreKeptForTheChartsUnderTheInstancesName() {
        recorder.measured(List.of(
                Measurement.of("AWS/EC2", "CPUUtilization", Map.of("InstanceId", "i-a"), "Percent", START, 40),
                Measurement.of("AWS/EC2", "CPUUtilization", Map.of("InstanceType", "t3.small"), "Percent", START, 99),
                Measurement.of("FailoverLab/ELB", "RequestCount", Map.of("Target", "web-1a"), "Count", START, 150),
                Measurement.of("AWS/EC2", "NetworkIn", Map.of("InstanceId", "i-a"), "Bytes", START, 9)));
        recorder.nameInstances(Map.of("web-1a", "i-a"));

        assertThat(recorder.events(START))
                .isEqualTo(List.of(
                        new Event.MetricSample(Duration.ZERO, "CPUUtilization", "web-1a", 40),
                        new Event.MetricSample(Duration.ZERO, "RequestCount", "web-1a", 150)));
    }

    @Test
    void aSecondOfLoadAddsUpItsKindsOfRequests() {
        recorder.second(new LoadSecond(
                START.plusSeconds(2).getEpochSecond(),
                300,
                299,
                true,
                List.of(
                        count("item", 200, 1, Map.of("200", 200L, "none", 1L)),
                        count("order", 98, 0, Map.of("201", 97L, "200", 1L)))));

        assertThat(recorder.events(START))
                .isEqualTo(List.of(new Event.LoadSecond(
                        Duration.ofSeconds(2), 300, 299, 298, 1, Map.of(0, 1L, 200, 201L, 201, 97L))));
    }

    @Test
    void aFailoverKeepsItsFourPhasesAndRdsItsNumbers() {
        recorder.happened(new StackEvent.DatabaseEvent(
                START.plusMillis(100), "db-1", "RDS-EVENT-0013", "failover", "Multi-AZ instance failover started."));
        recorder.happened(new StackEvent.DatabaseFailedOver(
                START.plusMillis(400),
                "db-1",
                "db-1",
                "db-2",
                "it was asked for",
                START.plusMillis(90),
                START.plusMillis(100),
                START.plusMillis(200),
                START.plusMillis(201)));

        assertThat(recorder.events(START))
                .isEqualTo(List.of(
                        new Event.DatabaseEvent(
                                Duration.ofMillis(100),
                                "db-1",
                                "RDS-EVENT-0013",
                                "failover",
                                "Multi-AZ instance failover started."),
                        new Event.DatabaseFailedOver(
                                Duration.ofMillis(400),
                                "db-1",
                                "db-1",
                                "db-2",
                                "it was asked for",
                                Duration.ofMillis(90),
                                Duration.ofMillis(100),
                                Duration.ofMillis(200),
                                Duration.ofMillis(201))));
    }

    private static RequestCount count(String name, long ok, long ko, Map<String, Long> statuses) {
        return new RequestCount(name, ok, ko, new TreeMap<>(statuses), new TreeMap<>(), new TreeMap<>());
    }

    @Test
    void theBalancerHasCountedASecondOnceItHasToldOfIt() {
        Instant end = START.plusMillis(50_400);
        assertThat(recorder.balancerCounted(end)).isFalse();

        recorder.measured(List.of(answers(START.plusSeconds(49))));
        assertThat(recorder.balancerCounted(end)).isFalse();

        recorder.measured(List.of(answers(START.plusSeconds(50)), answers(START.plusSeconds(48))));
        assertThat(recorder.balancerCounted(end)).isTrue();
    }

    private static Measurement answers(Instant second) {
        return Measurement.of("FailoverLab/ELB", "RequestCount", Map.of("Target", "web-1a"), "Count", second, 200);
    }
}
