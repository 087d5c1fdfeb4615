package io.failoverlab.autoscaling;

import io.failoverlab.autoscaling.Member.Unhealthy;
import io.failoverlab.topology.HealthCheckType;
import java.time.Instant;
import java.util.Optional;

/**
 * Finds unhealthy instances and takes them out (EC2 Auto Scaling guide, "Health checks for instances"). One that does not
 * run goes at once. Others go a tenth of the group at a time, and the next ones only when the newcomers serve: where
 * everything is unhealthy, a new instance would hardly be better.
 */
final class HealthKeeper {
    private final GroupState group;
    private final Lifecycle lifecycle;

    HealthKeeper(GroupState group, Lifecycle lifecycle) {
        this.group = group;
        this.lifecycle = lifecycle;
    }

    void step(Instant now) {
        for (Member member : group.members.where(it -> it.is(LifecycleState.IN_SERVICE))) {
            if (member.hasSettled(group.settings, now) && member.isNews()) {
                group.backoff.succeeded(member.zone);
            }
        }
        if (!group.does(ScalingProcess.REPLACE_UNHEALTHY) || !group.does(ScalingProcess.TERMINATE)) {
            return;
        }
        for (Member member : group.members.where(this::isGone)) {
            replace(member, Unhealthy.GONE, now);
        }
        replaceSomeOfTheUnhealthy(now);
    }

    private boolean isGone(Member member) {
        return (member.is(LifecycleState.IN_SERVICE) || member.is(LifecycleState.STANDBY))
                && member.unhealthy().filter(it -> it == Unhealthy.GONE).isPresent();
    }

    private void replaceSomeOfTheUnhealthy(Instant now) {
        int newcomers = group.members.count(it -> it.state().countsAsCapacity()
                && !it.hasSettled(group.settings, now)
                && found(it, now).isEmpty());
        int room = Math.max(1, group.desired() / 10) - newcomers;
        for (Member member : group.members.where(it -> it.is(LifecycleState.IN_SERVICE))) {
            Optional<Unhealthy> why = found(member, now);
            if (room > 0 && why.isPresent()) {
                member.find(why.get());
                replace(member, why.get(), now);
                room--;
            }
        }
    }

    private Optional<Unhealthy> found(Member member, Instant now) {
        if (member.unhealthy().isPresent() || !member.is(LifecycleState.IN_SERVICE)) {
            return member.unhealthy();
        }
        if (!group.does(ScalingProcess.HEALTH_CHECK) || member.isInGrace(group.clocks(), now)) {
            return Optional.empty();
        }
        if (member.isImpairedFor(group.clocks(), now)) {
            return Optional.of(Unhealthy.IMPAIRED);
        }
        boolean asksTheBalancer = group.settings.healthCheckType() == HealthCheckType.ELB;
        return asksTheBalancer && member.targetIsUnhealthy() ? Optional.of(Unhealthy.ELB) : Optional.empty();
    }

    private void replace(Member member, Unhealthy why, Instant now) {
        if (!member.hasSettled(group.settings, now) && member.is(LifecycleState.IN_SERVICE)) {
            group.backoff.failed(member.zone, now);
        }
        lifecycle.terminate(
                member, ActivityLog.at(now, "an instance was taken out of service in response to " + why.words()), now);
    }
}
