package io.failoverlab.experiment;

import io.failoverlab.clock.LabScheduler;
import io.failoverlab.engine.Engine;
import io.failoverlab.environment.Progress;
import io.failoverlab.session.LabSession;
import io.failoverlab.telemetry.Measurement;
import io.failoverlab.telemetry.StackEvent;
import io.failoverlab.telemetry.Telemetry;
import io.failoverlab.watch.AlarmChange;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A lab that stays up for several experiments, one after the other; each has a history of its own. */
public final class LiveLab implements AutoCloseable {
    private static final int HEALTHY_SECONDS = 60;

    private final LabScheduler scheduler;
    private final Narrator narrator;
    private final LabSession session;
    private volatile Optional<HistoryRecorder> recorder = Optional.empty();

    private LiveLab(
            LabSession.Options options, Engine engine, LabScheduler scheduler, Progress progress, Narrator narrator) {
        this.scheduler = scheduler;
        this.narrator = narrator;
        this.session = LabSession.up(
                options,
                engine,
                scheduler,
                new LabSession.Listeners(progress, new ToRecorder(), this::alarmChanged, narrator::trouble));
    }

    /**
     * Brings the stack up. Whatever fails, nothing is left.
     *
     * @throws io.failoverlab.session.LabIsUp if another lab of this engine is up
     * @throws io.failoverlab.environment.EnvironmentFailed if a part of the stack does not come up
     */
    public static LiveLab up(
            LabSession.Options options, Engine engine, LabScheduler scheduler, Progress progress, Narrator narrator) {
        return new LiveLab(options, engine, scheduler, progress, narrator);
    }

    public LabSession session() {
        return session;
    }

    /**
     * Begins the load of an experiment once every target is in service. Its planned faults are not injected: whoever has the run
     * does that.
     *
     * @throws IllegalStateException naming those that are not in service within {@value #HEALTHY_SECONDS} s
     * @throws IOException if the run's folder cannot be written, or is that of another run
     */
    public LiveRun begin(Experiment experiment, ExperimentRunner.Options options)
            throws IOException, InterruptedException {
        // What an experiment before this one broke may be about to come back.
        if (!session.environment().awaitInService(Duration.ofSeconds(HEALTHY_SECONDS), waiting -> {})) {
            throw new IllegalStateException("expected every target in service before the load within " + HEALTHY_SECONDS
                    + " s, found " + String.join(", ", session.environment().outOfService()) + " out of service");
        }
        HistoryRecorder next = new HistoryRecorder(narrator::happened);
        Instant now = scheduler.instant();
        PresentState.of(session.environment(), now).forEach(next::found);
        recorder = Optional.of(next);
        return LiveRun.begin(session, experiment, options, scheduler, narrator, next, LiveRun.OrdersOf.SEVERAL_RUNS);
    }

    private void alarmChanged(AlarmChange change) {
        recorder.ifPresent(it -> it.alarmChanged(change));
        narrator.alarmChanged(change);
    }

    @Override
    public void close() {
        session.close();
    }

    /** To whichever run is under way; what happens between two of them belongs to neither. */
    private final class ToRecorder implements Telemetry {
        @Override
        public void measured(List<Measurement> measurements) {
            recorder.ifPresent(it -> it.measured(measurements));
        }

        @Override
        public void happened(StackEvent event) {
            recorder.ifPresentOrElse(it -> it.happened(event), () -> narrator.happened(event));
        }
    }
}
