package io.failoverlab.store;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.failoverlab.alarm.Alarm;
import io.failoverlab.alarm.AlarmChange;
import io.failoverlab.alarm.AlarmDefinition;
import io.failoverlab.alarm.AlarmState;
import io.failoverlab.alarm.AlarmStatus;
import io.failoverlab.alarm.AlarmType;
import io.failoverlab.alarm.Comparison;
import io.failoverlab.alarm.HistoryItem;
import io.failoverlab.alarm.HistoryQuery;
import io.failoverlab.alarm.MetricCondition;
import io.failoverlab.alarm.MetricSource;
import io.failoverlab.event.LabEvent;
import io.failoverlab.metric.Aggregate;
import io.failoverlab.metric.Datum;
import io.failoverlab.metric.MetricId;
import io.failoverlab.metric.MetricQuery;
import io.failoverlab.metric.MetricStream;
import io.failoverlab.metric.Scope;
import io.failoverlab.metric.Statistic;
import io.failoverlab.metric.Unit;
import io.prometheus.client.CollectorRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * A store of some tens of KiB in the state in which a kill -9 leaves it: half of it in the file, half in the log, everything of every
 * kind, things deleted, ticks moved into chunks. Its pages are small, so that it has many.
 */
record SmallStore(byte[] file, byte[] log, Set<String> content) {
    static final Instant START = Instant.parse("2026-01-02T03:00:00Z");
    private static final int SERIES = 5;
    static final int PAGE_SIZE = 512;

    static SmallStore make(Path directory) throws IOException, SQLException {
        Path path = directory.resolve("small.db");
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + path)) {
            connection.createStatement().execute("PRAGMA page_size = " + PAGE_SIZE);
            connection.createStatement().execute("PRAGMA user_version = 0");
        }
        try (Database database = Database.open(path, InstantSource.system())) {
            fill(database, 0, 16);
        }
        try (Database database = Database.open(path, InstantSource.system())) {
            fill(database, 16, 22);
            Set<String> content = contentOf(database);
            return new SmallStore(
                    Files.readAllBytes(path), Files.readAllBytes(directory.resolve("small.db-wal")), content);
        }
    }

    /** What happens in some steps of ten seconds. */
    private static void fill(Database database, int from, int to) {
        Instant[] now = {time(from)};
        MetricStore metrics = new MetricStore(database, () -> now[0], new CollectorRegistry());
        AlarmStore alarms = new AlarmStore(database, Scope.LAB);
        NotificationStore outbox = new NotificationStore(database);
        DashboardStore dashboards = new DashboardStore(database);
        TagStore tags = new TagStore(database);
        outbox.register("http://127.0.0.1:9/hook");
        for (int step = from; step < to; step++) {
            now[0] = time(step);
            metrics.in(Scope.LAB).add(data(step));
            metrics.flush();
            metrics.maintain();
            new EventStore(database).append(List.of(event(step)));
            if (step % 3 == 0) {
                alarms.save(List.of(change(step)));
                outbox.next("http://127.0.0.1:9/hook")
                        .ifPresent(next -> outbox.delivered("http://127.0.0.1:9/hook", next.number()));
                dashboards.put("000000000000", "board-" + step % 4, "{\"widgets\":[]," + step + "}", now[0]);
                tags.tag("arn:" + step % 5, Map.of("key-" + step, "value"));
            }
            if (step % 8 == 3) {
                dashboards.delete("000000000000", List.of("board-0"));
                tags.forget("arn:2");
                alarms.deleted(List.of(item(step * 1000, "alarm-2", "Alarm deleted")));
            }
        }
    }

    private static Instant time(int step) {
        return START.plusSeconds(step * 10L);
    }

    /** The last series has a datapoint a minute, the others one at every step. */
    private static List<Datum> data(int step) {
        return IntStream.range(0, step % 6 == 0 ? SERIES : SERIES - 1)
                .mapToObj(series -> new Datum(
                        stream(series),
                        time(step),
                        Aggregate.ofValue(step * 100 + series),
                        series == SERIES - 1 ? 60 : 1))
                .toList();
    }

    private static MetricStream stream(int series) {
        return new MetricStream(MetricId.of("Test", "Value", Map.of("Series", "s" + series)), Unit.NONE);
    }

    private static LabEvent event(int step) {
        return new LabEvent(
                time(step),
                "failoverlab.test",
                "Step " + step,
                List.of(),
                JsonNodeFactory.instance.objectNode().put("text", "x".repeat(step % 7 == 0 ? 1200 : 10)));
    }

    private static AlarmChange change(int step) {
        String name = "alarm-" + step % 5;
        MetricSource source = new MetricSource(
                MetricId.of("Test", "Value", Map.of()), Optional.empty(), Statistic.Simple.AVERAGE, 60);
        AlarmDefinition definition = new AlarmDefinition(
                name,
                Scope.LAB.alarmArn(name),
                Optional.empty(),
                new AlarmDefinition.Actions(true, List.of(), List.of("arn:aws:sns:x"), List.of()),
                new MetricCondition(
                        source, 1, OptionalInt.empty(), Comparison.GREATER_THAN, 1, Optional.empty(), Optional.empty()),
                START);
        AlarmStatus status = new AlarmStatus(AlarmState.ALARM, "because " + step, "{}", "for people", time(step));
        return new AlarmChange(
                new Alarm(definition, status, Optional.empty()),
                List.of(item(step, name, "Alarm updated")),
                Optional.of("{\"message\":" + step + "}"));
    }

    private static HistoryItem item(int id, String alarm, String summary) {
        return new HistoryItem(
                "id-" + id, alarm, AlarmType.METRIC, HistoryItem.Type.STATE_UPDATE, time(id % 1000), summary, "{}");
    }

    /** Everything that can be read, a line each. Whatever cannot be read throws. */
    static Set<String> contentOf(Database database) {
        MetricStore metrics = new MetricStore(database, () -> time(22), new CollectorRegistry());
        metrics.flush();
        Set<String> content = new TreeSet<>();
        for (MetricListing listing : metrics.in(Scope.LAB).metrics()) {
            int period = listing.metric().dimensions().containsValue("s" + (SERIES - 1)) ? 60 : 1;
            boolean nameless = listing.metric().namespace().equals(Salvage.NAMESPACE);
            metrics.in(Scope.LAB)
                    .read(new MetricQuery(listing.metric(), Optional.empty(), START, period, 7200 / period, true))
                    .forEach(
                            (at, value) -> content.add((nameless ? "nameless" : "datapoint") + " " + at + " " + value));
        }
        AlarmStore alarms = new AlarmStore(database, Scope.LAB);
        alarms.load().forEach(alarm -> content.add("alarm " + alarm));
        alarms.history(new HistoryQuery(
                        Optional.empty(),
                        EnumSet.allOf(AlarmType.class),
                        Optional.empty(),
                        Instant.EPOCH,
                        START.plusSeconds(1_000_000)))
                .forEach(item -> content.add("history " + item));
        new EventStore(database).since(Instant.EPOCH).forEach(event -> content.add("event " + event));
        DashboardStore dashboards = new DashboardStore(database);
        dashboards.list("000000000000", "").forEach(dashboard -> content.add("dashboard " + dashboard));
        TagStore tags = new TagStore(database);
        IntStream.range(0, 5)
                .forEach(i -> tags.tags("arn:" + i)
                        .forEach((key, value) -> content.add("tag " + i + " " + key + "=" + value)));
        content.addAll(waiting(database));
        return content;
    }

    private static List<String> waiting(Database database) {
        return database.read(connection -> {
            List<String> lines = new ArrayList<>();
            try (var row = connection
                    .createStatement()
                    .executeQuery("SELECT body FROM notification WHERE number > (SELECT coalesce(max(delivered), 0)"
                            + " FROM receiver)")) {
                while (row.next()) {
                    lines.add("waiting " + row.getString(1));
                }
            }
            return lines;
        });
    }
}
