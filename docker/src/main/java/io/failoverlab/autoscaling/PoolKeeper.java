package io.failoverlab.autoscaling;

import io.failoverlab.topology.Zone;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Keeps the warm pool at its size; the group's own instances come first. */
final class PoolKeeper {
    private final GroupState group;
    private final Lifecycle lifecycle;
    private final ZoneChoice zones;

    PoolKeeper(GroupState group, Lifecycle lifecycle, ZoneChoice zones) {
        this.group = group;
        this.lifecycle = lifecycle;
        this.zones = zones;
    }

    /** How many shall wait now. */
    int size() {
        return group.settings
                .warmPool()
                .map(pool -> pool.size(group.desired(), group.max()))
                .orElse(0);
    }

    void step(Instant now) {
        if (group.settings.warmPool().isEmpty()) {
            return;
        }
        dropOutdated(now);
        int missing = size() - group.members.count(it -> it.state().isWarmed() || it.isReturning());
        if (missing > 0 && isFree(now) && group.does(ScalingProcess.LAUNCH)) {
            for (int i = 0; i < missing; i++) {
                Optional<Zone> zone = zones.forPool(now);
                zone.ifPresent(it -> lifecycle.launchIntoPool(
                        it, ActivityLog.at(now, "an instance was started to fill the warm pool"), now));
            }
        } else if (missing < 0 && group.does(ScalingProcess.TERMINATE)) {
            waiting().stream()
                    .sorted(Comparator.comparingInt(it -> it.order))
                    .limit(-missing)
                    .forEach(it -> lifecycle.terminate(
                            it, ActivityLog.at(now, "the warm pool holds more instances than it shall"), now));
        }
    }

    /**
     * Whether the group itself needs nothing. Here all share one machine: a launch for the pool would take the processors from
     * the newcomer that is to serve now.
     */
    private boolean isFree(Instant now) {
        int starting = group.members.count(it -> (it.is(LifecycleState.PENDING) || it.is(LifecycleState.IN_SERVICE))
                && !it.hasSettled(group.settings, now));
        return group.members.capacity() >= group.desired() && starting == 0;
    }

    private void dropOutdated(Instant now) {
        waiting().stream()
                .filter(it -> it.version < group.version())
                .forEach(it -> lifecycle.terminate(
                        it, ActivityLog.at(now, "the launch template of the warm instance is outdated"), now));
    }

    private List<Member> waiting() {
        return group.members.where(it -> it.is(LifecycleState.WARMED_RUNNING) || it.is(LifecycleState.WARMED_STOPPED));
    }
}
