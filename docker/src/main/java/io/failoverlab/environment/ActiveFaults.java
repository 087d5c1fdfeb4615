package io.failoverlab.environment;

import io.failoverlab.clock.LabScheduler;
import io.failoverlab.ec2.NotRunning;
import io.failoverlab.fault.ActiveFault;
import io.failoverlab.fault.Effect;
import io.failoverlab.fault.Fault;
import io.failoverlab.fault.FaultRecord;
import io.failoverlab.fault.Faults;
import io.failoverlab.fault.Injection;
import io.failoverlab.fault.Undo;
import io.failoverlab.telemetry.StackEvent;
import io.failoverlab.telemetry.Telemetry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * The faults that are not undone yet. How each is undone is written down before it acts, and stays so until it is undone, so
 * that a lab that takes over after {@code kill -9} undoes it: at its time, or at once if that is past.
 */
final class ActiveFaults implements AutoCloseable {
    private final FaultFile file;
    private final Function<Undo, String> undoing;
    private final LabScheduler scheduler;
    private final Telemetry telemetry;
    private final List<ActiveFault> faults = new CopyOnWriteArrayList<>();
    private final List<AutoCloseable> ends = new CopyOnWriteArrayList<>();

    /** @param undoing carries out, and says what was seen then */
    ActiveFaults(FaultFile file, Function<Undo, String> undoing, LabScheduler scheduler, Telemetry telemetry) {
        this.file = file;
        this.undoing = undoing;
        this.scheduler = scheduler;
        this.telemetry = telemetry;
    }

    /**
     * Injects a fault; where that fails half way, it is undone before the failure is told.
     *
     * @param limit after which it is undone
     */
    ActiveFault inject(Fault fault, Injection injection, Optional<Duration> limit) {
        Instant now = scheduler.instant();
        Effect unknown = new Effect(now, false, "the lab died before it saw an effect");
        ActiveFault begun = active(fault, injection, limit.map(now::plus), unknown);
        add(begun);
        Effect effect = act(injection, begun);
        ActiveFault injected = active(fault, injection, limit.map(effect.injectedAt()::plus), effect);
        replace(begun, injected);
        tell(injected);
        endInTime(injected);
        return injected;
    }

    private ActiveFault active(Fault fault, Injection injection, Optional<Instant> until, Effect effect) {
        return new ActiveFault(
                new FaultRecord(fault.name(), injection.where(), until, effect, injection.undo()), fault, undoing);
    }

    private Effect act(Injection injection, ActiveFault begun) {
        try {
            return injection.act().get();
        } catch (NotRunning nothingWasDone) {
            remove(begun);
            throw nothingWasDone;
        } catch (RuntimeException failure) {
            begun.close();
            remove(begun);
            throw failure;
        }
    }

    private void tell(ActiveFault active) {
        active.instances()
                .forEach(name -> telemetry.happened(new StackEvent.FaultInjected(
                        active.injectedAt(),
                        active.fault().name(),
                        name,
                        active.fault().standsFor(),
                        active.tookEffect(),
                        active.evidence())));
    }

    private void endInTime(ActiveFault active) {
        active.until().ifPresent(end -> {
            Duration left = Duration.between(scheduler.instant(), end);
            ends.add(scheduler.after(left.isNegative() ? Duration.ZERO : left, () -> heal(active)));
        });
    }

    /** Goes on with the faults that a dead lab left. */
    void goOn(Consumer<String> told) {
        for (FaultRecord record : file.read()) {
            ActiveFault active = new ActiveFault(record, Faults.named(record.fault(), Optional.empty(), 1), undoing);
            faults.add(active);
            String what = "the fault " + record.fault() + " of " + record.where();
            if (record.until().filter(end -> !scheduler.instant().isBefore(end)).isPresent()) {
                heal(active);
                told.accept(what + " was over and is undone: " + active.healing());
            } else {
                endInTime(active);
                told.accept(what + " goes on"
                        + record.until()
                                .map(end -> " and is undone in "
                                        + Duration.between(scheduler.instant(), end)
                                                .toSeconds() + " s")
                                .orElse(", without a time limit"));
            }
        }
    }

    /** Undoes a fault and tells of it; does nothing if it is undone already. */
    void heal(ActiveFault active) {
        // Its limit and an action may undo it in the same moment.
        if (active.undoOnce()) {
            remove(active);
            tellHealed(active);
        }
    }

    /** What a fault had hit alone is there no more. */
    void endWith(String instance, String why) {
        now().stream().filter(it -> it.instances().equals(List.of(instance))).forEach(it -> {
            if (it.endsWith(why)) {
                remove(it);
                tellHealed(it);
            }
        });
    }

    /** Ends the faults of which nothing that they had hit is there any more. */
    void endOfGone(Predicate<String> isThere) {
        now().stream().filter(it -> it.instances().stream().noneMatch(isThere)).forEach(it -> {
            if (it.endsWith("the instance is terminated; there is nothing to undo")) {
                remove(it);
                tellHealed(it);
            }
        });
    }

    private void tellHealed(ActiveFault active) {
        active.instances()
                .forEach(name -> telemetry.happened(new StackEvent.FaultHealed(
                        scheduler.instant(), active.fault().name(), name, active.healing())));
    }

    /** Those that are active now. */
    List<ActiveFault> now() {
        return faults.stream().filter(fault -> !fault.isHealed()).toList();
    }

    private synchronized void add(ActiveFault active) {
        faults.add(active);
        write();
    }

    private synchronized void replace(ActiveFault before, ActiveFault after) {
        faults.replaceAll(it -> it == before ? after : it);
        write();
    }

    private synchronized void remove(ActiveFault active) {
        faults.remove(active);
        write();
    }

    private void write() {
        file.write(now().stream().map(ActiveFault::record).toList());
    }

    /** They are not undone by their time any more. */
    @Override
    public void close() {
        for (AutoCloseable end : ends) {
            try {
                end.close();
            } catch (Exception ended) {
                throw new IllegalStateException("a timer could not be stopped", ended);
            }
        }
    }
}
