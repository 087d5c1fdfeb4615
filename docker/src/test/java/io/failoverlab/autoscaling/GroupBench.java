package io.failoverlab.autoscaling;

import io.failoverlab.topology.AutoScaling;
import io.failoverlab.topology.Zone;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A group with a clock that is turned by hand, and a fleet that does as it is told, at once or when it is told to. */
final class GroupBench {
    static final Zone A = new Zone("ap-northeast-1", "a");
    static final Zone C = new Zone("ap-northeast-1", "c");
    static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    final AutoScalingGroup group;
    final List<GroupEvent> events = new ArrayList<>();
    Instant now;
    private int ids;

    GroupBench(AutoScaling settings, Zone... zones) {
        this(settings, START, zones);
    }

    /** One that another lab's group began at {@link #START}, and that goes on later. */
    GroupBench(AutoScaling settings, Instant goesOn, Zone... zones) {
        now = goesOn;
        group = new AutoScalingGroup(settings, List.of(zones), () -> "i-%d".formatted(++ids), START, now);
    }

    /** One in zones a and c, that has launched what it desires, all healthy. */
    static GroupBench settled(AutoScaling settings) {
        GroupBench bench = new GroupBench(settings, A, C);
        bench.calm();
        bench.events.clear();
        return bench;
    }

    GroupBench after(String duration) {
        now = now.plus(Duration.parse("PT" + duration));
        return this;
    }

    /** What the group wants done now, as text; nothing of it is done. */
    List<String> decide() {
        AutoScalingGroup.Outcome outcome = group.decide(now);
        events.addAll(outcome.events());
        return outcome.decisions().stream().map(GroupBench::text).toList();
    }

    /** Does what the group wants until it wants nothing more, and says what that was. */
    List<String> calm() {
        List<String> done = new ArrayList<>();
        while (true) {
            AutoScalingGroup.Outcome outcome = group.decide(now);
            events.addAll(outcome.events());
            if (outcome.decisions().isEmpty()) {
                return done;
            }
            for (Decision decision : outcome.decisions()) {
                done.add(text(decision));
                carryOut(decision);
            }
        }
    }

    private void carryOut(Decision decision) {
        switch (decision) {
            case Decision.Launch it -> group.running(it.instance(), now);
            case Decision.Start it -> group.running(it.instance(), now);
            case Decision.Stop it -> group.stopped(it.instance(), now);
            case Decision.Register it -> group.targetHealth(it.instance(), true);
            case Decision.Deregister it -> {
                // nothing is told back
            }
            case Decision.Terminate it -> group.terminated(it.instance(), now);
        }
    }

    private static String text(Decision decision) {
        String verb = switch (decision) {
            case Decision.Launch it -> it.warm() ? "warm" : "launch";
            case Decision.Start it -> "start";
            case Decision.Stop it -> "stop";
            case Decision.Register it -> "register";
            case Decision.Deregister it -> "deregister";
            case Decision.Terminate it -> "terminate";
        };
        return verb + " " + decision.instance();
    }

    /** Names with their states, in the order of their launch. */
    List<String> states() {
        return group.instances().stream()
                .map(it -> it.name() + " " + it.state().word())
                .toList();
    }

    List<String> names() {
        return group.instances().stream().map(GroupInstance::name).toList();
    }

    List<String> eventTypes() {
        return events.stream()
                .map(it -> (it.kind().detailType() + " " + it.instance()).strip())
                .toList();
    }
}
