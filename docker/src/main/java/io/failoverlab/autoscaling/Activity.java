package io.failoverlab.autoscaling;

import java.time.Instant;
import java.util.Optional;

/**
 * A scaling activity as {@code DescribeScalingActivities} shows it.
 *
 * @param description what is done, such as {@code Launching a new EC2 instance: i-…}
 * @param cause why, with times
 * @param end empty while it goes on
 * @param statusMessage why it failed; empty otherwise
 * @param details more of it in words, such as where the time of a launch went; empty until that is known
 * @param instance its name here
 * @param zone AWS's name of it
 */
public record Activity(
        String id,
        String group,
        String description,
        String cause,
        Instant start,
        Optional<Instant> end,
        Status status,
        String statusMessage,
        String details,
        String instance,
        String instanceId,
        String zone) {

    /** AWS's status codes, as far as they can occur here. */
    public enum Status {
        IN_PROGRESS("InProgress"),
        MID_LIFECYCLE_ACTION("MidLifecycleAction"),
        SUCCESSFUL("Successful"),
        FAILED("Failed"),
        CANCELLED("Cancelled");

        private final String word;

        Status(String word) {
            this.word = word;
        }

        /** The word that AWS prints. */
        public String word() {
            return word;
        }
    }

    Activity held() {
        return with(Optional.empty(), Status.MID_LIFECYCLE_ACTION, "");
    }

    Activity ended(Instant now, Status how, String message) {
        return with(Optional.of(now), how, message);
    }

    private Activity with(Optional<Instant> ending, Status now, String message) {
        return new Activity(
                id, group, description, cause, start, ending, now, message, details, instance, instanceId, zone);
    }

    Activity detailed(String words) {
        return new Activity(
                id, group, description, cause, start, end, status, statusMessage, words, instance, instanceId, zone);
    }
}
