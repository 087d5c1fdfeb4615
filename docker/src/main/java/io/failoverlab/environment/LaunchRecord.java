package io.failoverlab.environment;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Follows each launch of a group from the decision to the first request. Safe for several threads. */
final class LaunchRecord {
    private final Map<String, Begun> underWay = new HashMap<>();
    private Optional<Instant> loss = Optional.empty();

    private record Begun(
            LaunchSteps.Origin origin,
            Optional<Instant> lost,
            Instant asked,
            Optional<Instant> started,
            Optional<Instant> passed) {

        Begun started(Instant at) {
            return new Begun(origin, lost, asked, Optional.of(at), passed);
        }

        Begun passed(Instant at) {
            return new Begun(origin, lost, asked, started, passed.or(() -> Optional.of(at)));
        }
    }

    /** Runs what decides about an instance's end: launches that are asked for meanwhile make it good. */
    void answering(Instant end, Runnable decision) {
        synchronized (this) {
            loss = Optional.of(end);
        }
        try {
            decision.run();
        } finally {
            synchronized (this) {
                loss = Optional.empty();
            }
        }
    }

    synchronized void asked(String name, LaunchSteps.Origin origin, Instant at) {
        underWay.put(name, new Begun(origin, loss, at, Optional.empty(), Optional.empty()));
    }

    synchronized void started(String name, Instant at) {
        underWay.computeIfPresent(name, (same, begun) -> begun.started(at));
    }

    /** Nobody asked for the launch of one that ran already. */
    synchronized void registered(String name, Instant at) {
        underWay.putIfAbsent(name, new Begun(LaunchSteps.Origin.RUNNING, loss, at, Optional.of(at), Optional.empty()));
    }

    synchronized void passed(String name, Instant at) {
        underWay.computeIfPresent(name, (same, begun) -> begun.passed(at));
    }

    /** The balancer was seen serving it; empty unless that is news. */
    synchronized Optional<LaunchSteps> served(String name, Instant at) {
        return Optional.ofNullable(underWay.remove(name))
                .map(begun -> new LaunchSteps(
                        name,
                        begun.origin(),
                        begun.lost(),
                        begun.asked(),
                        begun.started().orElse(begun.asked()),
                        begun.passed().orElse(at),
                        at));
    }
}
