package io.failoverlab.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.failoverlab.alarm.Alarm;
import io.failoverlab.alarm.AlarmDefinition;
import io.failoverlab.alarm.AlarmState;
import io.failoverlab.alarm.AlarmStatus;
import io.failoverlab.alarm.AlarmTransition;
import io.failoverlab.alarm.Comparison;
import io.failoverlab.alarm.MetricCondition;
import io.failoverlab.alarm.MetricSource;
import io.failoverlab.event.LabEvent;
import io.failoverlab.live.LiveMessage.AlarmMessage;
import io.failoverlab.live.LiveMessage.AlarmRemoved;
import io.failoverlab.live.LiveMessage.EventMessage;
import io.failoverlab.live.LiveMessage.Series;
import io.failoverlab.live.LiveMessage.Tick;
import io.failoverlab.metric.Aggregate;
import io.failoverlab.metric.MetricId;
import io.failoverlab.metric.MetricStream;
import io.failoverlab.metric.Statistic;
import io.failoverlab.metric.Unit;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class LiveHubTest {
    private static final Instant TIME = Instant.parse("2026-01-02T03:04:05Z");
    private static final MetricId CPU = MetricId.of("AWS/EC2", "CPUUtilization", Map.of("InstanceId", "i-1"));

    private final LiveHub hub = new LiveHub();

    private static Map<MetricStream, Aggregate> cpu(double value) {
        return Map.of(new MetricStream(CPU, Unit.PERCENT), Aggregate.ofValue(value));
    }

    private static Tick tick(Instant second, double value) {
        return new Tick(
                second,
                List.of(new Series(
                        "AWS/EC2",
                        "CPUUtilization",
                        Map.of("InstanceId", "i-1"),
                        "Percent",
                        1,
                        value,
                        value,
                        value,
                        OptionalDouble.of(value),
                        OptionalDouble.of(value),
                        OptionalDouble.of(value))));
    }

    private static LabEvent event(Instant time) {
        return new LabEvent(
                time, "failoverlab.fault", "Fault Injected", List.of(), JsonNodeFactory.instance.objectNode());
    }

    private static final AlarmDefinition DEFINITION = new AlarmDefinition(
            "cpu-high",
            "arn:aws:cloudwatch:ap-northeast-1:000000000000:alarm:cpu-high",
            Optional.empty(),
            new AlarmDefinition.Actions(true, List.of(), List.of(), List.of()),
            new MetricCondition(
                    new MetricSource(CPU, Optional.empty(), Statistic.Simple.AVERAGE, 1),
                    3,
                    OptionalInt.of(2),
                    Comparison.GREATER_THAN,
                    80,
                    Optional.empty(),
                    Optional.empty()),
            TIME);

    private static AlarmStatus status(AlarmState state) {
        return new AlarmStatus(state, "because", "", "for people", TIME);
    }

    private static AlarmMessage message(AlarmState state) {
        return new AlarmMessage(
                "cpu-high",
                state,
                "because",
                "for people",
                TIME,
                "AWS/EC2",
                "CPUUtilization",
                Map.of("InstanceId", "i-1"),
                "Average CPUUtilization > 80 for 2 of 3 periods of 1 s");
    }

    @Test
    void aLatePageGetsEverythingItNeeds() {
        hub.second(TIME, cpu(10));
        hub.second(TIME.plusSeconds(1), cpu(20));
        hub.second(TIME, cpu(30));
        hub.events(List.of(event(TIME)));
        hub.defined(new Alarm(DEFINITION, status(AlarmState.OK), Optional.empty()));
        hub.changed(List.of(new AlarmTransition(
                "id", DEFINITION, status(AlarmState.OK), status(AlarmState.ALARM), Optional.empty())));
        assertThat(hub.snapshot())
                .containsExactly(
                        tick(TIME, 30),
                        tick(TIME.plusSeconds(1), 20),
                        new EventMessage(event(TIME)),
                        message(AlarmState.ALARM));
        hub.deleted("cpu-high");
        assertThat(hub.snapshot()).doesNotContain(message(AlarmState.ALARM));
    }

    @Test
    void onlyFiveMinutesAreKept() {
        hub.second(TIME, cpu(1));
        hub.second(TIME.plusSeconds(299), cpu(2));
        assertThat(hub.snapshot()).containsExactly(tick(TIME, 1), tick(TIME.plusSeconds(299), 2));
        hub.second(TIME.plusSeconds(300), cpu(3));
        assertThat(hub.snapshot()).containsExactly(tick(TIME.plusSeconds(299), 2), tick(TIME.plusSeconds(300), 3));
    }

    @Test
    void seriesThatAreNotOfAwsOrTheLabAreLeftOut() {
        MetricId scraped = MetricId.of("Prometheus", "up", Map.of());
        hub.second(TIME, Map.of(new MetricStream(scraped, Unit.NONE), Aggregate.ofValue(1)));
        assertThat(hub.snapshot()).containsExactly(new Tick(TIME, List.of()));
    }

    @Test
    void aWatcherIsToldEverythingInOrderUntilItCloses() {
        List<LiveMessage> told = new CopyOnWriteArrayList<>();
        LiveFeed.Subscription subscription = hub.subscribe(told::add);
        hub.second(TIME, cpu(10));
        hub.events(List.of(event(TIME), event(TIME.plusSeconds(1))));
        hub.deleted("cpu-high");
        List<LiveMessage> all = List.of(
                tick(TIME, 10),
                new EventMessage(event(TIME)),
                new EventMessage(event(TIME.plusSeconds(1))),
                new AlarmRemoved("cpu-high"));
        await().untilAsserted(() -> assertThat(told).isEqualTo(all));
        subscription.close();
        subscription.close();
        hub.second(TIME, cpu(11));
        assertThat(told).isEqualTo(all);
    }

    @Test
    void aWatcherThatStaysBehindIsDroppedAndHoldsUpNobody() throws InterruptedException {
        CountDownLatch stuck = new CountDownLatch(1);
        CountDownLatch watching = new CountDownLatch(1);
        CountDownLatch dropped = new CountDownLatch(1);
        hub.subscribe(message -> {
            watching.countDown();
            try {
                stuck.await();
            } catch (InterruptedException e) {
                dropped.countDown();
            }
        });
        hub.events(List.of(event(TIME)));
        watching.await(); // one that is dropped before it began hears nothing at all
        for (int i = 1; i < 600; i++) {
            hub.events(List.of(event(TIME.plusSeconds(i))));
        }
        dropped.await();
        assertThat(hub.snapshot()).hasSize(600);
    }
}
