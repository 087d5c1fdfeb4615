package io.failoverlab.elb;

import io.failoverlab.clock.LabScheduler;
import io.failoverlab.engine.EngineException;
import io.failoverlab.telemetry.StackEvent;
import io.failoverlab.telemetry.Telemetry;
import io.failoverlab.topology.Balancing;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Brings the rotation that is wanted to nginx, one reload after the other. A reload that nginx refuses still exits with success,
 * so afterwards nginx is asked which generation it serves. What it refuses is not offered again until something else is wanted,
 * and the last good one is written back; what it only does not serve yet is offered again, since whoever is wanted has to get in
 * and whoever is dead has to get out.
 */
final class Reloads {
    /** How long nginx may take to serve what it was told to. */
    static final Duration LIMIT = Duration.ofSeconds(3);

    /** The nginx that is told. */
    interface Nginx {
        /** @throws UncheckedIOException if its configuration cannot be written */
        void write(Rotation rotation, long generation);

        /** @throws EngineException if it cannot be told */
        void reload();

        boolean serves(long generation, Duration limit);

        /**
         * What it has said against a configuration since then; empty if nothing.
         *
         * @throws EngineException if nobody knows
         */
        Optional<String> refusalSince(Instant since);
    }

    private sealed interface Outcome {
        record Served() implements Outcome {}

        record Refused(String reason) implements Outcome {}

        /** Nobody knows whether nginx has it, or will have it. */
        record Unknown(String reason) implements Outcome {}
    }

    private final Nginx nginx;
    private final Balancing balancing;
    private final LabScheduler scheduler;
    private final Telemetry telemetry;

    private Rotation wanted = Rotation.EMPTY;
    private Rotation serving = Rotation.EMPTY;
    private Optional<Rotation> refused = Optional.empty();
    private long generation = 1;
    /** Whether {@link #serving} is what nginx has. */
    private boolean known = true;

    private boolean up;
    private boolean applying;
    private boolean told;

    /** @param balancing an nginx left at its defaults serves every registered target */
    Reloads(Nginx nginx, Balancing balancing, LabScheduler scheduler, Telemetry telemetry) {
        this.nginx = nginx;
        this.balancing = balancing;
        this.scheduler = scheduler;
        this.telemetry = telemetry;
    }

    /** The generation to start with: nobody is served. */
    synchronized long first() {
        return generation;
    }

    /** It runs, with what it was started with. */
    synchronized void begin() {
        up = true;
    }

    /**
     * It runs with what an earlier lab told it.
     *
     * @param latest the highest generation that it may have been told
     */
    synchronized void goOn(long latest) {
        generation = latest;
        known = false;
        up = true;
    }

    /** It runs again after it had ended: it has read what was written last, and takes what was refused. */
    synchronized void restarted() {
        refused = Optional.empty();
    }

    /**
     * Has nginx serve the rotation. Returns at once; several calls in a row may end in one reload of the last. Has to be called
     * again and again: what did not arrive is offered again then.
     */
    void serve(Rotation rotation) {
        synchronized (this) {
            wanted = rotation;
            if (applying || !up || isSettled()) {
                return;
            }
            applying = true;
        }
        scheduler.launch(this::applyUntilSettled);
    }

    private boolean isSettled() {
        // An untuned nginx knows nothing of health: it is left alone while it has every target that is registered.
        boolean served = balancing == Balancing.TUNED
                ? wanted.equals(serving)
                : serving.targets().containsAll(wanted.targets())
                        && wanted.reserve().containsAll(serving.targets());
        return known && served || refused.filter(wanted::equals).isPresent();
    }

    private void applyUntilSettled() {
        try {
            boolean goesOn = true;
            while (goesOn) {
                Rotation next;
                long number;
                synchronized (this) {
                    if (isSettled()) {
                        return;
                    }
                    next = wanted;
                    number = ++generation;
                }
                goesOn = ended(next, number, apply(next, number));
            }
        } finally {
            synchronized (this) {
                applying = false;
            }
        }
    }

    private Outcome apply(Rotation rotation, long number) {
        try {
            nginx.write(rotation, number);
            Instant since = scheduler.instant();
            nginx.reload();
            if (nginx.serves(number, LIMIT)) {
                return new Outcome.Served();
            }
            return nginx.refusalSince(since)
                    .<Outcome>map(Outcome.Refused::new)
                    .orElseGet(() -> new Outcome.Unknown("it was not served " + LIMIT.toSeconds()
                            + " s after the reload, and nginx gave no reason"));
        } catch (EngineException | UncheckedIOException failure) {
            return new Outcome.Unknown(String.valueOf(failure.getMessage()));
        }
    }

    /** @return whether there may be more to do at once */
    private synchronized boolean ended(Rotation next, long number, Outcome outcome) {
        return switch (outcome) {
            case Outcome.Served() -> {
                serving = next;
                known = true;
                refused = Optional.empty();
                told = false;
                telemetry.happened(new StackEvent.RotationChanged(
                        scheduler.instant(),
                        next.targets().stream().map(Target::name).toList(),
                        number));
                yield true;
            }
            case Outcome.Refused(String reason) -> {
                refused = Optional.of(next);
                telemetry.happened(new StackEvent.RotationRejected(scheduler.instant(), number, reason));
                writeBack(number);
                yield true;
            }
            case Outcome.Unknown(String reason) -> {
                known = false;
                if (!told) {
                    told = true;
                    trouble("generation " + number + " of the balancer's configuration: " + reason
                            + "; offered again until it is served");
                }
                yield false;
            }
        };
    }

    /** So that a restart finds the last good one. */
    private void writeBack(long number) {
        try {
            nginx.write(serving, number);
        } catch (UncheckedIOException failure) {
            trouble(failure.getMessage());
        }
    }

    private void trouble(String message) {
        telemetry.happened(new StackEvent.Trouble(scheduler.instant(), message));
    }

    /** Whether nginx may still send requests to a target. */
    synchronized boolean maySendTo(Target target) {
        return !up || applying || !known || serving.reserve().contains(target);
    }

    /** The targets that nginx was last seen to serve. */
    synchronized List<Target> serving() {
        return serving.targets();
    }
}
