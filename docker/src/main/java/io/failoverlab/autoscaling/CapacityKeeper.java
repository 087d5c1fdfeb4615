package io.failoverlab.autoscaling;

import io.failoverlab.topology.WarmPool;
import io.failoverlab.topology.Zone;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Keeps as many instances as are desired, spread evenly over the zones that can take them. */
final class CapacityKeeper {
    private final GroupState group;
    private final Lifecycle lifecycle;
    private final ZoneChoice zones;
    private final TerminationChoice choice;
    private final RefreshKeeper refresh;
    private boolean toldOfProtection;

    CapacityKeeper(GroupState group, Lifecycle lifecycle, ZoneChoice zones, RefreshKeeper refresh) {
        this.group = group;
        this.lifecycle = lifecycle;
        this.zones = zones;
        this.refresh = refresh;
        this.choice = new TerminationChoice(group.settings.terminationPolicies());
    }

    void step(Instant now) {
        group.members
                .where(it -> it.isSurplus() && it.hasSettled(group.settings, now))
                .forEach(it -> it.surplus(false));
        int capacity = group.members.capacity();
        int surplus = group.members.count(it -> it.isSurplus() && it.state().countsAsCapacity());
        int excess = capacity - surplus - group.desired();
        if (capacity < group.desired()) {
            launchMissing(group.desired() - capacity, now);
        } else if (excess > 0 && group.pending() == 0) {
            scaleIn(excess, now);
        } else if (excess == 0 && group.unsettled(now) == 0) {
            group.reasonIsDealtWith();
            toldOfProtection = false;
            if (!refresh.isUnderWay()) {
                balance(now);
            }
        }
    }

    private void launchMissing(int missing, Instant now) {
        if (!group.does(ScalingProcess.LAUNCH)) {
            return;
        }
        for (int i = 0; i < missing; i++) {
            Optional<Zone> zone = zones.forLaunch(now);
            if (zone.isEmpty()) {
                return;
            }
            int capacity = group.members.capacity();
            String cause = group.because(
                    "an instance was started in response to a difference between desired and actual capacity,"
                            + " increasing the capacity from %d to %d".formatted(capacity, capacity + 1),
                    now);
            warmOneFor(zone.get())
                    .ifPresentOrElse(
                            it -> lifecycle.takeFromPool(it, cause, now),
                            () -> lifecycle.launch(zone.get(), false, cause, now));
        }
    }

    /** One of the zone; or of another that has no more instances than this one, so that the zones stay even. */
    private Optional<Member> warmOneFor(Zone zone) {
        int here = group.capacityIn(zone);
        return group
                .members
                .where(it -> it.is(LifecycleState.WARMED_RUNNING) || it.is(LifecycleState.WARMED_STOPPED))
                .stream()
                .filter(it -> it.version == group.version())
                .filter(it -> it.zone.equals(zone) || group.capacityIn(it.zone) <= here)
                .min(Comparator.comparingInt(it -> it.zone.equals(zone) ? 0 : 1));
    }

    private void scaleIn(int excess, Instant now) {
        if (!group.does(ScalingProcess.TERMINATE)) {
            return;
        }
        for (int i = 0; i < excess; i++) {
            List<Member> all = group.members.where(it -> it.state().countsAsCapacity());
            List<Member> free =
                    all.stream().filter(it -> !it.isProtectedFromScaleIn()).toList();
            Optional<Member> victim = choice.choose(refresh.preferred(free), all, now);
            if (victim.isEmpty()) {
                tellOfProtection(now);
                return;
            }
            int capacity = all.size();
            String cause = group.because(
                    "an instance was taken out of service in response to a difference between desired and actual"
                            + " capacity, shrinking the capacity from %d to %d".formatted(capacity, capacity - 1),
                    now);
            String selected =
                    ActivityLog.at(now, "instance " + victim.get().instanceId + " was selected for termination");
            if (goesBackToThePool(victim.get())) {
                lifecycle.returnToPool(victim.get(), cause + "  " + selected, now);
            } else {
                lifecycle.terminate(victim.get(), cause + "  " + selected, now);
            }
        }
    }

    private boolean goesBackToThePool(Member member) {
        return group.settings.warmPool().filter(WarmPool::reuseOnScaleIn).isPresent()
                && member.is(LifecycleState.IN_SERVICE)
                && member.unhealthy().isEmpty()
                && member.version == group.version();
    }

    private void tellOfProtection(Instant now) {
        if (!toldOfProtection) {
            toldOfProtection = true;
            group.log.cancelled(
                    "Could not scale to desired capacity because all remaining instances are protected from scale-in",
                    group.because("a difference between desired and actual capacity was found", now),
                    now);
        }
    }

    /**
     * Launches first, terminates when the newcomers serve, and exceeds the maximum by a tenth or one at most (EC2 Auto
     * Scaling guide, "Rebalancing activities").
     */
    private void balance(Instant now) {
        Optional<Zone> small = zones.forLaunch(now);
        if (small.isEmpty() || !group.does(ScalingProcess.AZ_REBALANCE) || !group.does(ScalingProcess.LAUNCH)) {
            return;
        }
        int most = group.members.where(it -> it.is(LifecycleState.IN_SERVICE) && !it.isProtectedFromScaleIn()).stream()
                .mapToInt(it -> group.capacityIn(it.zone))
                .max()
                .orElse(0);
        int room = group.max() + Math.max(1, group.max() / 10) - group.members.capacity();
        int step = Math.min(room, Math.max(1, group.desired() / 10));
        int needed = (most - group.capacityIn(small.get())) / 2;
        for (int i = 0; i < Math.min(needed, step); i++) {
            lifecycle.launch(
                    small.get(),
                    true,
                    ActivityLog.at(now, "an instance was launched to aid in balancing the group's zones"),
                    now);
        }
    }
}
