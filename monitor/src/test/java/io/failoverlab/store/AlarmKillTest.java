package io.failoverlab.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.failoverlab.alarm.Alarm;
import io.failoverlab.alarm.AlarmAction;
import io.failoverlab.alarm.AlarmChange;
import io.failoverlab.alarm.AlarmCounters;
import io.failoverlab.alarm.AlarmDefinition;
import io.failoverlab.alarm.AlarmEngine;
import io.failoverlab.alarm.AlarmJournal;
import io.failoverlab.alarm.AlarmListener;
import io.failoverlab.alarm.AlarmRuleParser;
import io.failoverlab.alarm.AlarmTransition;
import io.failoverlab.alarm.AlarmType;
import io.failoverlab.alarm.Comparison;
import io.failoverlab.alarm.CompositeCondition;
import io.failoverlab.alarm.HistoryItem;
import io.failoverlab.alarm.HistoryQuery;
import io.failoverlab.alarm.MetricCondition;
import io.failoverlab.alarm.MetricSource;
import io.failoverlab.alarm.MissingData;
import io.failoverlab.alarm.Suppression;
import io.failoverlab.alarm.Suppressor;
import io.failoverlab.alarm.Timing;
import io.failoverlab.metric.Aggregate;
import io.failoverlab.metric.MetricId;
import io.failoverlab.metric.MetricQuery;
import io.failoverlab.metric.MetricReader;
import io.failoverlab.metric.Scope;
import io.failoverlab.metric.Statistic;
import io.failoverlab.metric.Unit;
import io.failoverlab.notify.Deliveries;
import io.failoverlab.notify.Receiver;
import io.prometheus.client.CollectorRegistry;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills a process that evaluates alarms and delivers their notifications, again and again at random moments, and compares what it did
 * in all its lives with one that was never killed. {@code -Dfailoverlab.kills=200} kills more often.
 */
class AlarmKillTest {
    private static final int KILLS = Integer.getInteger("failoverlab.kills", 25);
    private static final long START = Instant.parse("2026-01-02T03:00:00Z").getEpochSecond();
    private static final int SECONDS_AFTER_THE_LAST_KILL = 50;

    @TempDir
    private Path directory;

    /** Data that follow from the time alone: a life that goes on where another ended finds the same. */
    private static final class SeededMetrics implements MetricReader {
        @Override
        public SortedMap<Instant, Aggregate> read(MetricQuery query) {
            SortedMap<Instant, Aggregate> windows = new TreeMap<>();
            for (int i = 0; i < query.count(); i++) {
                Instant start = query.start().plusSeconds((long) i * query.period());
                int dice = new Random(start.getEpochSecond() * 31
                                + query.metric().name().hashCode())
                        .nextInt(10);
                if (dice < 8) {
                    windows.put(start, Aggregate.ofValue(dice < 4 ? 1 : 0));
                }
            }
            return windows;
        }

        @Override
        public Set<Unit> units(MetricId metric) {
            return Set.of(Unit.NONE);
        }

        @Override
        public Map<MetricId, Instant> lastSeen(String namespace, String name) {
            return Map.of();
        }
    }

    /** A clock that is moved on by hand. */
    private static final class Ticking implements InstantSource {
        private volatile long second;

        @Override
        public Instant instant() {
            return Instant.ofEpochSecond(second).plusMillis(5);
        }
    }

    private static AlarmDefinition metricAlarm(String name) {
        MetricSource source =
                new MetricSource(MetricId.of("Test", name, Map.of()), Optional.empty(), Statistic.Simple.AVERAGE, 1);
        return new AlarmDefinition(
                name,
                Scope.LAB.alarmArn(name),
                Optional.empty(),
                actions(),
                new MetricCondition(
                        source,
                        3,
                        OptionalInt.of(2),
                        Comparison.GREATER_THAN_OR_EQUAL,
                        1,
                        Optional.of(MissingData.IGNORE),
                        Optional.empty()),
                Instant.ofEpochSecond(START));
    }

    private static AlarmDefinition.Actions actions() {
        List<String> topic = List.of("arn:aws:sns:ap-northeast-1:000000000000:topic");
        return new AlarmDefinition.Actions(true, topic, topic, topic);
    }

    /** Two metric alarms, one on top of both, and one whose actions wait for a suppressor. */
    private static List<AlarmDefinition> definitions() {
        List<AlarmDefinition> all = new ArrayList<>();
        List.of("a", "b", "quiet").forEach(name -> all.add(metricAlarm(name)));
        all.add(composite("both", "ALARM(a) AND ALARM(b)", Optional.empty()));
        all.add(composite("any", "ALARM(a) OR ALARM(b)", Optional.of(new Suppressor("quiet", "quiet", 1, 2))));
        return all;
    }

    private static AlarmDefinition composite(String name, String rule, Optional<Suppressor> suppressor) {
        return new AlarmDefinition(
                name,
                Scope.LAB.alarmArn(name),
                Optional.empty(),
                actions(),
                new CompositeCondition(AlarmRuleParser.parse(rule, Scope.LAB.alarmArn("")), suppressor),
                Instant.ofEpochSecond(START));
    }

    /** Acts out the seconds up to {@code end}, from wherever the journal stands. */
    private static AlarmEngine live(AlarmJournal journal, AlarmListener listener, long from, long end) {
        Ticking clock = new Ticking();
        clock.second = from;
        AlarmEngine engine = new AlarmEngine(
                Timing.LAB,
                new SeededMetrics(),
                journal,
                clock,
                () -> UUID.randomUUID().toString(),
                List.of(listener),
                new AlarmCounters(new CollectorRegistry()));
        if (engine.alarms().isEmpty()) {
            engine.define(definitions());
        }
        while (clock.second < end) {
            clock.second++;
            engine.tick();
        }
        return engine;
    }

    private static HistoryQuery everything() {
        return new HistoryQuery(
                Optional.empty(),
                EnumSet.allOf(AlarmType.class),
                Optional.empty(),
                Instant.EPOCH,
                Instant.ofEpochSecond(START * 2));
    }

    /** Where a life that ended left off: all that happened in one second was saved as one. */
    private static long lastSecond(AlarmStore store) {
        return store.history(everything()).stream()
                .mapToLong(item -> item.time().getEpochSecond())
                .max()
                .orElse(START);
    }

    private static class Silent implements AlarmListener {
        @Override
        public void defined(Alarm alarm) {}

        @Override
        public void changed(List<AlarmTransition> transitions) {}

        @Override
        public void act(Alarm alarm, List<AlarmAction> actions) {}

        @Override
        public void deleted(String alarmName) {}
    }

    /** One life: says each message as it takes it. Arguments: store, last second or 0 for none. */
    static final class Life {
        private Life() {}

        public static void main(String[] args) throws InterruptedException {
            Database database = Database.open(Path.of(args[0]), InstantSource.system());
            AlarmStore store = new AlarmStore(database, Scope.LAB);
            NotificationStore outbox = new NotificationStore(database);
            Semaphore ahead = new Semaphore(20); // so that deciding and delivering go on side by side
            Receiver receiver = new Receiver() {
                @Override
                public String name() {
                    return "stdout";
                }

                @Override
                public void deliver(String message) {
                    System.out.println(message);
                    System.out.flush();
                    ahead.release();
                }
            };
            Deliveries deliveries = new Deliveries(
                    List.of(receiver), outbox, Thread::startVirtualThread, (d, task) -> {}, new CollectorRegistry());
            deliveries.wake();
            long end = Long.parseLong(args[1]);
            AlarmListener listener = new Silent() {
                @Override
                public void act(Alarm alarm, List<AlarmAction> actions) {
                    ahead.acquireUninterruptibly();
                    deliveries.wake();
                }
            };
            long from = lastSecond(store);
            live(store, listener, from, end == 0 ? Long.MAX_VALUE : Math.max(from, end));
            while (outbox.next("stdout").isPresent()) {
                deliveries.wake();
                Thread.onSpinWait();
            }
            database.close();
        }
    }

    @Test
    @Timeout(600)
    void nothingIsLostAndDuplicatesAreRecognisable() throws IOException, InterruptedException {
        Path file = directory.resolve("monitor.db");
        List<String> delivered = new ArrayList<>();
        Random random = new Random(42);
        for (int kill = 0; kill < KILLS; kill++) {
            life(file, 0, 1 + random.nextInt(30), random.nextInt(200_000), delivered);
        }
        Database afterKills = Database.open(file, InstantSource.system());
        long end = lastSecond(new AlarmStore(afterKills, Scope.LAB)) + SECONDS_AFTER_THE_LAST_KILL;
        afterKills.close();
        life(file, end, Integer.MAX_VALUE, 0, delivered);
        Replay replay = new Replay();
        AlarmEngine expected = live(replay, new Silent(), START, end);
        Database database = Database.open(file, InstantSource.system());
        AlarmStore store = new AlarmStore(database, Scope.LAB);
        assertThat(states(store.load())).isEqualTo(states(expected.alarms()));
        assertThat(transitions(store.history(everything()).reversed())).isEqualTo(transitions(replay.items));
        assertMessages(delivered, replay);
        database.close();
    }

    /** Without the ids, which are random. */
    private static List<List<Object>> states(List<Alarm> alarms) {
        return alarms.stream()
                .map(alarm -> List.<Object>of(
                        alarm.definition(),
                        alarm.status(),
                        alarm.suppression().map(Suppression::by),
                        alarm.suppression().flatMap(Suppression::until)))
                .toList();
    }

    private static List<String> transitions(List<HistoryItem> items) {
        return items.stream()
                .map(item -> item.time() + " " + item.alarmName() + " " + item.summary())
                .toList();
    }

    private static void assertMessages(List<String> delivered, Replay replay) throws JsonProcessingException {
        Map<String, String> bodies = new HashMap<>();
        Map<String, String> ids = new HashMap<>();
        for (String message : delivered) {
            JsonNode json = new ObjectMapper().readTree(message);
            String id = json.get("MessageId").asText();
            String before = bodies.putIfAbsent(id, message);
            assertThat(before == null || before.equals(message)).as(id).isTrue();
            String what = what(json);
            assertThat(ids.merge(what, id, (first, now) -> first)).as(what).isEqualTo(id);
        }
        List<String> told = new ArrayList<>();
        for (String message : replay.notifications) {
            told.add(what(new ObjectMapper().readTree(message)));
        }
        assertThat(ids.keySet()).containsExactlyInAnyOrderElementsOf(told);
        assertThat(told).hasSizeGreaterThan(KILLS);
    }

    private static String what(JsonNode message) {
        return message.get("StateChangeTime").asText() + " "
                + message.get("AlarmName").asText() + " "
                + message.get("OldStateValue").asText() + " -> "
                + message.get("NewStateValue").asText();
    }

    /** Keeps what a monitor that is never killed does. */
    private static final class Replay implements AlarmJournal {
        private final List<HistoryItem> items = new ArrayList<>();
        private final List<String> notifications = new ArrayList<>();

        @Override
        public List<Alarm> load() {
            return List.of();
        }

        @Override
        public void save(List<AlarmChange> changes) {
            for (AlarmChange change : changes) {
                items.addAll(change.items());
                change.notification().ifPresent(notifications::add);
            }
        }

        @Override
        public void deleted(List<HistoryItem> gone) {
            items.addAll(gone);
        }

        @Override
        public List<HistoryItem> history(HistoryQuery query) {
            return items;
        }
    }

    /** Kills it so many turns of an idle loop after so many messages; adds what was delivered. */
    private static void life(Path file, long end, int messages, int spins, List<String> delivered)
            throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-Xshare:auto",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Life.class.getName(),
                        file.toString(),
                        Long.toString(end))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        int heard = 0;
        try (BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                if (!line.endsWith("}")) {
                    break; // killed while it was said: not taken
                }
                delivered.add(line);
                if (++heard == messages) {
                    for (int i = 0; i < spins; i++) {
                        Thread.onSpinWait();
                    }
                    process.toHandle().destroyForcibly(); // leaves the pipe open, so that no delivery is missed
                }
            }
        } finally {
            process.destroyForcibly();
        }
        assertThat(process.waitFor()).isEqualTo(end == 0 ? 137 : 0);
    }
}
