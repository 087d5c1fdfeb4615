package io.failoverlab.alarm;

import io.failoverlab.metric.MetricId;
import io.failoverlab.metric.MetricReader;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the alarms: evaluates each when its time has come, saves every change, and tells the listeners. It has no thread of its
 * own; {@link #dataArrived} and {@link #tick} are called by others, and may be called at the same time.
 */
public final class AlarmEngine {
    private static final Logger LOG = LoggerFactory.getLogger(AlarmEngine.class);
    /** About 30 MB: what is kept for a journal that cannot be written. */
    private static final int MAX_UNSAVED = 10_000;

    private static final Duration SCALING_INTERVAL = Duration.ofMinutes(1);

    private final Timing timing;
    private final PeriodReader periods;
    private final Explanation explanation;
    private final AlarmJournal journal;
    private final InstantSource clock;
    private final Supplier<String> ids;
    private final List<AlarmListener> listeners;
    private final AlarmCounters counters;

    private final ReentrantLock lock = new ReentrantLock();
    private final AlarmIndex index;
    private final AlarmChecks checks;
    private EvaluationRound worst = EvaluationRound.NONE;
    /** In the order in which they happened; saved as soon as the journal can be written again. */
    private final List<AlarmChange> unsaved = new ArrayList<>();

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
        this.periods = new PeriodReader(timing, metrics);
        this.explanation = new Explanation(metrics);
        this.journal = journal;
        this.clock = clock;
        this.ids = ids;
        this.listeners = List.copyOf(listeners);
        this.counters = counters;
        this.index = new AlarmIndex(timing);
        this.checks = new AlarmChecks(index);
        for (Alarm alarm : journal.load()) {
            index.add(new WatchedAlarm(alarm), now());
            tell(listener -> listener.defined(alarm));
        }
    }

    /**
     * Creates the alarms, or redefines them and keeps their states.
     *
     * @param definitions all or none of them; they may name each other
     * @throws AlarmRefusedException if one names an alarm that does not exist
     */
    public void define(List<AlarmDefinition> definitions) {
        locked(() -> {
            checks.requireDefinable(definitions);
            AlarmBatch batch = new AlarmBatch(index, ids, now());
            List<AlarmChange> changes = definitions.stream()
                    .map(definition -> defined(definition, batch.now()))
                    .toList();
            saveUnsaved();
            journal.save(changes);
            Set<WatchedAlarm> composites = new LinkedHashSet<>();
            for (AlarmChange change : changes) {
                WatchedAlarm watched = watch(change.alarm());
                switch (change.alarm().definition().condition()) {
                    case MetricCondition condition -> {
                        if (timing.evaluatesOnArrival(condition.period())) {
                            evaluate(watched, batch);
                        }
                    }
                    case CompositeCondition condition -> composites.add(watched);
                }
            }
            batch.settle(composites);
            commit(batch);
        });
    }

    private AlarmChange defined(AlarmDefinition definition, Instant now) {
        WatchedAlarm known = index.named(definition.name());
        String kind = known == null ? "Create" : "Update";
        Alarm alarm = known == null
                ? new Alarm(definition, AlarmStatus.initial(now), Optional.empty())
                : redefined(known.alarm(), definition);
        return new AlarmChange(
                alarm, List.of(HistoryItems.configuration(ids.get(), kind, alarm, now)), Optional.empty());
    }

    /** Actions that wait are forgotten with the suppressor they wait for. */
    private static Alarm redefined(Alarm known, AlarmDefinition definition) {
        boolean sameSuppressor = suppressor(known.definition()).equals(suppressor(definition));
        return new Alarm(definition, known.status(), sameSuppressor ? known.suppression() : Optional.empty());
    }

    private static Optional<String> suppressor(AlarmDefinition definition) {
        return definition.condition() instanceof CompositeCondition composite
                ? composite.suppressor().map(Suppressor::alarmName)
                : Optional.empty();
    }

    private WatchedAlarm watch(Alarm alarm) {
        WatchedAlarm watched = new WatchedAlarm(alarm);
        WatchedAlarm known = index.named(alarm.name());
        if (known != null) {
            watched.scaledAt(known.scaled());
            index.remove(known);
        }
        index.add(watched, now());
        tell(listener -> listener.defined(alarm));
        return watched;
    }

    /**
     * Deletes all of them or none. Unknown names are ignored, as in CloudWatch.
     *
     * @throws AlarmRefusedException if other alarms depend on one of them
     */
    public void delete(Collection<String> names) {
        locked(() -> {
            List<WatchedAlarm> leaving = new LinkedHashSet<>(names)
                    .stream().map(index::named).filter(Objects::nonNull).toList();
            checks.requireDeletable(leaving);
            saveUnsaved();
            journal.deleted(leaving.stream()
                    .map(watched -> HistoryItems.configuration(ids.get(), "Delete", watched.alarm(), now()))
                    .toList());
            for (WatchedAlarm watched : leaving) {
                index.remove(watched);
                tell(listener -> listener.deleted(watched.name()));
            }
        });
    }

    /**
     * Puts an alarm into a state, until its next evaluation finds another. Fails as the journal does; the alarm is in the state then,
     * and is saved when the journal can be written again.
     *
     * @return false if there is no such alarm
     */
    public boolean setState(String name, AlarmState state, String reason, String reasonData) {
        lock.lock();
        try {
            WatchedAlarm watched = index.named(name);
            if (watched != null && watched.state() != state) {
                AlarmBatch batch = new AlarmBatch(index, ids, now());
                batch.enter(watched, new AlarmStatus(state, reason, reasonData, "Set by SetAlarmState.", now()));
                batch.settle(Set.of());
                commit(batch);
            }
            saveUnsaved(); // who asked for it is not told that it is done before it is saved
            return watched != null;
        } finally {
            lock.unlock();
        }
    }

    /** Sets whether these alarms tell anybody of their changes. Unknown names are ignored, as in CloudWatch. */
    public void enableActions(Collection<String> names, boolean enabled) {
        locked(() -> define(new LinkedHashSet<>(names)
                .stream()
                        .map(index::named)
                        .filter(Objects::nonNull)
                        .map(watched -> watched.alarm().definition())
                        .filter(definition -> definition.actions().enabled() != enabled)
                        .map(definition -> definition.withActionsEnabled(enabled, now()))
                        .toList()));
    }

    /** By name. */
    public List<Alarm> alarms() {
        lock.lock();
        try {
            return index.all().stream().map(WatchedAlarm::alarm).toList();
        } finally {
            lock.unlock();
        }
    }

    public Optional<Alarm> alarm(String name) {
        lock.lock();
        try {
            return Optional.ofNullable(index.named(name)).map(WatchedAlarm::alarm);
        } finally {
            lock.unlock();
        }
    }

    /** Newest first. */
    public List<HistoryItem> history(HistoryQuery query) {
        return journal.history(query);
    }

    /** Evaluates the alarms on these metrics that do not wait for the end of their period. */
    public void dataArrived(Collection<MetricId> changed) {
        locked(() -> {
            Set<WatchedAlarm> watching = new LinkedHashSet<>();
            changed.forEach(metric -> watching.addAll(index.onArrival(metric)));
            if (!watching.isEmpty()) {
                AlarmBatch batch = new AlarmBatch(index, ids, now());
                watching.forEach(watched -> evaluate(watched, batch));
                batch.settle(Set.of());
                commit(batch);
            }
        });
    }

    /** Evaluates the alarms whose time has come; to be called shortly after every full second. */
    public void tick() {
        locked(() -> {
            Instant now = now();
            AlarmBatch batch = new AlarmBatch(index, ids, now);
            Instant oldest = now;
            Instant began = clock.instant();
            int evaluated = 0;
            for (AlarmIndex.Round round : index.rounds()) {
                Instant due = round.due();
                if (round.begins(now) && !round.alarms().isEmpty()) {
                    round.alarms().forEach(watched -> evaluate(watched, batch));
                    evaluated += round.alarms().size();
                    oldest = due.isBefore(oldest) ? due : oldest;
                }
            }
            batch.settle(Set.of());
            batch.timePasses();
            commit(batch);
            scaleAgain(now);
            Instant ended = clock.instant();
            worst = worst.worseOf(
                    new EvaluationRound(Duration.between(oldest, ended), Duration.between(began, ended), evaluated));
        });
    }

    /** The worst of lag and duration among the calls of {@link #tick} since the last call of this. */
    public EvaluationRound takeWorstRound() {
        lock.lock();
        try {
            EvaluationRound taken = worst;
            worst = EvaluationRound.NONE;
            return taken;
        } finally {
            lock.unlock();
        }
    }

    /** What cannot be read costs one alarm its evaluation, never the others. */
    private void evaluate(WatchedAlarm watched, AlarmBatch batch) {
        counters.evaluations.inc();
        MetricCondition condition =
                (MetricCondition) watched.alarm().definition().condition();
        try {
            Instant now = batch.now();
            Evaluation evaluation = AlarmEvaluator.evaluate(condition, periods.read(condition, now), watched.state());
            if (evaluation.state() != watched.state()) {
                batch.enter(
                        watched,
                        new AlarmStatus(
                                evaluation.state(),
                                StateReason.of(condition, evaluation),
                                AlarmDocuments.reasonData(condition, evaluation, now)
                                        .toString(),
                                explanation.of(condition, evaluation, now),
                                now));
            }
        } catch (RuntimeException e) {
            counters.evaluationFailures.inc();
            LOG.error("Alarm {} was not evaluated", watched.name(), e);
        }
    }

    private void commit(AlarmBatch batch) {
        batch.decideActions();
        if (batch.isEmpty() && unsaved.isEmpty()) {
            return;
        }
        List<AlarmChange> changes = batch.changes();
        boolean late = !unsaved.isEmpty();
        unsaved.addAll(changes);
        try {
            saveUnsaved();
            if (late) {
                tell(listener -> listener.changed(List.of())); // so that what waited is delivered
            }
        } catch (RuntimeException e) { // a full disk must not stop the alarms
            counters.saveFailures.inc(changes.size());
            LOG.error(
                    "{} changes of alarms wait to be saved, their messages go out then: {}",
                    unsaved.size(),
                    e.toString());
            if (unsaved.size() > MAX_UNSAVED) {
                unsaved.subList(0, unsaved.size() - MAX_UNSAVED).clear();
            }
        }
        List<AlarmTransition> transitions = batch.transitions();
        if (!transitions.isEmpty()) {
            tell(listener -> listener.changed(transitions));
        }
        for (WatchedAlarm watched : batch.acting()) {
            watched.scaledAt(now());
            List<AlarmAction> actions = AlarmBatch.actions(watched.alarm());
            tell(listener -> listener.act(watched.alarm(), actions));
        }
    }

    /** Fails as the journal does. */
    private void saveUnsaved() {
        if (!unsaved.isEmpty()) {
            journal.save(List.copyOf(unsaved));
            unsaved.clear();
        }
    }

    /** Saves every alarm as it is, for a journal that has lost some. */
    public void saveAgain() {
        locked(() -> {
            saveUnsaved();
            journal.save(alarms().stream()
                    .map(alarm -> new AlarmChange(alarm, List.of(), Optional.empty()))
                    .toList());
        });
    }

    private void tell(Consumer<AlarmListener> telling) {
        listeners.forEach(telling);
    }

    /** Auto Scaling alone is told every minute that the state lasts. What a killed monitor may have failed to tell is told at once. */
    private void scaleAgain(Instant now) {
        for (WatchedAlarm watched : index.scaling()) {
            Instant next = watched.scaled().equals(Instant.MIN)
                    ? now
                    : watched.scaled().plus(SCALING_INTERVAL);
            boolean setBack = watched.scaled().isAfter(now);
            Alarm alarm = watched.alarm();
            if ((setBack || !next.isAfter(now)) && alarm.definition().actions().enabled()) {
                List<AlarmAction> policies = AlarmBatch.actions(alarm).stream()
                        .filter(action -> action.kind() == AlarmAction.Kind.SCALING_POLICY)
                        .toList();
                watched.scaledAt(now);
                if (!policies.isEmpty()) {
                    tell(listener -> listener.act(alarm, policies));
                }
            }
        }
    }

    private void locked(Runnable work) {
        lock.lock();
        try {
            work.run();
        } finally {
            lock.unlock();
        }
    }

    /** To the millisecond, as times are saved and written. */
    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
