package io.failoverlab.autoscaling;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The activities of a group and what EventBridge is told of them. */
final class ActivityLog {
    /** AWS keeps six weeks. */
    private static final int KEPT = 1000;

    private final String group;
    private final Map<String, Activity> activities = new LinkedHashMap<>();
    private final List<GroupEvent> events = new ArrayList<>();
    private long last;

    ActivityLog(String group) {
        this.group = group;
    }

    /** @param cause sentences after their times */
    void begin(Member member, String description, String cause, Instant now) {
        String id = "%08x-%s".formatted(++last, member.instanceId);
        put(new Activity(
                id,
                group,
                description + ": " + member.instanceId,
                cause,
                now,
                Optional.empty(),
                Activity.Status.IN_PROGRESS,
                "",
                "",
                member.name,
                member.instanceId,
                member.zone.azName()));
        member.activity(id);
    }

    private void put(Activity activity) {
        activities.put(activity.id(), activity);
        if (activities.size() > KEPT) {
            activities.remove(activities.keySet().iterator().next());
        }
    }

    void held(Member member, GroupEvent.Kind kind, Instant now) {
        Activity activity = activities.get(member.activity());
        if (activity != null) {
            put(activity.held());
        }
        tell(kind, member, now);
    }

    void end(Member member, Activity.Status how, String message, Instant now) {
        Activity activity = activities.get(member.activity());
        if (activity != null && activity.end().isEmpty()) {
            put(activity.ended(now, how, message));
        }
    }

    void detail(Member member, String words) {
        activities.computeIfPresent(member.activity(), (id, activity) -> activity.detailed(words));
    }

    /** An activity that was given up before it began. */
    void cancelled(String description, String cause, Instant now) {
        String id = "%08x".formatted(++last);
        put(new Activity(
                id,
                group,
                description,
                cause,
                now,
                Optional.of(now),
                Activity.Status.CANCELLED,
                description,
                "",
                "",
                "",
                ""));
    }

    void tell(GroupEvent.Kind kind, Member member, Instant now) {
        Activity activity = activities.get(member.activity());
        events.add(new GroupEvent(
                now,
                kind,
                group,
                member.name,
                member.instanceId,
                member.zone.azName(),
                activity == null ? "" : activity.description(),
                activity == null ? "" : activity.cause()));
    }

    void tell(GroupEvent.Kind kind, String cause, Instant now) {
        events.add(new GroupEvent(now, kind, group, "", "", "", "", cause));
    }

    List<GroupEvent> drain() {
        List<GroupEvent> drained = List.copyOf(events);
        events.clear();
        return drained;
    }

    /** Newest first, as AWS lists them. */
    List<Activity> newestFirst() {
        return List.copyOf(activities.values()).reversed();
    }

    /** A sentence as AWS writes it. */
    static String at(Instant now, String sentence) {
        return "At " + now.truncatedTo(java.time.temporal.ChronoUnit.SECONDS) + " " + sentence + ".";
    }
}
