package io.failoverlab.cli;

import io.failoverlab.experiment.Narrator;
import io.failoverlab.simulation.LoadSecond;
import io.failoverlab.telemetry.StackEvent;
import io.failoverlab.watch.AlarmChange;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** Tells a run as it happens, one line for each thing, and a moving line with the load where lines can move. */
final class RunNarrator implements Narrator {
    private final Terminal terminal;
    private final InstantSource clock;
    private volatile Instant loadStart;

    RunNarrator(Terminal terminal, InstantSource clock) {
        this.terminal = terminal;
        this.clock = clock;
    }

    @Override
    public void step(String what) {
        terminal.say(terminal.bold(what));
    }

    @Override
    public void loadStarted(Instant at) {
        loadStart = at;
    }

    @Override
    public void happened(StackEvent event) {
        switch (event) {
            case StackEvent.FaultInjected e ->
                line(e.at(), terminal.red(e.fault() + " " + e.instance()) + ": " + e.evidence());
            case StackEvent.FaultHealed e -> line(e.at(), e.fault() + " " + e.instance() + " undone: " + e.evidence());
            case StackEvent.TargetStateChanged e ->
                line(
                        e.at(),
                        e.instance() + " " + e.from() + " -> " + e.to()
                                + (e.reasonCode().isEmpty() ? "" : " (" + e.reasonCode() + ")"));
            case StackEvent.RotationChanged e -> line(e.at(), "serving: " + String.join(" ", e.targets()));
            case StackEvent.RotationRejected e ->
                line(e.at(), terminal.red("nginx refused a configuration: ") + e.reason());
            case StackEvent.InstanceStateChanged e -> line(e.at(), e.instance() + " " + e.state() + ": " + e.cause());
            case StackEvent.ScalingEvent e ->
                line(e.at(), (e.group() + ": " + e.detailType() + " " + e.instance()).strip());
            case StackEvent.DatabaseEvent e -> line(e.at(), e.source() + ": " + e.message() + " (" + e.id() + ")");
            case StackEvent.DatabaseFailedOver e -> line(e.at(), e.database() + ": " + e.phases());
            case StackEvent.Trouble e -> trouble(e.message());
        }
    }

    @Override
    public void alarmChanged(AlarmChange change) {
        String state = change.to().equals("ALARM") ? terminal.red(change.to()) : change.to();
        line(change.receivedAt(), "alarm " + change.alarm() + " " + change.from() + " -> " + state);
    }

    @Override
    public void experimentChanged(Instant at, String what) {
        line(at, what);
    }

    @Override
    public void second(LoadSecond second) {
        Instant start = loadStart;
        if (start != null) {
            terminal.status("  " + ProgressLines.seconds(Duration.between(start, clock.instant())) + "  "
                    + (second.ok() + second.ko()) + " requests/s, " + second.ko() + " failed");
        }
    }

    @Override
    public void trouble(String message) {
        terminal.say(terminal.yellow("  !  ") + message);
    }

    private void line(Instant at, String text) {
        Instant start = loadStart;
        String when = start == null ? "" : ProgressLines.seconds(Duration.between(start, at));
        terminal.say("%10s  %s".formatted(when, text));
    }
}
