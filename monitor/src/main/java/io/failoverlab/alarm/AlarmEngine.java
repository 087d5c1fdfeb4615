package io.failoverlab.alarm;

import io.failoverlab.metric.Aggregate;
import io.failoverlab.metric.MetricId;
import io.failoverlab.metric.MetricQuery;
import io.failoverlab.metric.MetricReader;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the alarms: evaluates each when its time has come, saves every change, and tells the listeners. It has no thread of its
 * own; {@link #dataArrived} and {@link #tick} are called by others, and may be called at the same time.
 */
public final class AlarmEngine {
    private static final Logger LOG = LoggerFactory.getLogger(AlarmEngine.class);

    private final Timing timing;
    private final MetricReader metrics;
    private final AlarmJournal journal;
    private final InstantSource clock;
    private final Supplier<String> ids;
    private final List<AlarmListener> listeners;
    private final AlarmCounters counters;

    private final ReentrantLock lock = new ReentrantLock();
    private final NavigableMap<String, Watched> alarms = new TreeMap<>();
    private final Map<MetricId, List<Watched>> onArrival = new HashMap<>();

    /** An alarm and when it is due again. */
    private static final class Watched {
        private Alarm alarm;
        private Instant due;

        private Watched(Alarm alarm, Instant due) {
            this.alarm = alarm;
            this.due = due;
        }
    }

    /**
     * Continues with the alarms and states of the journal.
     *
     * @param ids makes the ids of history items; never the same twice
     */
    public AlarmEngine(
            Timing timing,
            MetricReader metrics,
            AlarmJournal journal,
            InstantSource clock,
            Supplier<String> ids,
            List<AlarmListener> listeners,
            AlarmCounters counters) {
        this.timing = timing;
        this.metrics = metrics;
        this.journal = journal;
        this.clock = clock;
        this.ids = ids;
        this.listeners = List.copyOf(listeners);
        this.counters = counters;
        for (Alarm alarm : journal.load()) {
            watch(alarm);
            this.listeners.forEach(listener -> listener.defined(alarm));
        }
    }

    /** Creates the alarm, or redefines it and keeps its state. */
    public void define(AlarmDefinition definition) {
        lock.lock();
        try {
            Watched known = alarms.get(definition.name());
            Instant now = now();
            Alarm alarm = new Alarm(definition, known == null ? AlarmStatus.initial(now) : known.alarm.status());
            String kind = known == null ? "Create" : "Update";
            journal.defined(alarm, configurationItem(kind, definition, now));
            if (known != null) {
                forget(known);
            }
            Watched watched = watch(alarm);
            listeners.forEach(listener -> listener.defined(alarm));
            if (evaluatesOnArrival(watched)) {
                evaluate(watched, now);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Unknown names are ignored, as in CloudWatch. */
    public void delete(Collection<String> names) {
        lock.lock();
        try {
            for (String name : names) {
                Watched known = alarms.get(name);
                if (known != null) {
                    journal.deleted(configurationItem("Delete", known.alarm.definition(), now()));
                    forget(known);
                    listeners.forEach(listener -> listener.deleted(name));
                }
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * Puts an alarm into a state, until its next evaluation finds another.
     *
     * @return false if there is no such alarm
     */
    public boolean setState(String name, AlarmState state, String reason, String reasonData) {
        lock.lock();
        try {
            Watched known = alarms.get(name);
            if (known != null && known.alarm.status().state() != state) {
                change(known, new AlarmStatus(state, reason, reasonData, now()));
            }
            return known != null;
        } finally {
            lock.unlock();
        }
    }

    /** By name. */
    public List<Alarm> alarms() {
        lock.lock();
        try {
            return alarms.values().stream().map(watched -> watched.alarm).toList();
        } finally {
            lock.unlock();
        }
    }

    /** Newest first; those at or after {@code from} and before {@code to}. */
    public List<HistoryItem> history(
            Optional<String> alarmName, Optional<HistoryItem.Type> type, Instant from, Instant to) {
        return journal.history(alarmName, type, from, to);
    }

    /** Evaluates the alarms on these metrics that do not wait for the end of their period. */
    public void dataArrived(Collection<MetricId> changed) {
        lock.lock();
        try {
            Instant now = now();
            for (MetricId metric : changed) {
                for (Watched watched : List.copyOf(onArrival.getOrDefault(metric, List.of()))) {
                    evaluate(watched, now);
                }
            }
        } finally {
            lock.unlock();
        }
    }

    /** Evaluates the alarms whose time has come; to be called shortly after every full second. */
    public void tick() {
        lock.lock();
        try {
            Instant now = now();
            for (Watched watched : List.copyOf(alarms.values())) {
                Instant next = nextDue(watched, now);
                if (!watched.due.isAfter(now)) {
                    evaluate(watched, now);
                    watched.due = next;
                } else if (watched.due.isAfter(next)) {
                    watched.due = next; // the clock was set back
                }
            }
        } finally {
            lock.unlock();
        }
    }

    private Watched watch(Alarm alarm) {
        Watched watched = new Watched(alarm, Instant.MAX);
        watched.due = nextDue(watched, now());
        alarms.put(alarm.name(), watched);
        if (evaluatesOnArrival(watched)) {
            onArrival
                    .computeIfAbsent(condition(watched).metric(), metric -> new ArrayList<>())
                    .add(watched);
        }
        return watched;
    }

    private void forget(Watched watched) {
        alarms.remove(watched.alarm.name());
        onArrival.getOrDefault(condition(watched).metric(), new ArrayList<>()).remove(watched);
    }

    private void evaluate(Watched watched, Instant now) {
        counters.evaluations.inc();
        MetricCondition condition = condition(watched);
        AlarmState current = watched.alarm.status().state();
        Evaluation evaluation = AlarmEvaluator.evaluate(condition, windows(condition, now), current, now);
        if (evaluation.state() != current) {
            change(
                    watched,
                    new AlarmStatus(
                            evaluation.state(),
                            StateReason.of(condition, evaluation),
                            AlarmDocuments.reasonData(condition, evaluation, now)
                                    .toString(),
                            now));
        }
    }

    /** The periods up to the last multiple of the step, and for the extension also the one that is not over yet. */
    private List<Window> windows(MetricCondition condition, Instant now) {
        int period = condition.period();
        int step = timing.step(period);
        int unfinished = timing.evaluatesOnArrival(period) ? 1 : 0;
        int finished = condition.evaluationRange();
        long end = Math.floorDiv(now.getEpochSecond(), step) * step;
        Instant start = Instant.ofEpochSecond(end - (long) finished * period);
        int count = finished + unfinished;
        SortedMap<Instant, Aggregate> data = metrics.read(new MetricQuery(
                condition.metric(),
                condition.unit(),
                start,
                period,
                count,
                condition.statistic().needsDistribution()));
        List<Window> windows = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            Instant at = start.plusSeconds((long) i * period);
            windows.add(new Window(at, Optional.ofNullable(data.get(at))));
        }
        return windows;
    }

    private void change(Watched watched, AlarmStatus to) {
        AlarmDefinition definition = watched.alarm.definition();
        AlarmStatus from = watched.alarm.status();
        AlarmTransition transition = new AlarmTransition(ids.get(), definition, from, to);
        watched.alarm = new Alarm(definition, to);
        save(watched.alarm, transition);
        for (AlarmListener listener : listeners) {
            listener.changed(transition);
        }
    }

    /** A full disk must not stop the alarms: an unsaved change is told all the same, once. */
    private void save(Alarm alarm, AlarmTransition transition) {
        HistoryItem item = new HistoryItem(
                transition.id(),
                alarm.name(),
                HistoryItem.Type.STATE_UPDATE,
                transition.to().since(),
                "Alarm updated from " + transition.from().state() + " to "
                        + transition.to().state(),
                AlarmDocuments.stateUpdate(transition.from(), transition.to()).toString());
        Optional<String> notification = alarm.definition().actions().enabled()
                ? Optional.of(AlarmDocuments.notification(transition).toString())
                : Optional.empty();
        try {
            journal.changed(alarm, item, notification);
        } catch (RuntimeException e) {
            counters.saveFailures.inc();
            LOG.error(
                    "The change of alarm {} to {} was not saved",
                    alarm.name(),
                    alarm.status().state(),
                    e);
        }
    }

    private HistoryItem configurationItem(String kind, AlarmDefinition definition, Instant now) {
        return new HistoryItem(
                ids.get(),
                definition.name(),
                HistoryItem.Type.CONFIGURATION_UPDATE,
                now,
                "Alarm \"" + definition.name() + "\" " + kind.toLowerCase(Locale.ROOT) + "d",
                AlarmDocuments.configurationUpdate(kind, definition).toString());
    }

    private Instant nextDue(Watched watched, Instant now) {
        int step = timing.step(condition(watched).period());
        return Instant.ofEpochSecond((Math.floorDiv(now.getEpochSecond(), step) + 1) * step);
    }

    private boolean evaluatesOnArrival(Watched watched) {
        return timing.evaluatesOnArrival(condition(watched).period());
    }

    /** To the millisecond, as times are saved and written. */
    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    private static MetricCondition condition(Watched watched) {
        return watched.alarm.definition().condition();
    }
}
