package io.failoverlab.junit;

import io.failoverlab.environment.Progress;
import io.failoverlab.experiment.Narrator;
import io.failoverlab.simulation.LoadSecond;
import io.failoverlab.telemetry.StackEvent;
import io.failoverlab.watch.AlarmChange;
import java.time.Duration;
import java.time.Instant;

/** Nobody watches a test: only what goes wrong in the lab itself is told, on standard error. */
final class QuietNarrator implements Progress, Narrator {
    @Override
    public void started(String step) {}

    @Override
    public void waiting(String step, String what) {}

    @Override
    public void finished(String step, Duration took) {}

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

    @Override
    public void trouble(String message) {
        System.err.println("lab: " + message);
    }
}
