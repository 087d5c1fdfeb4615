package io.failoverlab.experiment;

import io.failoverlab.environment.Progress;
import io.failoverlab.simulation.LoadSecond;
import io.failoverlab.telemetry.StackEvent;
import io.failoverlab.watch.AlarmChange;
import java.time.Duration;
import java.time.Instant;

/** Nobody watches: says nothing. What went wrong is in the history as well, where the assumptions find it. */
public class SilentNarrator implements Progress, Narrator {
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
    public void trouble(String message) {}
}
