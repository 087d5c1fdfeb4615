package io.failoverlab.autoscaling;

import io.failoverlab.topology.Adjustment;
import io.failoverlab.topology.ScalingPolicy;
import io.failoverlab.topology.ScheduledAction;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Changes the desired capacity as the policies and the schedule say. */
final class Scaling {
    private final GroupState group;
    private final Instant began;
    /** The next time of each scheduled action that has one. */
    private final Map<ScheduledAction, Instant> due = new LinkedHashMap<>();

    private final List<Tracker> trackers = new ArrayList<>();
    private final List<TrackingAlarm> alarms = new ArrayList<>();
    private boolean alarmsDecide;
    private Instant coolUntil = Instant.MIN;
    /** Of the simple policy whose activity is under way. */
    private Optional<Duration> cooldownToCome = Optional.empty();

    /** @param began now or before: what was due until now is over */
    Scaling(GroupState group, Instant began, Instant now) {
        this.group = group;
        this.began = began;
        group.settings.rules().schedule().forEach(it -> plan(it, now.minusMillis(1)));
        for (ScalingPolicy policy : group.settings.rules().policies()) {
            switch (policy) {
                case ScalingPolicy.TargetTracking tracking -> {
                    trackers.add(new Tracker(tracking, group.clocks().metricPeriod()));
                    alarms.add(TrackingAlarm.of(group.settings.name(), tracking, TrackingAlarm.Side.HIGH));
                    if (!tracking.disableScaleIn()) {
                        alarms.add(TrackingAlarm.of(group.settings.name(), tracking, TrackingAlarm.Side.LOW));
                    }
                }
                case ScalingPolicy.Simple simple -> {
                    // waits for its alarm
                }
                case ScalingPolicy.Step step -> {
                    // waits for its alarm
                }
            }
        }
    }

    /**
     * @param alarm its name, for the activity's cause
     * @param distance of the metric from the alarm's threshold
     */
    ScalingOutcome execute(ScalingPolicy policy, String alarm, double distance, Instant now) {
        int before = group.desired();
        if (!group.does(ScalingProcess.ALARM_NOTIFICATION)) {
            return new ScalingOutcome(before, before, "AlarmNotification is suspended");
        }
        String refusal = switch (policy) {
            case ScalingPolicy.Simple simple -> simple(simple, alarm, now);
            case ScalingPolicy.Step step -> step(step, alarm, distance, now);
            case ScalingPolicy.TargetTracking tracking ->
                "a target tracking policy has alarms of its own; AWS lets nobody else invoke it";
        };
        boolean unchanged = refusal.isEmpty() && group.desired() == before;
        return new ScalingOutcome(before, group.desired(), unchanged ? "the capacity is what it asks for" : refusal);
    }

    private String simple(ScalingPolicy.Simple policy, String alarm, Instant now) {
        if (cooldownToCome.isPresent() || now.isBefore(coolUntil)) {
            return "the group is in its cooldown, or a scaling activity goes on";
        }
        int before = group.desired();
        desire(policy.adjustment().applyTo(before), alarm, policy, now);
        if (group.desired() != before) {
            cooldownToCome = Optional.of(policy.cooldown().orElse(group.clocks().cooldown()));
        }
        return "";
    }

    private String step(ScalingPolicy.Step policy, String alarm, double distance, Instant now) {
        Optional<Adjustment> adjustment = policy.stepFor(distance).map(ScalingPolicy.Range::adjustment);
        if (adjustment.isEmpty()) {
            return "no step for a distance of " + distance + " from the threshold";
        }
        int warming = warming(now);
        int more = adjustment.get().applyTo(group.desired() - warming);
        int fewer = adjustment.get().applyTo(group.desired());
        if (fewer < group.desired() && warming > 0) {
            return "no scale-in while " + warming + " instances warm up";
        }
        desire(fewer < group.desired() ? fewer : Math.max(more, group.desired()), alarm, policy, now);
        return "";
    }

    private void desire(int capacity, String alarm, ScalingPolicy policy, Instant now) {
        group.desire(capacity, "monitor alarm %s triggered policy %s".formatted(alarm, policy.name()), now);
    }

    private int warming(Instant now) {
        return group.members.count(it -> it.isWarmingUp(group.clocks(), now));
    }

    /** The alarms of its target tracking policies. */
    List<TrackingAlarm> alarms() {
        return List.copyOf(alarms);
    }

    void alarmsDecide() {
        alarmsDecide = true;
    }

    /**
     * An alarm of a target tracking policy fired. In it goes only where the other policies would too.
     *
     * @param told the metric as a part of its target when the alarm fired; repeated each minute, it grows old
     */
    ScalingOutcome fired(TrackingAlarm alarm, double told, Instant now) {
        double load = trackers.stream()
                .filter(it -> it.policy().equals(alarm.policy()))
                .flatMapToDouble(it -> it.load(alarm.side()).stream())
                .findFirst()
                .orElse(told);
        int before = group.desired();
        int warming = warming(now);
        if (!group.does(ScalingProcess.ALARM_NOTIFICATION)) {
            return new ScalingOutcome(before, before, "AlarmNotification is suspended");
        }
        switch (alarm.side()) {
            case HIGH -> {
                int wanted = Tracker.wantedFor(before - warming, load);
                desire(Math.max(before, wanted), alarm.name(), alarm.policy(), now);
            }
            case LOW -> {
                if (warming > 0 || group.members.capacity() != before) {
                    return new ScalingOutcome(before, before, "no scale-in while instances come, go or warm up");
                }
                int wanted = Math.max(Tracker.wantedFor(before, load), neededByOthers(alarm));
                desire(Math.min(before, wanted), alarm.name(), alarm.policy(), now);
            }
        }
        if (group.desired() != before) {
            trackers.forEach(Tracker::forget);
        }
        return new ScalingOutcome(
                before, group.desired(), group.desired() == before ? "the capacity is what it asks for" : "");
    }

    private int neededByOthers(TrackingAlarm alarm) {
        return trackers.stream()
                .filter(it -> it.policy() != alarm.policy() && !it.policy().disableScaleIn())
                .mapToInt(it -> it.wantsFewer(group.desired()).orElse(Integer.MAX_VALUE))
                .max()
                .orElse(0);
    }

    /** Takes in a datapoint of the group's average; there is one each metric period while there is data. */
    void measured(ScalingPolicy.Metric metric, double value, Instant now) {
        List<Tracker> concerned =
                trackers.stream().filter(it -> it.policy().metric() == metric).toList();
        concerned.forEach(it -> it.add(value, now));
        if (!concerned.isEmpty() && !alarmsDecide && group.does(ScalingProcess.ALARM_NOTIFICATION)) {
            track(now);
        }
    }

    /** The largest capacity that a policy asks for counts, and in only if all ask for it. */
    private void track(Instant now) {
        int warming = warming(now);
        int before = group.desired();
        Tracker largest = null;
        int most = before;
        for (Tracker tracker : trackers) {
            OptionalInt wanted = tracker.wantsMore(before - warming);
            if (wanted.orElse(0) > most) {
                most = wanted.getAsInt();
                largest = tracker;
            }
        }
        if (largest != null) {
            desire(
                    most,
                    TrackingAlarm.of(group.settings.name(), largest.policy(), TrackingAlarm.Side.HIGH)
                            .name(),
                    largest.policy(),
                    now);
        } else if (warming == 0 && group.members.capacity() == before) {
            trackIn(now);
        }
        if (group.desired() != before) {
            trackers.forEach(Tracker::forget);
        }
    }

    private void trackIn(Instant now) {
        int needed = 0;
        for (Tracker tracker : trackers) {
            if (!tracker.policy().disableScaleIn()) {
                needed = Math.max(needed, tracker.wantsFewer(group.desired()).orElse(Integer.MAX_VALUE));
            }
        }
        Optional<Tracker> first =
                trackers.stream().filter(it -> !it.policy().disableScaleIn()).findFirst();
        if (first.isPresent() && needed < group.desired()) {
            ScalingPolicy.TargetTracking policy = first.get().policy();
            String alarm = TrackingAlarm.of(group.settings.name(), policy, TrackingAlarm.Side.LOW)
                    .name();
            desire(needed, alarm, policy, now);
        }
    }

    void step(Instant now) {
        if (cooldownToCome.isPresent() && group.members.capacity() == group.desired() && group.pending() == 0) {
            coolUntil = now.plus(cooldownToCome.get());
            cooldownToCome = Optional.empty();
        }
        if (group.does(ScalingProcess.SCHEDULED_ACTIONS)) {
            for (ScheduledAction action : List.copyOf(due.keySet())) {
                if (!now.isBefore(due.get(action))) {
                    perform(action, now);
                    plan(action, now);
                }
            }
        }
    }

    private void plan(ScheduledAction action, Instant after) {
        due.remove(action);
        action.when().next(began, after).ifPresent(time -> due.put(action, time));
    }

    private void perform(ScheduledAction action, Instant now) {
        int max = Math.max(action.max().orElse(group.max()), action.min().orElse(0));
        int min = Math.min(action.min().orElse(group.min()), max);
        String what = "scheduled action " + action.name() + " set the group to min: %d, max: %d".formatted(min, max);
        group.limit(min, max, what, now);
        action.desired().ifPresent(it -> group.desire(it, what + ", desired: " + it, now));
    }
}
