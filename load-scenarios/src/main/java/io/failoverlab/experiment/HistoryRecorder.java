package io.failoverlab.experiment;

import io.failoverlab.audit.Audit;
import io.failoverlab.fis.Progress;
import io.failoverlab.history.AlarmState;
import io.failoverlab.history.Event;
import io.failoverlab.history.InstanceState;
import io.failoverlab.history.TargetState;
import io.failoverlab.simulation.GeneratorUse;
import io.failoverlab.simulation.LoadSecond;
import io.failoverlab.telemetry.Measurement;
import io.failoverlab.telemetry.StackEvent;
import io.failoverlab.telemetry.Telemetry;
import io.failoverlab.watch.AlarmChange;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Collects everything that happens during a run, from whatever thread, and puts it on one elapsed axis once it is known
 * when the load started.
 */
final class HistoryRecorder implements Telemetry {
    /** Makes the event once the origin of the axis is known. */
    private interface Recorded {
        Event on(Axis axis);
    }

    /** The elapsed axis. */
    private record Axis(Instant origin) {
        Duration of(Instant at) {
            return Duration.between(origin, at);
        }
    }

    private final List<Recorded> recorded = new ArrayList<>();
    private final Map<String, String> instanceNames = new ConcurrentHashMap<>();
    private final Consumer<StackEvent> narrator;
    /** The latest second that the balancer has told its answers of. */
    private final AtomicReference<Instant> counted = new AtomicReference<>(Instant.EPOCH);

    /** @param narrator told of every event of the stack at once, for people who watch */
    HistoryRecorder(Consumer<StackEvent> narrator) {
        this.narrator = narrator;
    }

    /** Metrics only know ids: tells which instance has which, at any time before the events are asked for. */
    void nameInstances(Map<String, String> idsByName) {
        idsByName.forEach((name, id) -> instanceNames.put(id, name));
    }

    /** Whether the balancer has told what it answered in the second of that time, or in a later one. */
    boolean balancerCounted(Instant time) {
        return !counted.get().isBefore(time.truncatedTo(ChronoUnit.SECONDS));
    }

    private synchronized void add(Recorded event) {
        recorded.add(event);
    }

    /** Everything so far, with times since the origin. */
    synchronized List<Event> events(Instant origin) {
        Axis axis = new Axis(origin);
        return recorded.stream().map(event -> event.on(axis)).toList();
    }

    @Override
    public void measured(List<Measurement> measurements) {
        for (Measurement measurement : measurements) {
            switch (measurement.namespace() + " " + measurement.name()) {
                case "AWS/EC2 CPUUtilization" -> {
                    // Not those of all instances of a type, an image or a group.
                    String id = measurement.dimensions().get("InstanceId");
                    if (id != null) {
                        sample(measurement, Event.MetricSample.CPU_UTILIZATION, id);
                    }
                }
                case "FailoverLab/ELB RequestCount" -> {
                    sample(
                            measurement,
                            Event.MetricSample.REQUEST_COUNT,
                            measurement.dimensions().get("Target"));
                    counted.accumulateAndGet(measurement.at(), (a, b) -> a.isAfter(b) ? a : b);
                }
                default -> {
                    // the monitor has it; no check or chart of a run needs it
                }
            }
        }
    }

    private void sample(Measurement measurement, String metric, String instance) {
        double value = measurement.values().getFirst();
        add(axis -> new Event.MetricSample(
                axis.of(measurement.at()), metric, instanceNames.getOrDefault(instance, instance), value));
    }

    @Override
    public void happened(StackEvent event) {
        if (event instanceof StackEvent.InstanceStateChanged change) {
            instanceNames.put(change.instanceId(), change.instance());
        }
        narrator.accept(event);
        found(event);
    }

    /** What was so before the recorder was there: nobody needs to be told. */
    void found(StackEvent event) {
        add(axis -> eventOf(event, axis));
    }

    private static Event eventOf(StackEvent event, Axis axis) {
        Duration at = axis.of(event.at());
        return switch (event) {
            case StackEvent.InstanceStateChanged e ->
                new Event.InstanceStateChanged(
                        at, e.instance(), stateNamed(InstanceState.values(), e.state()), e.cause());
            case StackEvent.TargetStateChanged e ->
                new Event.TargetStateChanged(
                        at,
                        e.instance(),
                        e.zone(),
                        stateNamed(TargetState.values(), e.from()),
                        stateNamed(TargetState.values(), e.to()),
                        e.reasonCode(),
                        e.description());
            case StackEvent.RotationChanged e -> new Event.RotationChanged(at, e.targets(), e.generation());
            case StackEvent.RotationRejected e ->
                new Event.Note(at, "nginx refused generation " + e.generation() + ": " + e.reason());
            case StackEvent.FaultInjected e ->
                new Event.FaultInjected(at, e.fault(), e.instance(), e.standsFor(), e.tookEffect(), e.evidence());
            case StackEvent.FaultHealed e -> new Event.FaultHealed(at, e.fault(), e.instance(), e.evidence());
            case StackEvent.ScalingEvent e ->
                new Event.Note(at, (e.group() + ": " + e.detailType() + " " + e.instance()).strip() + "; " + e.cause());
            case StackEvent.DatabaseEvent e ->
                new Event.DatabaseEvent(at, e.source(), e.id(), e.category(), e.message());
            case StackEvent.DatabaseFailedOver e ->
                new Event.DatabaseFailedOver(
                        at,
                        e.database(),
                        e.from(),
                        e.to(),
                        e.cause(),
                        axis.of(e.failed()),
                        axis.of(e.decided()),
                        axis.of(e.promoted()),
                        axis.of(e.moved()));
            case StackEvent.Trouble e -> new Event.Note(at, e.message());
        };
    }

    private static <E> E stateNamed(E[] states, String word) {
        for (E state : states) {
            if (state.toString().equals(word)) {
                return state;
            }
        }
        throw new IllegalArgumentException("expected a state of AWS's, found " + word);
    }

    void alarmChanged(AlarmChange change) {
        add(axis -> new Event.AlarmStateChanged(
                axis.of(change.receivedAt()),
                change.alarm(),
                AlarmState.valueOf(change.from()),
                AlarmState.valueOf(change.to()),
                change.reason(),
                axis.of(change.stateChangedAt())));
    }

    void alarmsRead(Instant at, Map<String, String> states) {
        Map<String, AlarmState> read = new TreeMap<>();
        states.forEach((alarm, state) -> read.put(alarm, AlarmState.valueOf(state.toUpperCase(Locale.ROOT))));
        add(axis -> new Event.AlarmsRead(axis.of(at), read));
    }

    void second(LoadSecond second) {
        Map<Integer, Long> statuses = new TreeMap<>();
        second.requests()
                .forEach(request -> request.statuses()
                        .forEach((status, count) -> statuses.merge(
                                status.chars().allMatch(Character::isDigit) ? Integer.parseInt(status) : 0,
                                count,
                                Long::sum)));
        add(axis -> new Event.LoadSecond(
                axis.of(second.at()), second.scheduled(), second.started(), second.ok(), second.ko(), statuses));
    }

    void used(GeneratorUse use) {
        add(axis -> new Event.GeneratorUse(
                axis.of(use.at()),
                use.cpuMillis() / 10.0,
                use.openFiles(),
                use.mostFiles(),
                Duration.ofMillis(use.gcMillis())));
    }

    void loadStarted(Instant at, Duration unjudged) {
        add(axis -> new Event.LoadStarted(axis.of(at)));
        add(axis -> new Event.JudgingStarted(axis.of(at).plus(unjudged)));
    }

    void loadEnded(Instant at, boolean asPlanned, String reason) {
        add(axis -> new Event.LoadEnded(axis.of(at), asPlanned, reason));
    }

    void forecast(Instant at, String fault, String instance, long requests, String reckoning) {
        add(axis -> new Event.LossForecast(axis.of(at), fault, instance, requests, reckoning));
    }

    void changed(Instant at, Progress.Change change) {
        switch (change) {
            case Progress.Change.OfExperiment(var status, var reason) ->
                add(axis -> new Event.ExperimentChanged(axis.of(at), status, reason));
            case Progress.Change.OfAction(var action, var status, var reason) ->
                add(axis -> new Event.ActionChanged(axis.of(at), action.name(), action.actionId(), status, reason));
        }
    }

    void audited(Instant at, String benchmark, List<Audit.Result> results) {
        Map<Audit.Outcome, List<String>> rules = results.stream()
                .collect(Collectors.groupingBy(
                        Audit.Result::outcome,
                        Collectors.mapping(rule -> rule.rule() + " " + rule.title(), Collectors.toList())));
        add(axis -> new Event.Audited(
                axis.of(at),
                benchmark,
                rules.getOrDefault(Audit.Outcome.OK, List.of()).size(),
                rules.getOrDefault(Audit.Outcome.EXCEPTION, List.of()).size(),
                rules.getOrDefault(Audit.Outcome.FAIL, List.of())));
    }

    void note(Instant at, String text) {
        add(axis -> new Event.Note(axis.of(at), text));
    }
}
