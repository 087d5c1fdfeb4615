package io.failoverlab.live;

import io.failoverlab.alarm.Alarm;
import io.failoverlab.alarm.AlarmAction;
import io.failoverlab.alarm.AlarmDefinition;
import io.failoverlab.alarm.AlarmListener;
import io.failoverlab.alarm.AlarmStatus;
import io.failoverlab.alarm.AlarmTransition;
import io.failoverlab.alarm.MetricCondition;
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
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The feed: keeps what a late watcher needs and passes on what happens, one virtual thread for each watcher. */
public final class LiveHub implements LiveFeed, AlarmListener {
    private static final Logger LOG = LoggerFactory.getLogger(LiveHub.class);
    private static final Duration TICKS_KEPT = Duration.ofMinutes(5);
    private static final int EVENTS_KEPT = 1_000;
    private static final int MAX_BEHIND = 500;
    private static final Statistic P50 = new Statistic.Percentile(BigDecimal.valueOf(50));
    private static final Statistic P95 = new Statistic.Percentile(BigDecimal.valueOf(95));
    private static final Statistic P99 = new Statistic.Percentile(BigDecimal.valueOf(99));

    private final ReentrantLock lock = new ReentrantLock();
    private final NavigableMap<Instant, Tick> ticks = new TreeMap<>();
    private final Deque<EventMessage> events = new ArrayDeque<>();
    private final Map<String, AlarmMessage> alarms = new TreeMap<>();
    private final Set<Watcher> watchers = ConcurrentHashMap.newKeySet();

    /** One second of all series; those that are no AWS or lab metrics are left out. */
    public void second(Instant second, Map<MetricStream, Aggregate> values) {
        List<Series> series = values.entrySet().stream()
                .filter(entry -> shows(entry.getKey().metric().namespace()))
                .map(entry -> series(entry.getKey(), entry.getValue()))
                .sorted(Comparator.comparing(Series::namespace).thenComparing(Series::metricName))
                .toList();
        Tick tick = new Tick(second, series);
        lock.lock();
        try {
            ticks.put(second, tick);
            ticks.headMap(ticks.lastKey().minus(TICKS_KEPT), true).clear();
            tell(tick);
        } finally {
            lock.unlock();
        }
    }

    /** Whether its metrics are passed on; whoever gathers a second may leave out the others. */
    public static boolean shows(String namespace) {
        return namespace.startsWith("AWS/") || namespace.startsWith("FailoverLab/");
    }

    /** A datapoint of a second, as it is passed on. */
    public static Series series(MetricStream stream, Aggregate value) {
        return new Series(
                stream.metric().namespace(),
                stream.metric().name(),
                stream.metric().dimensions(),
                stream.unit().wireName(),
                value.sampleCount(),
                value.sum(),
                value.minimum(),
                value.maximum(),
                P50.of(value),
                P95.of(value),
                P99.of(value));
    }

    public void events(List<LabEvent> happened) {
        lock.lock();
        try {
            for (LabEvent event : happened) {
                EventMessage message = new EventMessage(event);
                events.addLast(message);
                if (events.size() > EVENTS_KEPT) {
                    events.removeFirst();
                }
                tell(message);
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void defined(Alarm alarm) {
        state(alarm.definition(), alarm.status());
    }

    @Override
    public void changed(List<AlarmTransition> transitions) {
        transitions.forEach(transition -> state(transition.definition(), transition.to()));
    }

    @Override
    public void act(Alarm alarm, List<AlarmAction> actions) {
        // what follows from an alarm comes as an event
    }

    private void state(AlarmDefinition definition, AlarmStatus status) {
        Optional<MetricId> metric = metric(definition);
        AlarmMessage message = new AlarmMessage(
                definition.name(),
                status.state(),
                status.reason(),
                status.explanation(),
                status.since(),
                metric.map(MetricId::namespace).orElse(""),
                metric.map(MetricId::name).orElse(""),
                metric.<Map<String, String>>map(MetricId::dimensions).orElse(Map.of()),
                definition.condition().inWords());
        lock.lock();
        try {
            alarms.put(definition.name(), message);
            tell(message);
        } finally {
            lock.unlock();
        }
    }

    /** The one that the alarm watches, if it watches one. */
    private static Optional<MetricId> metric(AlarmDefinition definition) {
        return definition.condition() instanceof MetricCondition condition
                        && condition.source().metrics().size() == 1
                ? condition.source().metrics().stream().findFirst()
                : Optional.empty();
    }

    @Override
    public void deleted(String alarmName) {
        lock.lock();
        try {
            alarms.remove(alarmName);
            tell(new AlarmRemoved(alarmName));
        } finally {
            lock.unlock();
        }
    }

    private void tell(LiveMessage message) {
        watchers.forEach(watcher -> watcher.offer(message));
    }

    @Override
    public Subscription subscribe(Consumer<LiveMessage> consumer) {
        Watcher watcher = new Watcher(consumer);
        watchers.add(watcher);
        watcher.start();
        return watcher::close;
    }

    @Override
    public List<LiveMessage> snapshot() {
        lock.lock();
        try {
            List<LiveMessage> all = new ArrayList<>(ticks.values());
            all.addAll(events);
            all.addAll(alarms.values());
            return all;
        } finally {
            lock.unlock();
        }
    }

    private final class Watcher {
        private final Consumer<LiveMessage> consumer;
        private final BlockingQueue<LiveMessage> queue = new LinkedBlockingQueue<>(MAX_BEHIND);
        private final Thread thread = Thread.ofVirtual().name("live-watcher").unstarted(this::run);

        private Watcher(Consumer<LiveMessage> consumer) {
            this.consumer = consumer;
        }

        private void start() {
            thread.start();
        }

        private void offer(LiveMessage message) {
            if (!queue.offer(message)) {
                LOG.warn("A watcher of the live feed is {} messages behind and was dropped", MAX_BEHIND);
                close();
            }
        }

        private void run() {
            try {
                while (watchers.contains(this)) {
                    consumer.accept(queue.take());
                }
            } catch (InterruptedException e) {
                // closed
            } catch (RuntimeException e) {
                LOG.warn("A watcher of the live feed failed and was dropped", e);
            } finally {
                watchers.remove(this);
            }
        }

        private void close() {
            watchers.remove(this);
            thread.interrupt();
        }
    }
}
