package io.failoverlab.autoscaling;

import io.failoverlab.topology.AutoScaling;
import io.failoverlab.topology.GroupClocks;
import io.failoverlab.topology.Instance;
import io.failoverlab.topology.Zone;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/** What the parts of a group share: sizes, instances, the log, and the decisions that have not been handed out yet. */
final class GroupState {
    final AutoScaling settings;
    final List<Zone> zones;
    final Supplier<String> ids;
    final Members members = new Members();
    final ActivityLog log;
    final LaunchBackoff backoff;
    final Set<ScalingProcess> suspended = EnumSet.noneOf(ScalingProcess.class);
    final List<Decision> decisions = new ArrayList<>();

    private final Map<Zone, Upcoming> upcoming = new HashMap<>();
    private int min;
    private int max;
    private int desired;
    private int version = 1;
    /** Why the desired capacity is what it is, until the instances are as many. */
    private String reason = "";

    GroupState(AutoScaling settings, List<Zone> zones, Supplier<String> ids) {
        if (zones.isEmpty()) {
            throw new IllegalArgumentException("expected at least one zone for " + settings.name() + ", found none");
        }
        this.settings = settings;
        this.zones = List.copyOf(zones);
        this.ids = ids;
        this.log = new ActivityLog(settings.name());
        this.backoff = new LaunchBackoff(settings.clocks().launchRetry());
        this.min = settings.size().min();
        this.max = settings.size().max();
        this.desired = settings.size().desired();
    }

    GroupClocks clocks() {
        return settings.clocks();
    }

    int min() {
        return min;
    }

    int max() {
        return max;
    }

    int desired() {
        return desired;
    }

    int version() {
        return version;
    }

    /** The same until it is taken, or its name is. */
    Upcoming upcoming(Zone zone) {
        String name = Instance.nameOf(members.nextNumber(zone), zone);
        return upcoming.compute(
                zone,
                (same, known) ->
                        known != null && known.instance().equals(name) ? known : new Upcoming(name, ids.get(), zone));
    }

    void nextVersion() {
        version++;
    }

    boolean does(ScalingProcess process) {
        return !suspended.contains(process);
    }

    /** @param sentence what came to pass, to which the change is added */
    void desire(int capacity, String sentence, Instant now) {
        int wanted = Math.clamp(capacity, min, max);
        if (wanted != desired) {
            String change = ActivityLog.at(
                    now, "%s, changing the desired capacity from %d to %d".formatted(sentence, desired, wanted));
            reason = reason.isEmpty() ? change : reason + "  " + change;
            desired = wanted;
        }
    }

    void limit(int newMin, int newMax, String sentence, Instant now) {
        min = newMin;
        max = newMax;
        desire(desired, sentence, now);
    }

    /** The reason that is open, if any, and one more sentence. */
    String because(String sentence, Instant now) {
        String last = ActivityLog.at(now, sentence);
        return reason.isEmpty() ? last : reason + "  " + last;
    }

    void reasonIsDealtWith() {
        reason = "";
    }

    int pending() {
        return members.count(member -> member.state().isPending());
    }

    /** In the group, but not yet known to serve. */
    int unsettled(Instant now) {
        return members.count(member -> member.state().countsAsCapacity() && !member.hasSettled(settings, now));
    }

    int capacityIn(Zone zone) {
        return members.count(
                member -> member.zone.equals(zone) && member.state().countsAsCapacity());
    }
}
