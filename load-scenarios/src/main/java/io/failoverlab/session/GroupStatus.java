package io.failoverlab.session;

import io.failoverlab.autoscaling.Activity;
import io.failoverlab.autoscaling.GroupInstance;
import io.failoverlab.environment.WebGroup;
import io.failoverlab.topology.GroupSize;
import java.util.List;

/**
 * The Auto Scaling group as it is now.
 *
 * @param instances those of its warm pool too
 * @param activities newest first
 */
public record GroupStatus(
        String name, int min, int desired, int max, List<Member> instances, List<ActivityLine> activities) {
    private static final int SHOWN = 6;

    /**
     * An instance as the group sees it.
     *
     * @param lifecycleState AWS's word
     * @param healthStatus AWS's word
     */
    public record Member(
            String name,
            String id,
            String zone,
            String lifecycleState,
            String healthStatus,
            boolean protectedFromScaleIn) {
        static Member of(GroupInstance it) {
            return new Member(
                    it.name(),
                    it.instanceId(),
                    it.zone().azName(),
                    it.state().word(),
                    it.healthy() ? "Healthy" : "Unhealthy",
                    it.protectedFromScaleIn());
        }
    }

    /**
     * A scaling activity.
     *
     * @param start as a time of ISO 8601
     * @param instance its name here; empty for what never got one
     * @param statusCode AWS's word
     * @param details where the time of a launch went, or why it failed; empty otherwise
     */
    public record ActivityLine(
            String start, String instance, String description, String statusCode, String cause, String details) {
        static ActivityLine of(Activity it) {
            return new ActivityLine(
                    it.start().toString(),
                    it.instance(),
                    it.description(),
                    it.status().word(),
                    it.cause(),
                    it.statusMessage().isEmpty() ? it.details() : it.statusMessage());
        }
    }

    public GroupStatus {
        instances = List.copyOf(instances);
        activities = List.copyOf(activities);
    }

    static GroupStatus of(WebGroup group) {
        GroupSize size = group.size();
        return new GroupStatus(
                group.name(),
                size.min(),
                size.desired(),
                size.max(),
                group.instances().stream().map(Member::of).toList(),
                group.activities().stream().limit(SHOWN).map(ActivityLine::of).toList());
    }
}
