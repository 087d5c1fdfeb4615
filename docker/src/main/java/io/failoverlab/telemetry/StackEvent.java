package io.failoverlab.telemetry;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Something that happened to the stack. */
public sealed interface StackEvent {
    /** When it happened, by the host's clock. */
    Instant at();

    /**
     * An instance changed its state.
     *
     * @param state EC2's word, such as {@code running}
     * @param cause why, in words
     */
    record InstanceStateChanged(Instant at, String instance, String instanceId, String zone, String state, String cause)
            implements StackEvent {}

    /**
     * A target changed its state in the target group.
     *
     * @param from ELB's word for the state before
     * @param to ELB's word for the state now
     * @param reasonCode ELB's reason code, such as {@code Target.Timeout}; empty for healthy
     * @param description the reason in words; empty for healthy
     */
    record TargetStateChanged(
            Instant at,
            String instance,
            String instanceId,
            String zone,
            String from,
            String to,
            String reasonCode,
            String description)
            implements StackEvent {}

    /**
     * The balancer now serves another set of targets.
     *
     * @param targets names in rotation
     * @param generation of the configuration that was seen serving
     */
    record RotationChanged(Instant at, List<String> targets, long generation) implements StackEvent {
        public RotationChanged {
            targets = List.copyOf(targets);
        }
    }

    /** The balancer did not take a new configuration; the last good one goes on serving. */
    record RotationRejected(Instant at, long generation, String reason) implements StackEvent {}

    /**
     * A fault was injected.
     *
     * @param standsFor the AWS event it stands for
     * @param tookEffect whether it was seen to take effect
     * @param evidence what was seen
     */
    record FaultInjected(
            Instant at, String fault, String instance, String standsFor, boolean tookEffect, String evidence)
            implements StackEvent {}

    /** A fault was undone. */
    record FaultHealed(Instant at, String fault, String instance, String evidence) implements StackEvent {}

    /**
     * The Auto Scaling group launched or terminated an instance, or tells of its own state.
     *
     * @param detailType EventBridge's, such as {@code EC2 Instance Launch Successful}
     * @param instance empty for what concerns the whole group
     * @param instanceId empty for what concerns the whole group
     * @param zone empty for what concerns the whole group
     * @param description of the activity
     * @param cause of the activity, in AWS's form
     */
    record ScalingEvent(
            Instant at,
            String group,
            String detailType,
            String instance,
            String instanceId,
            String zone,
            String description,
            String cause)
            implements StackEvent {}

    /**
     * RDS tells of a database, in AWS's numbers and words.
     *
     * @param source identifier of the DB instance, of its snapshot or of its parameter group
     * @param id such as {@code RDS-EVENT-0001}
     * @param category such as {@code backup}
     */
    record DatabaseEvent(Instant at, String source, String id, String category, String message) implements StackEvent {}

    /**
     * A failover of a Multi-AZ database is over, and clients have come to the new primary.
     *
     * @param at when the first of them had
     * @param database DB instance identifier
     * @param from name of the old primary
     * @param to name of the new one
     * @param cause why, in words
     * @param failed the moment of the failure, as far as can be known
     * @param decided it was found
     * @param promoted the new primary was open
     * @param moved the endpoint led to it
     */
    record DatabaseFailedOver(
            Instant at,
            String database,
            String from,
            String to,
            String cause,
            Instant failed,
            Instant decided,
            Instant promoted,
            Instant moved)
            implements StackEvent {
        /** The outage in its four phases, one line. */
        public String phases() {
            return "failover from " + from + " to " + to + ": detect " + millis(failed, decided) + ", promote "
                    + millis(decided, promoted) + ", endpoint " + millis(promoted, moved) + ", client "
                    + millis(moved, at) + "; " + cause;
        }

        private static String millis(Instant begin, Instant end) {
            return Duration.between(begin, end).toMillis() + " ms";
        }
    }

    /** Something went wrong in the lab itself. */
    record Trouble(Instant at, String message) implements StackEvent {}
}
