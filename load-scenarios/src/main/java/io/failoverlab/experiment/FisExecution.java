package io.failoverlab.experiment;

import io.failoverlab.clock.LabScheduler;
import io.failoverlab.fis.Conductor;
import io.failoverlab.fis.Plan;
import io.failoverlab.fis.PlanText;
import io.failoverlab.fis.Progress;
import io.failoverlab.history.AlarmState;
import io.failoverlab.history.ExperimentStatus;
import io.failoverlab.session.LabSession;
import io.failoverlab.telemetry.StackEvent;
import io.failoverlab.watch.AlarmChange;
import java.time.Duration;
import java.time.Instant;

/** The FIS experiment of a run: starts at its time, hears of the alarms, and ends with the load at the latest. */
final class FisExecution implements AutoCloseable {
    private final HistoryRecorder recorder;
    private final Narrator narrator;
    private final Conductor conductor;
    private final AutoCloseable start;

    private FisExecution(
            Plan plan,
            Instant at,
            LabSession lab,
            LabScheduler scheduler,
            HistoryRecorder recorder,
            Narrator narrator) {
        this.recorder = recorder;
        this.narrator = narrator;
        FisEffects effects = new FisEffects(lab, scheduler, event -> tell(lab, event));
        this.conductor = new Conductor(plan, effects, scheduler, this::changed);
        PlanText.of(plan).forEach(line -> recorder.note(scheduler.instant(), "FIS plan: " + line.strip()));
        // Of one that never begins the history has to know that it was planned.
        recorder.changed(scheduler.instant(), new Progress.Change.OfExperiment(ExperimentStatus.PENDING, ""));
        this.start = scheduler.after(Duration.between(scheduler.instant(), at), conductor::start);
    }

    /** @param at when the experiment starts */
    static FisExecution schedule(
            Plan plan,
            Instant at,
            LabSession lab,
            LabScheduler scheduler,
            HistoryRecorder recorder,
            Narrator narrator) {
        return new FisExecution(plan, at, lab, scheduler, recorder, narrator);
    }

    private void tell(LabSession lab, StackEvent event) {
        recorder.happened(event);
        lab.telemetry().happened(event);
    }

    private void changed(Instant at, Progress.Change change) {
        recorder.changed(at, change);
        narrator.experimentChanged(at, text(change));
    }

    private static String text(Progress.Change change) {
        return switch (change) {
            case Progress.Change.OfExperiment(var status, var reason) ->
                "FIS experiment " + status + (reason.isEmpty() ? "" : ": " + reason);
            case Progress.Change.OfAction(var action, var status, var reason) ->
                "FIS action " + action.name() + " " + status + (reason.isEmpty() ? "" : ": " + reason);
        };
    }

    void alarmChanged(AlarmChange change) {
        conductor.alarmChanged(change.alarm(), AlarmState.valueOf(change.to()));
    }

    @Override
    public void close() {
        try {
            start.close();
        } catch (Exception impossible) {
            throw new IllegalStateException("a timer could not be cancelled", impossible);
        }
        conductor.close();
    }
}
