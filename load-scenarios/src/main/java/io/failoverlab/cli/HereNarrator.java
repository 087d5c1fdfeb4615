package io.failoverlab.cli;

import io.failoverlab.experiment.Narrator;
import io.failoverlab.simulation.LoadSecond;
import io.failoverlab.telemetry.StackEvent;
import io.failoverlab.watch.AlarmChange;
import io.failoverlab.watch.MonitorClient;
import io.failoverlab.watch.MonitorFailed;
import java.time.Instant;
import java.time.InstantSource;

/** Tells of a run on a lab that is up: its steps, on the terminal and on the page. What happens to the stack is told there anyway. */
final class HereNarrator implements Narrator {
    private final String experiment;
    private final MonitorClient monitor;
    private final Terminal terminal;
    private final InstantSource clock;

    HereNarrator(String experiment, MonitorClient monitor, Terminal terminal, InstantSource clock) {
        this.experiment = experiment;
        this.monitor = monitor;
        this.terminal = terminal;
        this.clock = clock;
    }

    void begins() {
        note(clock.instant(), "Experiment Started", experiment);
    }

    void ends(String verdict) {
        terminal.say(experiment + ": " + verdict);
        note(clock.instant(), "Experiment Ended", experiment + ": " + verdict);
    }

    @Override
    public void step(String what) {
        terminal.say(what);
        note(clock.instant(), "Experiment Step", what);
    }

    @Override
    public void experimentChanged(Instant at, String what) {
        note(at, "Experiment Step", what);
    }

    private void note(Instant at, String detailType, String message) {
        try {
            monitor.note(at, detailType, experiment, message);
        } catch (MonitorFailed silent) {
            trouble(silent.getMessage());
        }
    }

    @Override
    public void trouble(String message) {
        terminal.say(terminal.yellow("  !  ") + message);
    }

    @Override
    public void happened(StackEvent event) {}

    @Override
    public void alarmChanged(AlarmChange change) {}

    @Override
    public void loadStarted(Instant at) {}

    @Override
    public void second(LoadSecond second) {}
}
