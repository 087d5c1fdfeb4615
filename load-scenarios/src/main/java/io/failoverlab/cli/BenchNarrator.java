package io.failoverlab.cli;

import io.failoverlab.environment.Progress;
import io.failoverlab.experiment.Narrator;
import io.failoverlab.simulation.LoadSecond;
import io.failoverlab.telemetry.StackEvent;
import io.failoverlab.watch.AlarmChange;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** Says nothing during a run of a benchmark, and notes when the stack was in service. */
final class BenchNarrator implements Progress, Narrator {
    private final InstantSource clock;
    private volatile Instant inServiceAt;

    BenchNarrator(InstantSource clock) {
        this.clock = clock;
        this.inServiceAt = clock.instant();
    }

    Instant inServiceAt() {
        return inServiceAt;
    }

    @Override
    public void started(String step) {}

    @Override
    public void waiting(String step, String what) {}

    /** The last step to end is that every target is in service. */
    @Override
    public void finished(String step, Duration took) {
        inServiceAt = clock.instant();
    }

    @Override
    public void step(String what) {}

    @Override
    public void happened(StackEvent event) {}

    @Override
    public void alarmChanged(AlarmChange change) {}

    @Override
    public void experimentChanged(Instant at, String what) {}

    @Override
    public void loadStarted(Instant at) {}

    @Override
    public void second(LoadSecond second) {}

    /** What goes wrong is in the history, and its assumptions find it. */
    @Override
    public void trouble(String message) {}
}
