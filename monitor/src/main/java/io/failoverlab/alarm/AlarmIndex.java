package io.failoverlab.alarm;

import io.failoverlab.metric.MetricId;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** The alarms of an engine, found by whatever makes one be looked at: its name, the time, a metric, another alarm. */
final class AlarmIndex {
    private final Timing timing;
    private final NavigableMap<String, WatchedAlarm> byName = new TreeMap<>();
    private final SortedMap<Integer, Round> rounds = new TreeMap<>();
    private final Map<MetricId, Set<WatchedAlarm>> onArrival = new HashMap<>();
    private final Set<WatchedAlarm> scaling = new LinkedHashSet<>();
    private final AlarmTree tree = new AlarmTree();

    /** The alarms that are evaluated at the same multiples of a step, and the next of them. */
    static final class Round {
        private final int step;
        private final Set<WatchedAlarm> alarms = new LinkedHashSet<>();
        private Instant due;

        private Round(int step, Instant now) {
            this.step = step;
            this.due = next(now);
        }

        Set<WatchedAlarm> alarms() {
            return alarms;
        }

        Instant due() {
            return due;
        }

        /** Whether its time has come; the next one is set then. */
        boolean begins(Instant now) {
            Instant next = next(now);
            boolean begins = !due.isAfter(now);
            if (begins || due.isAfter(next)) { // after the next: the clock was set back
                due = next;
            }
            return begins;
        }

        private Instant next(Instant now) {
            return Instant.ofEpochSecond((Math.floorDiv(now.getEpochSecond(), step) + 1) * step);
        }
    }

    AlarmIndex(Timing timing) {
        this.timing = timing;
    }

    void add(WatchedAlarm watched, Instant now) {
        byName.put(watched.name(), watched);
        switch (watched.alarm().definition().condition()) {
            case MetricCondition condition -> {
                rounds.computeIfAbsent(timing.step(condition.period()), step -> new Round(step, now))
                        .alarms
                        .add(watched);
                if (timing.evaluatesOnArrival(condition.period())) {
                    condition
                            .source()
                            .metrics()
                            .forEach(metric -> onArrival
                                    .computeIfAbsent(metric, m -> new LinkedHashSet<>())
                                    .add(watched));
                }
            }
            case CompositeCondition condition -> tree.add(watched, condition);
        }
        if (scales(watched.alarm().definition().actions())) {
            scaling.add(watched);
        }
    }

    private static boolean scales(AlarmDefinition.Actions actions) {
        for (AlarmState state : AlarmState.values()) {
            if (actions.of(state).stream()
                    .flatMap(arn -> AlarmAction.of(arn).stream())
                    .anyMatch(action -> action.kind() == AlarmAction.Kind.SCALING_POLICY)) {
                return true;
            }
        }
        return false;
    }

    void remove(WatchedAlarm watched) {
        byName.remove(watched.name());
        scaling.remove(watched);
        switch (watched.alarm().definition().condition()) {
            case MetricCondition condition -> {
                rounds.get(timing.step(condition.period())).alarms.remove(watched);
                condition
                        .source()
                        .metrics()
                        .forEach(metric -> onArrival.computeIfPresent(metric, (m, alarms) -> {
                            alarms.remove(watched);
                            return alarms.isEmpty() ? null : alarms;
                        }));
            }
            case CompositeCondition condition -> tree.remove(watched, condition);
        }
    }

    /** Null if there is none. */
    WatchedAlarm named(String name) {
        return byName.get(name);
    }

    /** By name. */
    Collection<WatchedAlarm> all() {
        return byName.values();
    }

    Collection<Round> rounds() {
        return rounds.values();
    }

    /** Those on this metric that do not wait for the end of their period. */
    Set<WatchedAlarm> onArrival(MetricId metric) {
        return onArrival.getOrDefault(metric, Set.of());
    }

    /** Those with scaling policies among their actions. */
    Set<WatchedAlarm> scaling() {
        return scaling;
    }

    AlarmTree tree() {
        return tree;
    }
}
