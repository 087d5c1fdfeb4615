package io.failoverlab.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.failoverlab.clock.LabScheduler;
import io.failoverlab.engine.LabHome;
import io.failoverlab.telemetry.AwsCadence;
import io.failoverlab.telemetry.Cadence;
import io.failoverlab.telemetry.Measurement;
import io.failoverlab.telemetry.Telemetry;
import io.failoverlab.topology.BalancerType;
import io.failoverlab.topology.Monitoring;
import io.failoverlab.topology.Timing;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The same busy CPU, by AWS's clocks divided by sixty: an alarm on basic monitoring sees it after a whole period of five
 * seconds, one on detailed monitoring after one of a second. In a real monitor, without a stack.
 */
class AlarmCadenceIT {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final Timing TIMING = new Timing(Timing.Clocks.AWS, 60);

    @TempDir
    private Path folder;

    private final AtomicReference<Double> percent = new AtomicReference<>(0.0);
    private final Map<String, Instant> inAlarm = new ConcurrentHashMap<>();

    @Test
    void anAlarmOnBasicMonitoringIsLaterThanOneOnDetailed() throws Exception {
        try (LabScheduler scheduler = new LabScheduler(Throwable::printStackTrace);
                AlarmWebhook webhook = new AlarmWebhook(scheduler, this::changed);
                MonitorProcess monitor = MonitorProcess.start(
                        new MonitorProcess.Settings(LabHome.find().folder(), 0, folder, Optional.of(webhook.url())),
                        List.of());
                MonitorClient client = new MonitorClient(monitor.url(), "ap-northeast-1");
                MonitorPublisher publisher = new MonitorPublisher(client, System.err::println)) {
            Telemetry aws = new AwsCadence(publisher, TIMING.scale());
            AutoCloseable feed = scheduler.every(Duration.ofSeconds(1), () -> measure(aws, scheduler.instant()));
            StackAlarms.of(new StackAlarms.Stack(
                            Map.of(
                                    "basic", new StackAlarms.Instance("i-b", Monitoring.BASIC),
                                    "detailed", new StackAlarms.Instance("i-d", Monitoring.DETAILED)),
                            Map.of(),
                            BalancerType.APPLICATION,
                            "app/lb/1",
                            "targetgroup/web/2",
                            TIMING))
                    .stream()
                    .filter(alarm -> alarm.alarmName().endsWith("-cpu"))
                    .forEach(client::put);
            await().atMost(LIMIT)
                    .until(() -> client.alarms().stream()
                            .allMatch(alarm -> alarm.stateValueAsString().equals("OK")));

            Instant busy = scheduler.instant();
            percent.set(100.0);
            await().atMost(LIMIT).until(() -> inAlarm.keySet().containsAll(List.of("basic-cpu", "detailed-cpu")));
            feed.close();

            Duration basic = Duration.between(busy, inAlarm.get("basic-cpu"));
            Duration detailed = Duration.between(busy, inAlarm.get("detailed-cpu"));
            System.out.println("alarm after " + basic.toMillis() + " ms with basic, " + detailed.toMillis()
                    + " ms with detailed monitoring, AWS's clocks divided by 60");
            assertThat(basic).isGreaterThan(Duration.ofSeconds(5));
            assertThat(detailed).isLessThan(basic).isGreaterThan(Duration.ofSeconds(1));
        }
    }

    private void measure(Telemetry aws, Instant now) {
        aws.measured(List.of(cpu("i-b", Monitoring.BASIC, now), cpu("i-d", Monitoring.DETAILED, now)));
    }

    private Measurement cpu(String id, Monitoring monitoring, Instant now) {
        return Measurement.of(
                        "AWS/EC2",
                        "CPUUtilization",
                        Map.of("InstanceId", id),
                        "Percent",
                        now.truncatedTo(ChronoUnit.SECONDS),
                        percent.get())
                .withCadence(new Cadence(monitoring.every(), Cadence.Merge.MEAN));
    }

    private void changed(AlarmChange change) {
        if (change.to().equals("ALARM")) {
            inAlarm.putIfAbsent(change.alarm(), change.receivedAt());
        }
    }
}
