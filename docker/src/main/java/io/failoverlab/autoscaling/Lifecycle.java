package io.failoverlab.autoscaling;

import static io.failoverlab.autoscaling.LifecycleState.IN_SERVICE;
import static io.failoverlab.autoscaling.LifecycleState.PENDING;
import static io.failoverlab.autoscaling.LifecycleState.PENDING_WAIT;
import static io.failoverlab.autoscaling.LifecycleState.STANDBY;
import static io.failoverlab.autoscaling.LifecycleState.TERMINATED;
import static io.failoverlab.autoscaling.LifecycleState.TERMINATING;
import static io.failoverlab.autoscaling.LifecycleState.TERMINATING_WAIT;
import static io.failoverlab.autoscaling.LifecycleState.WARMED_PENDING;
import static io.failoverlab.autoscaling.LifecycleState.WARMED_RUNNING;
import static io.failoverlab.autoscaling.LifecycleState.WARMED_STOPPED;
import static io.failoverlab.autoscaling.LifecycleState.WARMED_TERMINATING;

import io.failoverlab.topology.LifecycleHook;
import io.failoverlab.topology.LifecycleHook.Result;
import io.failoverlab.topology.LifecycleHook.Transition;
import io.failoverlab.topology.WarmPool;
import io.failoverlab.topology.Zone;
import java.time.Instant;
import java.util.Optional;

/** The ways of an instance from state to state, with the activities and events that go with them. */
final class Lifecycle {
    private static final String TERMINATING_INSTANCE = "Terminating EC2 instance";

    private final GroupState group;

    Lifecycle(GroupState group) {
        this.group = group;
    }

    void launch(Zone zone, boolean surplus, String cause, Instant now) {
        Member member = newcomer(zone, PENDING, now);
        member.surplus(surplus);
        group.log.begin(member, "Launching a new EC2 instance", cause, now);
        begin(member, false);
    }

    void launchIntoPool(Zone zone, String cause, Instant now) {
        Member member = newcomer(zone, WARMED_PENDING, now);
        group.log.begin(member, "Launching a new EC2 instance into warm pool", cause, now);
        begin(member, true);
    }

    /** Goes on with an instance where another group left it. */
    void adopt(Member member, boolean runs, Instant now) {
        switch (member.state()) {
            case TERMINATED -> {}
            case TERMINATING, WARMED_TERMINATING -> {
                group.members.add(member);
                remove(member, ActivityLog.at(now, "the group began anew while the instance was terminated"), now);
            }
            case WARMED_PENDING, WARMED_STOPPED, WARMED_RUNNING -> {
                group.members.add(member);
                adoptIntoPool(member, runs, now);
            }
            case PENDING, PENDING_WAIT, IN_SERVICE, STANDBY, TERMINATING_WAIT -> {
                group.members.add(member);
                member.settle();
                if (!runs) {
                    gone(member, "it was not running when the group began", now);
                } else {
                    running(member, now);
                }
            }
        }
    }

    private void adoptIntoPool(Member member, boolean runs, Instant now) {
        member.become(WARMED_PENDING, now);
        if (runs) {
            running(member, now);
        } else if (poolIsStopped()) {
            stopped(member, now);
        } else {
            gone(member, "it was not running when the group began", now);
        }
    }

    private boolean poolIsStopped() {
        return group.settings
                .warmPool()
                .filter(it -> it.state() == WarmPool.State.STOPPED)
                .isPresent();
    }

    private Member newcomer(Zone zone, LifecycleState state, Instant now) {
        Upcoming next = group.upcoming(zone);
        int order = group.members.nextOrder();
        Member member = new Member(next.instance(), next.instanceId(), zone, group.version(), order, state, now);
        group.members.add(member);
        return member;
    }

    private void begin(Member member, boolean warm) {
        group.decisions.add(new Decision.Launch(member.name, member.instanceId, member.zone, member.version, warm));
    }

    void takeFromPool(Member member, String cause, Instant now) {
        boolean runs = member.is(WARMED_RUNNING);
        member.become(PENDING, now);
        group.log.begin(member, "Launching a new EC2 instance from warm pool", cause, now);
        if (runs) {
            running(member, now);
        } else {
            group.decisions.add(new Decision.Start(member.name));
        }
    }

    void running(Member member, Instant now) {
        if (member.is(WARMED_PENDING)) {
            if (poolIsStopped()) {
                group.decisions.add(new Decision.Stop(member.name));
            } else {
                isWarm(member, WARMED_RUNNING, now);
            }
        } else if (member.is(PENDING)) {
            if (group.settings.rules().hook(Transition.LAUNCHING).isPresent()) {
                member.become(PENDING_WAIT, now);
                group.log.held(member, GroupEvent.Kind.LAUNCH_LIFECYCLE_ACTION, now);
            } else {
                enterService(member, now);
            }
        }
    }

    private void isWarm(Member member, LifecycleState state, Instant now) {
        member.become(state, now);
        group.backoff.succeeded(member.zone);
        launched(member, now);
    }

    private void launched(Member member, Instant now) {
        // That of an adopted one was told by the group that began it.
        if (!member.activity().isEmpty()) {
            group.log.end(member, Activity.Status.SUCCESSFUL, "", now);
            group.log.tell(GroupEvent.Kind.LAUNCH_SUCCESSFUL, member, now);
        }
    }

    private void enterService(Member member, Instant now) {
        member.become(IN_SERVICE, now);
        launched(member, now);
        group.decisions.add(new Decision.Register(member.name));
    }

    /** @return whether this was to be */
    boolean stopped(Member member, Instant now) {
        if (member.is(WARMED_PENDING)) {
            isWarm(member, WARMED_STOPPED, now);
            return true;
        }
        return member.is(WARMED_STOPPED);
    }

    /** A launch came to nothing, and left nothing. */
    void failed(Member member, String why, Instant now) {
        unsuccessful(member, why, now);
        member.become(TERMINATED, now);
        group.members.remove(member);
    }

    private void unsuccessful(Member member, String why, Instant now) {
        group.backoff.failed(member.zone, now);
        group.log.end(member, Activity.Status.FAILED, why, now);
        group.log.tell(GroupEvent.Kind.LAUNCH_UNSUCCESSFUL, member, now);
    }

    /** The instance runs no more, though nobody here wanted that. */
    void gone(Member member, String why, Instant now) {
        if (member.state().isPending() || member.is(WARMED_PENDING)) {
            unsuccessful(member, why, now);
            terminate(member, ActivityLog.at(now, "the instance ended while it was launched: " + why), now);
        } else if (member.is(WARMED_RUNNING) || member.is(WARMED_STOPPED)) {
            member.find(Member.Unhealthy.GONE);
            terminate(member, ActivityLog.at(now, "an instance of the warm pool ended: " + why), now);
        } else if (member.is(IN_SERVICE) || member.is(STANDBY)) {
            member.find(Member.Unhealthy.GONE);
        }
    }

    void terminate(Member member, String cause, Instant now) {
        boolean warm = member.state().isWarmed();
        boolean served = member.is(IN_SERVICE);
        boolean isGone =
                member.unhealthy().filter(it -> it == Member.Unhealthy.GONE).isPresent();
        if (served
                && !isGone
                && group.settings.rules().hook(Transition.TERMINATING).isPresent()) {
            group.log.begin(member, TERMINATING_INSTANCE, cause, now);
            member.become(TERMINATING_WAIT, now);
            group.decisions.add(new Decision.Deregister(member.name));
            group.log.held(member, GroupEvent.Kind.TERMINATE_LIFECYCLE_ACTION, now);
        } else {
            member.become(warm ? WARMED_TERMINATING : TERMINATING, now);
            remove(member, cause, now);
        }
    }

    private void remove(Member member, String cause, Instant now) {
        group.log.begin(member, TERMINATING_INSTANCE, cause, now);
        group.decisions.add(new Decision.Terminate(member.name, member.instanceId, cause));
    }

    /** It is still there, and belongs to the group until it is not. */
    void terminationFailed(Member member, String why, Instant now) {
        group.log.end(member, Activity.Status.FAILED, why, now);
        group.log.tell(GroupEvent.Kind.TERMINATE_UNSUCCESSFUL, member, now);
        member.terminationFailed(group.clocks().launchRetry(), now);
    }

    /** Out of service and into the warm pool: AWS's {@code ReuseOnScaleIn}. */
    void returnToPool(Member member, String cause, Instant now) {
        group.log.begin(member, "Moving EC2 instance into warm pool", cause, now);
        group.decisions.add(new Decision.Deregister(member.name));
        if (group.settings.rules().hook(Transition.TERMINATING).isPresent()) {
            member.returning(true);
            member.become(TERMINATING_WAIT, now);
            group.log.held(member, GroupEvent.Kind.TERMINATE_LIFECYCLE_ACTION, now);
        } else {
            enterPool(member, now);
        }
    }

    private void enterPool(Member member, Instant now) {
        member.returning(false);
        member.become(WARMED_PENDING, now);
        running(member, now);
    }

    void terminated(Member member, Instant now) {
        group.log.end(member, Activity.Status.SUCCESSFUL, "", now);
        group.log.tell(GroupEvent.Kind.TERMINATE_SUCCESSFUL, member, now);
        member.become(TERMINATED, now);
        group.members.remove(member);
    }

    /** Ends the hooks whose time is over, and removes again what could not be removed. */
    void step(Instant now) {
        for (Member member : group.members.where(it -> it.isToBeTerminatedAgain(now))) {
            member.terminatedAgain();
            remove(member, ActivityLog.at(now, "the instance could not be terminated before"), now);
        }
        for (Member member : group.members.where(it -> it.is(PENDING_WAIT) || it.is(TERMINATING_WAIT))) {
            hookOf(member)
                    .filter(hook -> !now.isBefore(member.since().plus(hook.heartbeat())))
                    .ifPresent(hook -> complete(member, hook.defaultResult(), now));
        }
    }

    private Optional<LifecycleHook> hookOf(Member member) {
        return group.settings.rules().hook(member.is(PENDING_WAIT) ? Transition.LAUNCHING : Transition.TERMINATING);
    }

    void complete(Member member, Result result, Instant now) {
        if (member.is(TERMINATING_WAIT) && member.isReturning()) {
            enterPool(member, now);
        } else if (member.is(TERMINATING_WAIT)) {
            member.become(TERMINATING, now);
            group.decisions.add(new Decision.Terminate(member.name, member.instanceId, "its lifecycle action ended"));
        } else if (member.is(PENDING_WAIT)) {
            switch (result) {
                case CONTINUE -> enterService(member, now);
                case ABANDON -> {
                    unsuccessful(member, "its lifecycle action was abandoned", now);
                    terminate(member, ActivityLog.at(now, "its lifecycle action was abandoned"), now);
                }
            }
        }
    }
}
