package io.failoverlab.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.failoverlab.alarm.Alarm;
import io.failoverlab.alarm.AlarmChange;
import io.failoverlab.alarm.AlarmCondition;
import io.failoverlab.alarm.AlarmDefinition;
import io.failoverlab.alarm.AlarmState;
import io.failoverlab.alarm.AlarmStatus;
import io.failoverlab.alarm.AlarmType;
import io.failoverlab.alarm.Comparison;
import io.failoverlab.alarm.HistoryItem;
import io.failoverlab.alarm.HistoryQuery;
import io.failoverlab.alarm.LowSamples;
import io.failoverlab.alarm.MetricCondition;
import io.failoverlab.alarm.MetricSource;
import io.failoverlab.alarm.MissingData;
import io.failoverlab.event.LabEvent;
import io.failoverlab.metric.MetricId;
import io.failoverlab.metric.Scope;
import io.failoverlab.metric.Statistic;
import io.failoverlab.metric.Unit;
import io.failoverlab.notify.Outbox.Notification;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AlarmStoreTest {
    private static final Instant TIME = Instant.parse("2026-01-02T03:04:05.678Z");

    @TempDir
    private Path directory;

    private Database database;

    @BeforeEach
    void open() {
        database = Database.open(directory.resolve("monitor.db"), InstantSource.system());
    }

    @AfterEach
    void close() {
        database.close();
    }

    private void reopen() {
        close();
        open();
    }

    private static Alarm alarm(String name, AlarmCondition condition, Optional<String> description) {
        return new Alarm(
                new AlarmDefinition(
                        name,
                        "arn:aws:cloudwatch:ap-northeast-1:000000000000:alarm:" + name,
                        description,
                        new AlarmDefinition.Actions(false, List.of("a"), List.of("b", "c"), List.of()),
                        condition,
                        TIME),
                new AlarmStatus(AlarmState.ALARM, "because", "{\"version\":\"1.0\"}", "for people", TIME),
                Optional.empty());
    }

    private static final MetricCondition FULL = new MetricCondition(
            new MetricSource(
                    MetricId.of("AWS/ApplicationELB", "TargetResponseTime", Map.of("LoadBalancer", "app/lab/0")),
                    Optional.of(Unit.SECONDS),
                    Statistic.parse("p99.9").orElseThrow(),
                    1),
            5,
            OptionalInt.of(3),
            Comparison.LESS_THAN,
            0.25,
            Optional.of(MissingData.NOT_BREACHING),
            Optional.of(LowSamples.IGNORE));

    private static final MetricCondition PLAIN = new MetricCondition(
            new MetricSource(
                    MetricId.of("AWS/EC2", "CPUUtilization", Map.of()), Optional.empty(), Statistic.Simple.AVERAGE, 60),
            1,
            OptionalInt.empty(),
            Comparison.GREATER_THAN,
            80,
            Optional.empty(),
            Optional.empty());

    private static HistoryItem item(String id, String alarm, HistoryItem.Type type, Instant time) {
        return new HistoryItem(id, alarm, AlarmType.METRIC, type, time, "summary " + id, "{}");
    }

    private static void save(AlarmStore store, Alarm alarm, HistoryItem item, Optional<String> notification) {
        store.save(List.of(new AlarmChange(alarm, List.of(item), notification)));
    }

    private static HistoryQuery query(
            Optional<String> alarm, Optional<HistoryItem.Type> type, Instant from, Instant to) {
        return new HistoryQuery(alarm, EnumSet.allOf(AlarmType.class), type, from, to);
    }

    @Test
    void alarmsAreTheSameAfterARestart() {
        Alarm full = alarm("full", FULL, Optional.of("text"));
        Alarm plain = alarm("plain", PLAIN, Optional.empty());
        AlarmStore store = new AlarmStore(database, Scope.LAB);
        store.save(List.of(new AlarmChange(
                full, List.of(item("1", "full", HistoryItem.Type.CONFIGURATION_UPDATE, TIME)), Optional.empty())));
        store.save(List.of(new AlarmChange(
                plain, List.of(item("2", "plain", HistoryItem.Type.CONFIGURATION_UPDATE, TIME)), Optional.empty())));
        reopen();
        assertThat(new AlarmStore(database, Scope.LAB).load()).containsExactly(full, plain);
    }

    @Test
    void historyIsNewestFirstAndOutlivesItsAlarm() {
        AlarmStore store = new AlarmStore(database, Scope.LAB);
        HistoryItem created = item("1", "a", HistoryItem.Type.CONFIGURATION_UPDATE, TIME);
        HistoryItem changed = item("2", "a", HistoryItem.Type.STATE_UPDATE, TIME.plusSeconds(1));
        HistoryItem other = item("3", "b", HistoryItem.Type.STATE_UPDATE, TIME.plusSeconds(2));
        HistoryItem deleted = item("4", "a", HistoryItem.Type.CONFIGURATION_UPDATE, TIME.plusSeconds(3));
        save(store, alarm("a", PLAIN, Optional.empty()), created, Optional.empty());
        save(store, alarm("a", PLAIN, Optional.empty()), changed, Optional.empty());
        save(store, alarm("b", PLAIN, Optional.empty()), other, Optional.empty());
        store.deleted(List.of(deleted));
        reopen();
        AlarmStore reopened = new AlarmStore(database, Scope.LAB);
        assertThat(reopened.load()).extracting(Alarm::name).containsExactly("b");
        assertThat(reopened.history(query(Optional.empty(), Optional.empty(), TIME, TIME.plusSeconds(60))))
                .containsExactly(deleted, other, changed, created);
        assertThat(reopened.history(query(
                        Optional.of("a"), Optional.of(HistoryItem.Type.STATE_UPDATE), TIME, TIME.plusSeconds(60))))
                .containsExactly(changed);
        assertThat(reopened.history(
                        query(Optional.empty(), Optional.empty(), TIME.plusSeconds(1), TIME.plusSeconds(3))))
                .containsExactly(other, changed);
    }

    @Test
    void aReceiverGetsWhatHappensFromItsFirstRegistrationOn() {
        AlarmStore alarms = new AlarmStore(database, Scope.LAB);
        NotificationStore outbox = new NotificationStore(database);
        Alarm alarm = alarm("a", PLAIN, Optional.empty());
        save(alarms, alarm, item("1", "a", HistoryItem.Type.STATE_UPDATE, TIME), Optional.of("before"));
        outbox.register("http://127.0.0.1/hook");
        save(alarms, alarm, item("2", "a", HistoryItem.Type.STATE_UPDATE, TIME), Optional.of("first"));
        save(alarms, alarm, item("3", "a", HistoryItem.Type.STATE_UPDATE, TIME), Optional.empty());
        save(alarms, alarm, item("4", "a", HistoryItem.Type.STATE_UPDATE, TIME), Optional.of("second"));
        assertThat(outbox.next("http://127.0.0.1/hook")).contains(new Notification(2, "first"));
        outbox.delivered("http://127.0.0.1/hook", 2);
        reopen();
        NotificationStore reopened = new NotificationStore(database);
        reopened.register("http://127.0.0.1/hook");
        assertThat(reopened.next("http://127.0.0.1/hook")).contains(new Notification(3, "second"));
        reopened.delivered("http://127.0.0.1/hook", 3);
        assertThat(reopened.next("http://127.0.0.1/hook")).isEmpty();
    }

    @Test
    void eventsAreReadBackInTheOrderOfTheirTime() {
        EventStore events = new EventStore(database);
        LabEvent later = event(TIME.plusMillis(1));
        LabEvent sooner = event(TIME);
        events.append(List.of(later, sooner));
        reopen();
        EventStore reopened = new EventStore(database);
        assertThat(reopened.since(Instant.EPOCH)).containsExactly(sooner, later);
        assertThat(reopened.since(TIME.plusMillis(1))).containsExactly(later);
    }

    private static LabEvent event(Instant time) {
        return new LabEvent(
                time,
                "failoverlab.ec2",
                "Instance State Change",
                List.of("web-1a"),
                JsonNodeFactory.instance.objectNode().put("state", "stopped"));
    }

    /** What the engine saves, as far as it matters here. */
    private static Optional<String> message(String name, Instant time) {
        return Optional.of("{\"AlarmName\":\"" + name + "\",\"StateChangeTime\":\""
                + time.toString().replace("Z", ".000+0000") + "\"}");
    }

    @Test
    void historyAndEventsAreKeptForThirtyDaysAndNotificationsUntilAllHaveThem() {
        AlarmStore store = new AlarmStore(database, Scope.LAB);
        NotificationStore outbox = new NotificationStore(database);
        EventStore events = new EventStore(database);
        outbox.register("slow");
        outbox.register("fast");
        Alarm plain = alarm("plain", PLAIN, Optional.empty());
        save(store, plain, item("1", "plain", HistoryItem.Type.ACTION, TIME), message("first", TIME));
        save(store, plain, item("2", "plain", HistoryItem.Type.ACTION, TIME.plusMillis(1)), message("second", TIME));
        events.append(List.of(event(TIME), event(TIME.plusMillis(1))));
        outbox.delivered("slow", 1);
        outbox.delivered("fast", 2);
        RecordRetention.expire(database, TIME.plusMillis(1).plus(Duration.ofDays(30)));
        assertThat(store.history(query(Optional.empty(), Optional.empty(), Instant.EPOCH, TIME.plusSeconds(1))))
                .extracting(HistoryItem::id)
                .containsExactly("2");
        assertThat(events.since(Instant.EPOCH)).containsExactly(event(TIME.plusMillis(1)));
        assertThat(outbox.next("slow").map(Notification::body)).isEqualTo(message("second", TIME));
        outbox.delivered("slow", 2);
        RecordRetention.expire(database, TIME);
        save(store, plain, item("3", "plain", HistoryItem.Type.ACTION, TIME), message("third", TIME));
        assertThat(outbox.next("fast").map(Notification::body)).isEqualTo(message("third", TIME));
    }

    @Test
    void aReceiverThatNeverComesBackKeepsNotificationsForThirtyDays() {
        AlarmStore store = new AlarmStore(database, Scope.LAB);
        NotificationStore outbox = new NotificationStore(database);
        outbox.register("gone");
        Alarm plain = alarm("plain", PLAIN, Optional.empty());
        save(store, plain, item("1", "plain", HistoryItem.Type.ACTION, TIME), message("first", TIME));
        save(store, plain, item("2", "plain", HistoryItem.Type.ACTION, TIME), message("second", TIME.plusSeconds(1)));
        RecordRetention.expire(database, TIME.plus(Duration.ofDays(30)));
        assertThat(notifications()).isEqualTo(2);
        RecordRetention.expire(database, TIME.plusSeconds(1).plus(Duration.ofDays(30)));
        assertThat(notifications()).isEqualTo(1);
        assertThat(outbox.next("gone").map(Notification::body)).isEqualTo(message("second", TIME.plusSeconds(1)));
    }

    @Test
    void notificationsForNobodyAreNotKept() {
        AlarmStore store = new AlarmStore(database, Scope.LAB);
        Alarm plain = alarm("plain", PLAIN, Optional.empty());
        save(store, plain, item("1", "plain", HistoryItem.Type.ACTION, TIME), message("first", TIME));
        RecordRetention.expire(database, TIME);
        assertThat(notifications()).isZero();
        NotificationStore outbox = new NotificationStore(database);
        outbox.register("new");
        save(store, plain, item("2", "plain", HistoryItem.Type.ACTION, TIME), message("second", TIME));
        assertThat(outbox.next("new").map(Notification::body)).isEqualTo(message("second", TIME));
    }

    private int notifications() {
        return database.read(connection -> {
            try (var row = connection.createStatement().executeQuery("SELECT count(*) FROM notification")) {
                return row.getInt(1);
            }
        });
    }
}
