package io.failoverlab.autoscaling;

import io.failoverlab.topology.Zone;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.function.ToIntFunction;

/** Keeps the zones even: the next instance goes where the fewest are. */
final class ZoneChoice {
    private final GroupState group;

    ZoneChoice(GroupState group) {
        this.group = group;
    }

    /** Empty while launches fail in every zone. */
    Optional<Zone> forLaunch(Instant now) {
        return fewest(group::capacityIn, now);
    }

    Optional<Zone> forPool(Instant now) {
        return fewest(
                zone -> group.members.count(
                        it -> it.zone.equals(zone) && it.state().isWarmed()),
                now);
    }

    private Optional<Zone> fewest(ToIntFunction<Zone> count, Instant now) {
        return group.zones.stream().filter(zone -> canTakeOne(zone, now)).min(Comparator.comparingInt(count));
    }

    /** Not while launches fail there. */
    boolean canTakeOne(Zone zone, Instant now) {
        return group.backoff.allows(zone, underWay(zone, now), now);
    }

    private int underWay(Zone zone, Instant now) {
        return group.members.count(it -> it.zone.equals(zone)
                && (it.is(LifecycleState.WARMED_PENDING)
                        || it.state().countsAsCapacity() && !it.hasSettled(group.settings, now)));
    }
}
