package io.failoverlab.monitor;

import io.failoverlab.alarm.AlarmCounters;
import io.failoverlab.alarm.AlarmDefinition;
import io.failoverlab.alarm.AlarmEngine;
import io.failoverlab.alarm.Comparison;
import io.failoverlab.alarm.MetricCondition;
import io.failoverlab.alarm.MetricSource;
import io.failoverlab.alarm.Timing;
import io.failoverlab.metric.Aggregate;
import io.failoverlab.metric.Datum;
import io.failoverlab.metric.MetricId;
import io.failoverlab.metric.MetricStream;
import io.failoverlab.metric.Scope;
import io.failoverlab.metric.Statistic;
import io.failoverlab.metric.Unit;
import io.failoverlab.store.AlarmStore;
import io.failoverlab.store.Database;
import io.failoverlab.store.MetricStore;
import io.prometheus.client.CollectorRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.stream.IntStream;

/**
 * Says how long one full evaluation of 10,000 alarms takes, each on a metric of its own with a datapoint every ten seconds, 3 of 5 periods of a
 * minute: on the store, with no alarm changing. A program to be run by hand, not a test: it has no limit to meet.
 */
final class AlarmEvaluationLoad {
    private static final int ALARMS = 10_000;
    private static final int MINUTES = 8;
    private static final int ROUNDS = 20;

    private Instant now = Instant.parse("2026-01-02T03:00:00Z");

    private AlarmEvaluationLoad() {}

    public static void main(String[] args) throws IOException {
        new AlarmEvaluationLoad().run(Files.createTempDirectory("alarms"));
    }

    private void run(Path directory) {
        InstantSource clock = () -> now;
        CollectorRegistry registry = new CollectorRegistry();
        try (Database database = Database.open(directory.resolve("monitor.db"), InstantSource.system())) {
            MetricStore store = new MetricStore(database, clock, registry);
            AlarmEngine engine = new AlarmEngine(
                    Timing.LAB,
                    store.in(Scope.LAB),
                    new AlarmStore(database, Scope.LAB),
                    clock,
                    () -> UUID.randomUUID().toString(),
                    List.of(),
                    new AlarmCounters(registry));
            engine.define(IntStream.range(0, ALARMS)
                    .mapToObj(AlarmEvaluationLoad::definition)
                    .toList());
            List<Duration> took = new ArrayList<>();
            for (int second = 0; second < (MINUTES + ROUNDS) * 60; second++) {
                store.in(Scope.LAB).add(second(now));
                store.flush();
                now = now.plusSeconds(1);
                Instant began = Instant.now();
                engine.tick();
                if (now.getEpochSecond() % 60 == 0 && second > MINUTES * 60) {
                    took.add(Duration.between(began, Instant.now()));
                }
            }
            took.sort(null);
            System.out.println("evaluating " + ALARMS + " alarms: median "
                    + took.get(took.size() / 2).toMillis() + " ms, worst "
                    + took.getLast().toMillis() + " ms of " + took.size());
        }
    }

    private static MetricId metric(int alarm) {
        return MetricId.of("Load", "Value", Map.of("InstanceId", "i-" + alarm));
    }

    /** Every metric gets its datapoint in one of ten seconds, so that preparing does not take too long. */
    private static List<Datum> second(Instant now) {
        return IntStream.range(0, ALARMS)
                .filter(alarm -> (alarm + now.getEpochSecond()) % 10 == 0)
                .mapToObj(alarm -> new Datum(new MetricStream(metric(alarm), Unit.NONE), now, Aggregate.ofValue(1), 1))
                .toList();
    }

    private static AlarmDefinition definition(int alarm) {
        return new AlarmDefinition(
                "alarm-" + alarm,
                Scope.LAB.alarmArn("alarm-" + alarm),
                Optional.empty(),
                new AlarmDefinition.Actions(true, List.of(), List.of(), List.of()),
                new MetricCondition(
                        new MetricSource(metric(alarm), Optional.empty(), Statistic.Simple.AVERAGE, 60),
                        5,
                        OptionalInt.of(3),
                        Comparison.GREATER_THAN,
                        2,
                        Optional.empty(),
                        Optional.empty()),
                Instant.parse("2026-01-02T03:00:00Z"));
    }
}
