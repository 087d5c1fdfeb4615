package io.failoverlab.environment;

import io.failoverlab.clock.LabScheduler;
import io.failoverlab.ec2.NotRunning;
import io.failoverlab.fault.ActiveFault;
import io.failoverlab.fault.DnsStale;
import io.failoverlab.fault.Effect;
import io.failoverlab.fault.Fault;
import io.failoverlab.fault.FaultRecord;
import io.failoverlab.fault.FaultZone;
import io.failoverlab.fault.Faults;
import io.failoverlab.fault.Injection;
import io.failoverlab.fault.Undo;
import io.failoverlab.fault.ZoneFault;
import io.failoverlab.telemetry.StackEvent;
import io.failoverlab.telemetry.Telemetry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

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
        ActiveFault active = new ActiveFault(record(fault, injection, limit.map(now::plus), unknown), fault, undoing);
        // Who heals it meanwhile waits until there is something to be healed.
        synchronized (active) {
            add(active);
            Effect effect = act(injection, active);
            active.acted(record(fault, injection, limit.map(effect.injectedAt()::plus), effect));
            write();
            tell(active);
        }
        if (fault.lasts()) {
            endInTime(active);
        } else {
            heal(active);
        }
        return active;
    }

    private static FaultRecord record(Fault fault, Injection injection, Optional<Instant> until, Effect effect) {
        return new FaultRecord(fault.name(), injection.where(), until, effect, injection.undo());
    }

    private Effect act(Injection injection, ActiveFault active) {
        try {
            return injection.act().get();
        } catch (NotRunning nothingWasDone) {
            active.endsWith("nothing was done");
            remove(active);
            throw nothingWasDone;
        } catch (RuntimeException failure) {
            undoHalf(active, failure);
            throw failure;
        }
    }

    /** Where that fails, too, it is tried again at its time, and by hand. */
    private void undoHalf(ActiveFault active, RuntimeException failure) {
        try {
            active.close();
            remove(active);
        } catch (RuntimeException again) {
            failure.addSuppressed(again);
            endInTime(active);
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

    /** Takes in the faults that a dead lab left. */
    void load() {
        for (FaultRecord record : file.read()) {
            faults.add(new ActiveFault(record, Faults.named(record.fault(), Optional.empty(), Map.of()), undoing));
        }
    }

    /** Undoes those that are over, and the rest at their time. */
    void resume(Consumer<String> told) {
        now().forEach(it -> told.accept("the fault " + it.record().fault() + " of " + it.where() + " " + resume(it)));
    }

    private String resume(ActiveFault active) {
        if (active.record().isOver(scheduler.instant()) || !active.fault().lasts()) {
            try {
                heal(active);
            } catch (RuntimeException failure) {
                return "was over and could not be undone: " + failure.getMessage() + "; `lab faults` lists it still";
            }
            return "was over and is undone: " + active.healing();
        }
        endInTime(active);
        return "goes on"
                + active.until()
                        .map(end -> " and is undone in "
                                + Duration.between(scheduler.instant(), end).toSeconds() + " s")
                        .orElse(", without a time limit");
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
        lasting().filter(it -> it.instances().equals(List.of(instance))).forEach(it -> end(it, why));
    }

    /** Ends the faults of which nothing that they had hit is there any more. */
    void endOfGone(Predicate<String> isThere) {
        lasting()
                .filter(it -> !(it.fault() instanceof ZoneFault))
                .filter(it -> it.instances().stream().noneMatch(isThere))
                .forEach(it -> end(it, "the instance is terminated; there is nothing to undo"));
    }

    /** A fault that is over once it is done ends when it has acted, not by what its act is. */
    private Stream<ActiveFault> lasting() {
        return now().stream().filter(it -> it.fault().lasts());
    }

    private void end(ActiveFault active, String why) {
        if (active.endsWith(why)) {
            remove(active);
            tellHealed(active);
        }
    }

    /** Whether nothing can run in it now; also what did not run when it was lost. */
    boolean isLost(String zone) {
        return now().stream()
                .anyMatch(it -> it.fault() instanceof ZoneFault && it.where().equals(FaultZone.title(zone)));
    }

    /** Whether the database's name must not move now. */
    boolean holdName() {
        return now().stream().anyMatch(it -> it.fault() instanceof DnsStale);
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

    private synchronized void remove(ActiveFault active) {
        faults.remove(active);
        write();
    }

    private synchronized void write() {
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
