package io.failoverlab.history;

import io.failoverlab.history.RunInfo.ClockSetting;
import io.failoverlab.history.RunInfo.ExperimentInfo;
import io.failoverlab.history.RunInfo.HostInfo;
import io.failoverlab.history.RunInfo.InstanceInfo;
import io.failoverlab.history.RunInfo.LoadPlan;
import io.failoverlab.history.RunInfo.PlannedFault;
import io.failoverlab.history.RunInfo.TopologyInfo;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** A made-up run for the tests of this package. */
final class SampleRun {
    static final RunInfo INFO = new RunInfo(
            "r-1",
            Instant.parse("2026-01-01T09:00:00.123Z"),
            "./lab run kill-one-web",
            new ExperimentInfo(
                    "kill-one-web",
                    "",
                    new LoadPlan(
                            "browse-and-order",
                            300,
                            Duration.ofSeconds(5),
                            Duration.ofMillis(2_500),
                            Duration.ofSeconds(60)),
                    List.of(new PlannedFault("kill", "web-1a", Duration.ofSeconds(20))),
                    Map.of("requests-lost", "0")),
            new TopologyInfo(
                    "two-web-one-db",
                    "2 web servers, 1 database",
                    "nginx",
                    "lab",
                    List.of(new ClockSetting("health check interval", "1 s", "30 s")),
                    List.of(new InstanceInfo("web-1a", "i-0123456789abcdef0", InstanceRole.WEB, "ap-northeast-1a")),
                    2),
            new HostInfo(2, 25_769_803_776L, Map.of("nginx", "1.30.0")));

    static final List<Event> ONE_EVENT_OF_EACH_KIND = List.of(
            new Event.TargetStateChanged(
                    Duration.ofMillis(-2_100),
                    "web-1a",
                    "ap-northeast-1a",
                    TargetState.INITIAL,
                    TargetState.HEALTHY,
                    "",
                    ""),
            new Event.RotationChanged(Duration.ofMillis(-2_000), List.of("web-1a", "web-1c"), 1),
            new Event.LoadStarted(Duration.ZERO),
            new Event.LoadSecond(Duration.ZERO, 30, 29, 25, 1, Map.of(200, 20L, 201, 5L, 0, 1L)),
            new Event.GeneratorUse(Duration.ZERO, 42.5, 310, 20_000, Duration.ofMillis(3)),
            new Event.MetricSample(Duration.ofSeconds(1), "CPUUtilization", "web-1a", 12.5),
            new Event.Audited(Duration.ofMillis(1_400), "CIS", 28, 4, List.of("5.12 root file system")),
            new Event.AlarmsRead(Duration.ofMillis(1_500), Map.of("web-1a-down", AlarmState.OK)),
            new Event.JudgingStarted(Duration.ofMillis(7_500)),
            new Event.FaultInjected(
                    Duration.ofNanos(20_000_123_456L), "kill", "web-1a", "host failure", true, "exit code 137"),
            new Event.InstanceStateChanged(
                    Duration.ofMillis(20_040), "web-1a", InstanceState.SHUTTING_DOWN, "die event"),
            new Event.AlarmStateChanged(
                    Duration.ofMillis(20_310),
                    "web-1a-down",
                    AlarmState.INSUFFICIENT_DATA,
                    AlarmState.ALARM,
                    "Threshold Crossed",
                    Duration.ofMillis(20_300)),
            new Event.LossForecast(Duration.ofMillis(20_500), "kill", "web-1a", 470, "470 requests = 100 x 4.7 s"),
            new Event.ExperimentChanged(Duration.ofSeconds(20), ExperimentStatus.STOPPING, "latency went to ALARM"),
            new Event.ActionChanged(
                    Duration.ofSeconds(20), "stop", "aws:ec2:stop-instances", ActionStatus.RUNNING, "stop web-1a"),
            new Event.Note(Duration.ofSeconds(21), "nothing replaces it"),
            new Event.DatabaseEvent(
                    Duration.ofSeconds(22),
                    "db-1",
                    "RDS-EVENT-0013",
                    "failover",
                    "Multi-AZ instance failover started."),
            new Event.DatabaseFailedOver(
                    Duration.ofMillis(22_400),
                    "db-1",
                    "db-1",
                    "db-2",
                    "it was asked for",
                    Duration.ofMillis(21_990),
                    Duration.ofSeconds(22),
                    Duration.ofMillis(22_200),
                    Duration.ofMillis(22_201)),
            new Event.FaultHealed(Duration.ofSeconds(50), "kill", "web-1a", "started again"),
            new Event.LoadEnded(Duration.ofSeconds(60), true, "duration reached"));

    private SampleRun() {}

    static History history() {
        return new History(INFO, ONE_EVENT_OF_EACH_KIND, List.of(), LedgerReading.noWrites());
    }
}
