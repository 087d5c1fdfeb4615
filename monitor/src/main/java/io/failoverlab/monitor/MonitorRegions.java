package io.failoverlab.monitor;

import io.failoverlab.alarm.AlarmCounters;
import io.failoverlab.alarm.AlarmEngine;
import io.failoverlab.alarm.AlarmListener;
import io.failoverlab.alarm.Timing;
import io.failoverlab.api.CloudWatchRegion;
import io.failoverlab.live.LiveHub;
import io.failoverlab.metric.Scope;
import io.failoverlab.store.AlarmStore;
import io.failoverlab.store.Database;
import io.failoverlab.store.MetricStore;
import io.failoverlab.store.RegionMetrics;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongConsumer;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * What each account has in each region, made when it is asked for first. The lab's own region is there from the start; it alone is
 * shown live.
 */
final class MonitorRegions implements CloudWatchRegion.Directory {
    /** Anybody may name a region; each costs memory and a turn at every evaluation. */
    private static final int MAX_REGIONS = 100;

    private final Database database;
    private final MetricStore metrics;
    private final Timing timing;
    private final InstantSource clock;
    private final Supplier<String> ids;
    private final AlarmListener announcer;
    private final AlarmCounters counters;
    private final LiveHub live;
    private final OwnHealth health;
    private final LiveSeconds seconds;
    private final Map<Scope, CloudWatchRegion> regions = new ConcurrentHashMap<>();

    MonitorRegions(
            Database database,
            MetricStore metrics,
            Timing timing,
            InstantSource clock,
            Supplier<String> ids,
            AlarmListener announcer,
            AlarmCounters counters,
            LiveHub live,
            OwnHealth health) {
        this.database = database;
        this.metrics = metrics;
        this.timing = timing;
        this.clock = clock;
        this.ids = ids;
        this.announcer = announcer;
        this.counters = counters;
        this.live = live;
        this.health = health;
        this.seconds = new LiveSeconds(metrics.in(Scope.LAB), live, clock);
        regions.put(Scope.LAB, make(Scope.LAB));
        AlarmStore.scopes(database).forEach(scope -> regions.computeIfAbsent(scope, this::make));
    }

    @Override
    public Optional<CloudWatchRegion> of(Scope scope) {
        CloudWatchRegion there = regions.get(scope);
        if (there != null) {
            return Optional.of(there);
        }
        return regions.size() < MAX_REGIONS
                ? Optional.of(regions.computeIfAbsent(scope, this::make))
                : Optional.empty();
    }

    private CloudWatchRegion make(Scope scope) {
        boolean lab = scope.equals(Scope.LAB);
        List<AlarmListener> listeners = Stream.of(announcer, health.listener(scope), live)
                .limit(lab ? 3 : 2)
                .toList();
        LongConsumer changed = lab ? seconds::touch : second -> {};
        RegionMetrics store = metrics.in(scope);
        AlarmEngine alarms =
                new AlarmEngine(timing, store, new AlarmStore(database, scope), clock, ids, listeners, counters);
        return new CloudWatchRegion(scope, new Intake(store, alarms, changed), store, alarms);
    }

    CloudWatchRegion lab() {
        return regions.get(Scope.LAB);
    }

    /** Evaluates the alarms whose time has come; to be called shortly after every full second. */
    void tick() {
        regions.values().forEach(region -> region.alarms().tick());
    }

    /** Saves all alarms, for a store that has lost some. */
    void saveAgain() {
        regions.values().forEach(region -> region.alarms().saveAgain());
    }

    /** To be called once a second. */
    void publishHealth() {
        health.publish(lab(), regions.values());
    }

    /** To be called once a second. */
    void showFinishedSeconds() {
        seconds.showFinished();
    }
}
