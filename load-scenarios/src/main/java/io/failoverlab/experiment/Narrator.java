package io.failoverlab.experiment;

import io.failoverlab.simulation.LoadSecond;
import io.failoverlab.telemetry.StackEvent;
import io.failoverlab.watch.AlarmChange;
import java.time.Instant;

/** Tells people who watch a run what happens while it does. Called from several threads. */
public interface Narrator {
    /** A step of the run begins. */
    void step(String what);

    void happened(StackEvent event);

    void alarmChanged(AlarmChange change);

    /** An FIS experiment or one of its actions entered a state. */
    void experimentChanged(Instant at, String what);

    void loadStarted(Instant at);

    void second(LoadSecond second);

    /** Something went wrong in the lab itself. */
    void trouble(String message);
}
