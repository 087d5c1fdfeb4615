package io.failoverlab.fis;

import io.failoverlab.clock.LabScheduler;
import io.failoverlab.fis.Plan.PlannedAction;
import io.failoverlab.fis.Progress.Change;
import io.failoverlab.fis.Progress.Step;
import io.failoverlab.history.AlarmState;
import io.failoverlab.history.ExperimentStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * Conducts an experiment: {@link Progress} decides, {@link Effects} act, and this brings them together. An action that waits for
 * its time waits on a timer; whatever comes after the end changes nothing.
 */
public final class Conductor implements AutoCloseable {
    private static final Duration END_LIMIT = Duration.ofSeconds(30);

    private final Plan plan;
    private final Effects effects;
    private final LabScheduler scheduler;
    private final BiConsumer<Instant, Change> listener;
    private Progress progress;

    /** @param listener told of every change in its order */
    public Conductor(Plan plan, Effects effects, LabScheduler scheduler, BiConsumer<Instant, Change> listener) {
        this.plan = plan;
        this.effects = effects;
        this.scheduler = scheduler;
        this.listener = listener;
        this.progress = Progress.of(plan);
    }

    /** Starts it, unless a stop condition holds already, or could never hold since there is no such alarm. */
    public void start() {
        take(Progress::initiate);
        try {
            held().ifPresentOrElse(this::stop, () -> take(Progress::begin));
        } catch (RuntimeException failure) {
            stop("the alarms could not be read: " + failure.getMessage());
        }
    }

    private Optional<String> held() {
        if (plan.stopAlarms().isEmpty()) {
            return Optional.empty();
        }
        Map<String, AlarmState> states = effects.alarms();
        return plan.stopAlarms().stream()
                .filter(alarm -> !states.containsKey(alarm) || states.get(alarm) == AlarmState.ALARM)
                .findFirst()
                .map(alarm -> "the stop condition " + alarm
                        + (states.containsKey(alarm) ? " was in ALARM already" : " does not exist"));
    }

    /** An alarm changed its state. */
    public void alarmChanged(String alarm, AlarmState to) {
        if (to == AlarmState.ALARM && plan.stopAlarms().contains(alarm)) {
            stop("the stop condition " + alarm + " went to ALARM");
        }
    }

    private void stop(String why) {
        take(now -> now.stop(why));
    }

    private interface Happening {
        Step on(Progress now);
    }

    private void take(Happening happening) {
        Step step;
        synchronized (this) {
            step = happening.on(progress);
            progress = step.next();
            step.changes().forEach(change -> listener.accept(scheduler.instant(), change));
        }
        step.begin().forEach(action -> scheduler.launch(() -> begin(action)));
        if (step.undo()) {
            scheduler.launch(this::undo);
        }
    }

    private void begin(PlannedAction action) {
        try {
            String seen = effects.begin(action);
            take(now -> now.began(action.name(), seen));
            scheduler.after(action.work().hold(), () -> end(action));
        } catch (RuntimeException failure) {
            fail(action, failure);
        }
    }

    private void end(PlannedAction action) {
        if (isOver()) {
            return;
        }
        try {
            String seen = effects.end(action);
            take(now -> now.ended(action.name(), seen));
        } catch (RuntimeException failure) {
            fail(action, failure);
        }
    }

    private void fail(PlannedAction action, RuntimeException failure) {
        take(now -> now.failed(action.name(), why(failure)));
    }

    private static String why(RuntimeException failure) {
        return failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
    }

    private void undo() {
        Happening happening;
        try {
            String how = effects.undoAll();
            happening = now -> now.undone(how);
        } catch (RuntimeException failure) {
            happening = now -> now.notUndone("not all was undone: " + why(failure));
        }
        take(happening);
    }

    private synchronized boolean isOver() {
        return progress.status().isFinal() || !progress.reason().isEmpty();
    }

    /** What has become of the experiment so far. */
    public synchronized Progress progress() {
        return progress;
    }

    /** The load is over: an experiment that still goes on is stopped, and this returns when it is. */
    @Override
    public void close() {
        if (progress().status() == ExperimentStatus.PENDING) {
            return;
        }
        stop("the load ended before the experiment");
        scheduler.await(END_LIMIT, () -> progress().status().isFinal() ? Optional.of(true) : Optional.empty());
    }
}
