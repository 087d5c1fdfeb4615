package io.failoverlab.monitor;

import io.failoverlab.alarm.Alarm;
import io.failoverlab.alarm.AlarmAction;
import io.failoverlab.alarm.AlarmListener;
import io.failoverlab.alarm.AlarmState;
import io.failoverlab.alarm.AlarmTransition;
import io.failoverlab.alarm.EvaluationRound;
import io.failoverlab.api.CloudWatchRegion;
import io.failoverlab.metric.Aggregate;
import io.failoverlab.metric.Datum;
import io.failoverlab.metric.MetricId;
import io.failoverlab.metric.MetricStream;
import io.failoverlab.metric.Scope;
import io.failoverlab.metric.Unit;
import io.prometheus.client.CollectorRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The monitor as a target of its own, in the namespace {@code FailoverLab/Monitor}:
 *
 * <ul>
 *   <li>{@code EvaluationLag}, seconds: how long after their time the alarms were evaluated, at most, every 10 s
 *   <li>{@code EvaluationDuration}, seconds, and {@code AlarmsEvaluated}, count: what the longest evaluation of alarms whose time had
 *       come took, and of how many, every 10 s
 *   <li>{@code ScrapeLag}, seconds: from the start of a scrape until its datapoints can be read, on average, every 10 s in which
 *       there was one
 *   <li>{@code DatapointsDropped}, count: those that were lost on the way in, every 10 s
 *   <li>{@code StoreDamaged}, count: how often the store's file was found damaged since, every 10 s; an event tells what was lost
 *   <li>{@code AlarmState} by {@code AlarmName}: 0 in OK, 1 in ALARM, 0.5 in INSUFFICIENT_DATA, on every change and every minute, in
 *       the alarm's own account and region
 * </ul>
 */
final class OwnHealth {
    private static final String NAMESPACE = "FailoverLab/Monitor";
    private static final int INTERVAL = 10;
    private static final int STATES_INTERVAL = 60;
    private static final List<String> DROPPED =
            List.of("failoverlab_points_dropped_total", "failoverlab_scrape_samples_dropped_total");

    private final CollectorRegistry registry;
    private final InstantSource clock;
    private final Map<String, Double> before = new HashMap<>();
    private final Map<Scope, Changes> changes = new ConcurrentHashMap<>();

    OwnHealth(CollectorRegistry registry, InstantSource clock) {
        this.registry = registry;
        this.clock = clock;
    }

    /** To be told of the alarms of an account in a region. */
    AlarmListener listener(Scope scope) {
        return changes.computeIfAbsent(scope, s -> new Changes());
    }

    /** Remembers which alarms changed until it is their turn to be published. */
    private static final class Changes implements AlarmListener {
        private final Map<String, AlarmState> states = new HashMap<>();

        @Override
        public synchronized void defined(Alarm alarm) {
            states.put(alarm.name(), alarm.status().state());
        }

        @Override
        public synchronized void changed(List<AlarmTransition> transitions) {
            transitions.forEach(transition ->
                    states.put(transition.definition().name(), transition.to().state()));
        }

        @Override
        public void act(Alarm alarm, List<AlarmAction> actions) {
            // what is done does not change a state
        }

        @Override
        public synchronized void deleted(String alarmName) {
            states.remove(alarmName);
        }

        private synchronized Map<String, AlarmState> take() {
            Map<String, AlarmState> taken = new HashMap<>(states);
            states.clear();
            return taken;
        }
    }

    /** To be called once a second, from one thread. */
    void publish(CloudWatchRegion lab, Collection<CloudWatchRegion> regions) {
        Instant now = clock.instant();
        regions.forEach(
                region -> publishStates(region, changes.get(region.scope()).take(), now));
        if (now.getEpochSecond() % INTERVAL == 0) {
            lab.sink().accept(figures(regions, now));
        }
    }

    private static void publishStates(CloudWatchRegion region, Map<String, AlarmState> changed, Instant now) {
        if (now.getEpochSecond() % STATES_INTERVAL == 0) {
            region.alarms()
                    .alarms()
                    .forEach(alarm -> changed.put(alarm.name(), alarm.status().state()));
        }
        List<Datum> data = new ArrayList<>();
        changed.forEach((name, state) -> {
            if (name.chars().allMatch(c -> c >= ' ' && c <= '~')) { // other names cannot be dimensions
                data.add(datum("AlarmState", Map.of("AlarmName", name), Unit.NONE, now, number(state)));
            }
        });
        if (!data.isEmpty()) {
            region.sink().accept(data);
        }
    }

    private static double number(AlarmState state) {
        return switch (state) {
            case OK -> 0;
            case INSUFFICIENT_DATA -> 0.5;
            case ALARM -> 1;
        };
    }

    private List<Datum> figures(Collection<CloudWatchRegion> regions, Instant now) {
        List<Datum> data = new ArrayList<>();
        EvaluationRound worst = regions.stream()
                .map(region -> region.alarms().takeWorstRound())
                .reduce(EvaluationRound.NONE, EvaluationRound::worseOf);
        data.add(datum("EvaluationLag", Map.of(), Unit.SECONDS, now, seconds(worst.lag())));
        data.add(datum("EvaluationDuration", Map.of(), Unit.SECONDS, now, seconds(worst.duration())));
        data.add(datum("AlarmsEvaluated", Map.of(), Unit.COUNT, now, worst.alarms()));
        double dropped = DROPPED.stream().mapToDouble(this::increase).sum();
        data.add(datum("DatapointsDropped", Map.of(), Unit.COUNT, now, dropped));
        data.add(datum("StoreDamaged", Map.of(), Unit.COUNT, now, increase(DamageReport.DAMAGES)));
        double scrapes = increase("failoverlab_scrape_duration_seconds_count");
        double seconds = increase("failoverlab_scrape_duration_seconds_sum");
        if (scrapes > 0) {
            data.add(datum("ScrapeLag", Map.of(), Unit.SECONDS, now, seconds / scrapes));
        }
        return data;
    }

    /** In whole microseconds; a clock that was set back took no time. */
    private static double seconds(Duration duration) {
        return Math.max(0, duration.toNanos() / 1_000 / 1e6);
    }

    private double increase(String counter) {
        double now = value(counter);
        Double last = before.put(counter, now);
        return now - (last == null ? 0 : last);
    }

    /** Asks only those that know it: others read files of the system to answer. */
    private double value(String counter) {
        return Collections.list(registry.filteredMetricFamilySamples(Set.of(counter))).stream()
                .flatMap(family -> family.samples.stream())
                .filter(sample -> sample.name.equals(counter))
                .mapToDouble(sample -> sample.value)
                .sum();
    }

    private static Datum datum(String name, Map<String, String> dimensions, Unit unit, Instant now, double value) {
        MetricStream stream = new MetricStream(MetricId.of(NAMESPACE, name, dimensions), unit);
        return new Datum(stream, now, Aggregate.ofValue(value), 1);
    }
}
