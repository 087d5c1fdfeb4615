package io.failoverlab.autoscaling;

import io.failoverlab.telemetry.Measurement;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Makes a group safe for several threads: takes facts in from anywhere, and hands each decision to the actions once, in
 * order. It has no timer of its own: somebody calls {@link #tick} a few times a second.
 */
public final class GroupController {
    private final AutoScalingGroup group;
    private final InstanceActions actions;
    private final InstantSource clock;
    private final Consumer<GroupEvent> events;
    private final BiConsumer<Decision, RuntimeException> failures;

    /**
     * @param events told of what EventBridge would be told; must return quickly
     * @param failures told of each decision that the actions refused by exception; the others are carried out all the same
     */
    public GroupController(
            AutoScalingGroup group,
            InstanceActions actions,
            InstantSource clock,
            Consumer<GroupEvent> events,
            BiConsumer<Decision, RuntimeException> failures) {
        this.group = group;
        this.actions = actions;
        this.clock = clock;
        this.events = events;
        this.failures = failures;
    }

    /** Takes a fact in, with its time, and acts on it. */
    public synchronized void tell(BiConsumer<AutoScalingGroup, Instant> fact) {
        Instant now = clock.instant();
        fact.accept(group, now);
        act(now);
    }

    /** As {@link #tell}, for what answers something. */
    public synchronized <T> T ask(Function<AutoScalingGroup, T> question) {
        return question.apply(group);
    }

    /** Time has passed. */
    public synchronized void tick() {
        act(clock.instant());
    }

    private void act(Instant now) {
        AutoScalingGroup.Outcome outcome = group.decide(now);
        outcome.events().forEach(events);
        for (Decision decision : outcome.decisions()) {
            try {
                carryOut(decision);
            } catch (RuntimeException failure) {
                failures.accept(decision, failure);
                refused(decision, String.valueOf(failure.getMessage()), now);
            }
        }
    }

    private void carryOut(Decision decision) {
        switch (decision) {
            case Decision.Launch it -> actions.launch(it);
            case Decision.Start it -> actions.start(it);
            case Decision.Stop it -> actions.stop(it);
            case Decision.Register it -> actions.register(it);
            case Decision.Deregister it -> actions.deregister(it);
            case Decision.Terminate it -> actions.terminate(it);
        }
    }

    /** The group would wait for ever for what nobody does; what is neither registered nor stopped is of no use to it. */
    private void refused(Decision decision, String why, Instant now) {
        switch (decision) {
            case Decision.Launch it -> group.launchFailed(it.instance(), why, now);
            case Decision.Start it -> group.gone(it.instance(), "it was not started: " + why, now);
            case Decision.Stop it -> group.gone(it.instance(), "it was not stopped: " + why, now);
            case Decision.Register it -> group.gone(it.instance(), "it was not registered: " + why, now);
            case Decision.Deregister it -> {
                // Nothing waits for it, and who terminates or stops it deregisters it, too.
            }
            case Decision.Terminate it -> group.terminationFailed(it.instance(), why, now);
        }
    }

    public void running(String name) {
        tell((it, now) -> it.running(name, now));
    }

    public void launchFailed(String name, String why) {
        tell((it, now) -> it.launchFailed(name, why, now));
    }

    public void gone(String name, String why) {
        tell((it, now) -> it.gone(name, why, now));
    }

    public void stopped(String name) {
        tell((it, now) -> it.stopped(name, now));
    }

    public void terminated(String name) {
        tell((it, now) -> it.terminated(name, now));
    }

    public void terminationFailed(String name, String why) {
        tell((it, now) -> it.terminationFailed(name, why, now));
    }

    public void impaired(String name, boolean impaired) {
        tell((it, now) -> it.impaired(name, impaired, now));
    }

    public void targetHealth(String name, boolean healthy) {
        tell((it, now) -> it.targetHealth(name, healthy));
    }

    /** @throws IllegalArgumentException outside the group's limits */
    public void setDesiredCapacity(int desired) {
        tell((it, now) -> it.setDesiredCapacity(desired, now));
    }

    public synchronized ScalingOutcome execute(String policy, String alarm, double distance) {
        Instant now = clock.instant();
        ScalingOutcome outcome = group.execute(policy, alarm, distance, now);
        act(now);
        return outcome;
    }

    public synchronized ScalingOutcome fired(TrackingAlarm alarm, double load) {
        Instant now = clock.instant();
        ScalingOutcome outcome = group.fired(alarm, load, now);
        act(now);
        return outcome;
    }

    public List<GroupInstance> instances() {
        return ask(AutoScalingGroup::instances);
    }

    public List<Measurement> metrics(Instant second) {
        return ask(it -> it.metrics(second));
    }
}
