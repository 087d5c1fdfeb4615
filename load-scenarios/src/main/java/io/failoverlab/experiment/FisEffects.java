package io.failoverlab.experiment;

import io.failoverlab.clock.LabScheduler;
import io.failoverlab.ec2.Ec2Instance;
import io.failoverlab.ec2.InstanceState;
import io.failoverlab.engine.EngineException;
import io.failoverlab.environment.Environment;
import io.failoverlab.fault.ActiveFault;
import io.failoverlab.fault.Failover;
import io.failoverlab.fault.Fault;
import io.failoverlab.fault.Reboot;
import io.failoverlab.fault.Stop;
import io.failoverlab.fault.Terminate;
import io.failoverlab.fis.Effects;
import io.failoverlab.fis.Plan.PlannedAction;
import io.failoverlab.fis.Plan.Work;
import io.failoverlab.history.AlarmState;
import io.failoverlab.session.LabSession;
import io.failoverlab.telemetry.StackEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.cloudwatch.model.MetricAlarm;

/** The actions of an FIS experiment on a running lab. What each of them hits is told as a fault, as any other. */
final class FisEffects implements Effects {
    private static final Duration RUNNING_LIMIT = Duration.ofSeconds(10);
    private static final Duration BEGUN_LIMIT = Duration.ofSeconds(20);

    private final LabSession lab;
    private final Environment environment;
    private final LabScheduler scheduler;
    private final Consumer<StackEvent> history;
    private final Map<String, List<Hit>> hits = new ConcurrentHashMap<>();
    private final AtomicInteger beginning = new AtomicInteger();
    /** Names of the instances that are shutting down now, which takes as long as their application likes. */
    private final Set<String> shuttingDown = ConcurrentHashMap.newKeySet();

    private volatile boolean undoing;

    /** What an action did to an instance, which others may replace by one of the same name. */
    private record Hit(String id, ActiveFault fault) {}

    /** @param history told of what the environment does not tell itself */
    FisEffects(LabSession lab, LabScheduler scheduler, Consumer<StackEvent> history) {
        this.lab = lab;
        this.environment = lab.environment();
        this.scheduler = scheduler;
        this.history = history;
    }

    @Override
    public String begin(PlannedAction action) {
        beginning.incrementAndGet();
        try {
            return switch (action.work()) {
                case Work.Inject inject -> inject(action.name(), inject);
                case Work.Reboot(var instances) -> together(instances, name -> done(new Reboot(), name));
                case Work.Terminate(var instances) -> together(instances, name -> done(new Terminate(), name));
                case Work.RebootDatabase(var database) -> rebootDatabase(database);
                case Work.FailOver(var database) -> done(new Failover(), database);
                case Work.Wait wait -> "";
                case Work.AssertAlarms asserted -> require(asserted);
                case Work.Skip skip -> throw new IllegalStateException("a skipped action was begun: " + action.name());
            };
        } finally {
            beginning.decrementAndGet();
        }
    }

    private String inject(String action, Work.Inject inject) {
        List<Hit> hit = hits.computeIfAbsent(action, name -> new CopyOnWriteArrayList<>());
        return together(inject.where(), where -> {
            if (inject.fault() instanceof Stop && isStopped(where)) {
                return where + " was stopped already";
            }
            ActiveFault fault = inject.fault() instanceof Stop
                    ? shutDown(where, () -> inject(inject.fault(), where, inject.undoneAfter()))
                    : inject(inject.fault(), where, inject.undoneAfter());
            hit.add(new Hit(environment.fleet().find(where).map(Ec2Instance::id).orElse(""), fault));
            if (undoing) {
                environment.heal(fault);
            }
            if (!fault.tookEffect()) {
                throw new IllegalStateException(where + ": no effect, " + fault.evidence());
            }
            return where + ": " + fault.evidence();
        });
    }

    private <T> T shutDown(String instance, Supplier<T> stop) {
        shuttingDown.add(instance);
        try {
            // Looked at only now: who undoes looks at what is shutting down after he has said that he undoes.
            if (undoing) {
                throw new IllegalStateException(instance + " was not stopped: everything is being undone");
            }
            return stop.get();
        } finally {
            shuttingDown.remove(instance);
        }
    }

    private boolean isStopped(String where) {
        return environment.instance(where).state() == InstanceState.STOPPED;
    }

    private ActiveFault inject(Fault fault, String where, Optional<Duration> undoneAfter) {
        Instant at = scheduler.instant();
        try {
            return environment.inject(fault, where, undoneAfter);
        } catch (RuntimeException failure) {
            tell(at, fault.name(), where, fault.standsFor(), false, String.valueOf(failure.getMessage()));
            throw failure;
        }
    }

    /** Of what is over once it is done. */
    private String done(Fault fault, String where) {
        ActiveFault done = inject(fault, where, Optional.empty());
        if (!done.tookEffect()) {
            throw new IllegalStateException(where + ": no effect, " + done.evidence());
        }
        return where + ": " + done.evidence();
    }

    private String rebootDatabase(String database) {
        Instant at = scheduler.instant();
        environment.databases().reboot(database);
        tellDone(at, "reboot", database, "RDS RebootDBInstance (aws:rds:reboot-db-instances)", "it answers again");
        return database + " answers again";
    }

    private String require(Work.AssertAlarms asserted) {
        Map<String, AlarmState> states = alarms();
        String found = asserted.alarms().stream()
                .map(alarm -> alarm + " is in "
                        + Optional.ofNullable(states.get(alarm)).map(Enum::name).orElse("no state"))
                .collect(Collectors.joining(", "));
        boolean allFit =
                asserted.alarms().stream().allMatch(alarm -> asserted.states().contains(states.get(alarm)));
        if (!allFit) {
            throw new IllegalStateException("expected "
                    + asserted.states().stream().map(Enum::name).sorted().collect(Collectors.joining(" or "))
                    + ", found " + found);
        }
        return found;
    }

    @Override
    public String end(PlannedAction action) {
        if (!(action.work() instanceof Work.Inject inject)
                || inject.undoneAfter()
                        .filter(time -> time.compareTo(inject.hold()) <= 0)
                        .isEmpty()) {
            return "";
        }
        return together(List.copyOf(hits.getOrDefault(action.name(), List.of())), hit -> {
            if (inject.fault() instanceof Stop) {
                return started(hit, inject.mayBeTerminated());
            }
            environment.heal(hit.fault());
            return hit.fault().healing();
        });
    }

    private String started(Hit hit, boolean mayBeTerminated) {
        String name = hit.fault().where();
        if (isGone(name, hit.id())) {
            if (mayBeTerminated) {
                return name + " was terminated meanwhile";
            }
            throw new IllegalStateException(
                    name + " was terminated meanwhile and cannot be started; completeIfInstancesTerminated allows it");
        }
        environment.heal(hit.fault());
        Optional<Boolean> runs = scheduler.await(
                RUNNING_LIMIT,
                () -> environment.instance(name).state() == InstanceState.RUNNING
                        ? Optional.of(true)
                        : Optional.empty());
        if (runs.isEmpty()) {
            throw new IllegalStateException(name + " did not start within " + RUNNING_LIMIT.toSeconds() + " s");
        }
        return name + " was started again";
    }

    private boolean isGone(String name, String id) {
        return environment
                .fleet()
                .find(name)
                .filter(there -> there.id().equals(id))
                .isEmpty();
    }

    @Override
    public String undoAll() {
        undoing = true;
        Instant begun = scheduler.instant();
        // Who waits for an application to end would not be done in time.
        List<String> cutShort = List.copyOf(shuttingDown);
        cutShort.forEach(this::cutShort);
        List<ActiveFault> faults =
                hits.values().stream().flatMap(List::stream).map(Hit::fault).toList();
        long active = faults.stream().filter(fault -> !fault.isHealed()).count();
        Optional<Boolean> nothingBegins;
        try {
            together(faults, fault -> {
                environment.heal(fault);
                return "";
            });
        } finally {
            nothingBegins =
                    scheduler.await(BEGUN_LIMIT, () -> beginning.get() == 0 ? Optional.of(true) : Optional.empty());
            // Killed before it was asked to shut down, so that no fault of it is there to be undone.
            together(cutShort, name -> {
                environment.instance(name).start();
                return "";
            });
        }
        if (nothingBegins.isEmpty()) {
            throw new IllegalStateException("an action was still at its begin after " + BEGUN_LIMIT.toSeconds() + " s");
        }
        return active + (active == 1 ? " fault" : " faults") + " undone within "
                + Duration.between(begun, scheduler.instant()).toMillis() + " ms"
                + (cutShort.isEmpty() ? "" : ", shutdown cut short: " + String.join(", ", cutShort));
    }

    private void cutShort(String name) {
        try {
            environment.instance(name).container().signal("KILL");
        } catch (EngineException ended) {
            // it has just shut down by itself
        }
    }

    @Override
    public Map<String, AlarmState> alarms() {
        return lab.monitor().alarms().stream()
                .collect(Collectors.toMap(
                        MetricAlarm::alarmName, alarm -> AlarmState.valueOf(alarm.stateValueAsString())));
    }

    private void tell(
            Instant at, String fault, String instance, String standsFor, boolean tookEffect, String evidence) {
        history.accept(new StackEvent.FaultInjected(at, fault, instance, standsFor, tookEffect, evidence));
    }

    /** A fault with nothing to be undone: it is over by now. */
    private void tellDone(Instant at, String fault, String instance, String standsFor, String evidence) {
        tell(at, fault, instance, standsFor, true, evidence);
        history.accept(new StackEvent.FaultHealed(scheduler.instant(), fault, instance, "it is over: " + evidence));
    }

    /** At the same time; the first failure is told once all have ended. */
    private static <T> String together(List<T> things, Function<T, String> work) {
        List<CompletableFuture<String>> all = things.stream()
                .map(thing -> CompletableFuture.supplyAsync(
                        () -> work.apply(thing),
                        task -> Thread.ofVirtual().name("fis action").start(task)))
                .toList();
        try {
            CompletableFuture.allOf(all.toArray(CompletableFuture[]::new)).join();
        } catch (CompletionException failure) {
            if (failure.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw failure;
        }
        List<String> seen = new ArrayList<>();
        all.forEach(one -> seen.add(one.join()));
        seen.removeIf(String::isEmpty);
        return String.join("; ", seen);
    }
}
