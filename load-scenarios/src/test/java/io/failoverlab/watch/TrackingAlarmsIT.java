package io.failoverlab.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.failoverlab.autoscaling.AutoScalingGroup;
import io.failoverlab.autoscaling.TrackingAlarm;
import io.failoverlab.clock.LabScheduler;
import io.failoverlab.engine.LabHome;
import io.failoverlab.telemetry.Measurement;
import io.failoverlab.topology.AutoScaling;
import io.failoverlab.topology.GroupRules;
import io.failoverlab.topology.ScalingPolicy;
import io.failoverlab.topology.Timing;
import io.failoverlab.topology.Zone;
import java.nio.file.Path;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The alarms of a target tracking policy in a real monitor, without a stack: they fire, and ask for their policy. */
class TrackingAlarmsIT {
    private static final Duration LIMIT = Duration.ofSeconds(90);

    @TempDir
    private Path folder;

    @Test
    @Tag("long")
    void bothAlarmsAskForTheirPolicyWithTheLoad() throws Exception {
        AutoScaling settings = AutoScaling.of(1, 2, 6)
                .withRules(GroupRules.ofPolicies(new ScalingPolicy.TargetTracking(
                        "cpu", ScalingPolicy.Metric.ASG_AVERAGE_CPU_UTILIZATION, 40, false)));
        AtomicReference<Double> percent = new AtomicReference<>(80.0);
        Queue<ScalingRequests.Request> requests = new ConcurrentLinkedQueue<>();
        try (LabScheduler scheduler = new LabScheduler(Throwable::printStackTrace);
                MonitorProcess monitor = MonitorProcess.start(
                        new MonitorProcess.Settings(LabHome.find().folder(), 0, folder, Optional.empty()), List.of());
                MonitorClient client = new MonitorClient(monitor.url(), "ap-northeast-1");
                ScalingRequests asked = ScalingRequests.follow(client, scheduler, requests::add)) {
            AutoScalingGroup group = new AutoScalingGroup(
                    settings, List.of(new Zone("ap-northeast-1", "a")), () -> "i-1", scheduler.instant());
            List<TrackingAlarm> alarms = group.trackingAlarms();
            alarms.forEach(it ->
                    client.put(TrackingAlarms.request(it, "web", "targetgroup/web/2", "ap-northeast-1", Timing.LAB)));
            AutoCloseable feed = scheduler.every(
                    Duration.ofSeconds(1),
                    () -> client.put(List.of(Measurement.of(
                            "AWS/EC2",
                            "CPUUtilization",
                            Map.of("AutoScalingGroupName", "web"),
                            "Percent",
                            scheduler.instant().truncatedTo(ChronoUnit.SECONDS),
                            percent.get()))));

            assertThat(asked).isNotNull();
            assertThat(loadOf(alarms.getFirst(), requests)).isEqualTo(2.0);
            percent.set(10.0);
            assertThat(loadOf(alarms.getLast(), requests)).isEqualTo(0.25);
            feed.close();
        }
    }

    private static double loadOf(TrackingAlarm alarm, Queue<ScalingRequests.Request> requests) {
        ScalingRequests.Request request = await().atMost(LIMIT)
                .until(
                        () -> requests.stream()
                                .filter(it -> it.alarm().equals(alarm.name()))
                                .findFirst(),
                        Optional::isPresent)
                .orElseThrow();
        assertThat(request.group()).isEqualTo("web");
        assertThat(request.policy()).isEqualTo("cpu");
        return alarm.load(request.threshold() + request.distance(), request.threshold());
    }
}
