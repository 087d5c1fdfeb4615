package io.failoverlab.autoscaling;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Replaces every instance by one of the newest launch template, a few at a time. Protected ones are left alone. */
final class RefreshKeeper {
    private final GroupState group;
    private final Lifecycle lifecycle;
    private final ZoneChoice zones;
    private final TerminationChoice choice;
    private Optional<RefreshPreferences> preferences = Optional.empty();

    RefreshKeeper(GroupState group, Lifecycle lifecycle, ZoneChoice zones) {
        this.group = group;
        this.lifecycle = lifecycle;
        this.zones = zones;
        this.choice = new TerminationChoice(group.settings.terminationPolicies());
    }

    boolean isUnderWay() {
        return preferences.isPresent();
    }

    void start(RefreshPreferences how, Instant now) {
        if (isUnderWay()) {
            throw new IllegalStateException("expected no instance refresh of " + group.settings.name()
                    + " under way, found one; wait for it or cancel it");
        }
        preferences = Optional.of(how);
        group.nextVersion();
        group.log.tell(GroupEvent.Kind.REFRESH_STARTED, "a user started an instance refresh", now);
    }

    void cancel(Instant now) {
        if (isUnderWay()) {
            preferences = Optional.empty();
            group.log.tell(GroupEvent.Kind.REFRESH_CANCELLED, "a user cancelled the instance refresh", now);
        }
    }

    void lose(Instant now) {
        String cause = "another lab went on with the group and does not know which instances are new";
        group.log.tell(GroupEvent.Kind.REFRESH_CANCELLED, cause, now);
    }

    private boolean isOutdated(Member member) {
        return member.version < group.version() && !member.isProtectedFromScaleIn();
    }

    /** While a refresh goes on, the outdated ones go first. */
    List<Member> preferred(List<Member> candidates) {
        List<Member> outdated =
                isUnderWay() ? candidates.stream().filter(this::isOutdated).toList() : List.of();
        return outdated.isEmpty() ? candidates : outdated;
    }

    void step(Instant now) {
        boolean steady = group.members.capacity() == group.desired() && group.unsettled(now) == 0;
        if (preferences.isEmpty() || !group.does(ScalingProcess.INSTANCE_REFRESH) || !steady) {
            return;
        }
        List<Member> outdated = group.members.where(it -> it.is(LifecycleState.IN_SERVICE) && isOutdated(it));
        if (outdated.isEmpty()) {
            preferences = Optional.empty();
            group.log.tell(GroupEvent.Kind.REFRESH_SUCCEEDED, "every instance has been replaced", now);
            return;
        }
        int extra = group.desired() * preferences.get().maxHealthyPercentage() / 100 - group.desired();
        if (extra > 0) {
            launchFirst(Math.min(extra, outdated.size()), outdated, now);
        } else {
            terminateFirst(outdated, preferences.get(), now);
        }
    }

    /** In the zones of those that will go when the newcomers serve. */
    private void launchFirst(int count, List<Member> outdated, Instant now) {
        List<Member> left = new ArrayList<>(outdated);
        for (int i = 0; i < count; i++) {
            Member next = choice.choose(left, left, now).orElseThrow();
            left.remove(next);
            if (zones.canTakeOne(next.zone, now)) {
                String cause = ActivityLog.at(now, "an instance was launched in response to an instance refresh");
                lifecycle.launch(next.zone, true, cause, now);
            }
        }
    }

    private void terminateFirst(List<Member> outdated, RefreshPreferences how, Instant now) {
        int floor = Math.ceilDiv(group.desired() * how.minHealthyPercentage(), 100);
        int count = Math.clamp(group.members.capacity() - (long) floor, 1, outdated.size());
        for (int i = 0; i < count; i++) {
            List<Member> all = group.members.where(it -> it.is(LifecycleState.IN_SERVICE));
            choice.choose(all.stream().filter(this::isOutdated).toList(), all, now)
                    .ifPresent(it -> lifecycle.terminate(
                            it,
                            ActivityLog.at(
                                    now, "an instance was taken out of service in response to an instance refresh"),
                            now));
        }
    }
}
