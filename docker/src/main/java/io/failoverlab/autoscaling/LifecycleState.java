package io.failoverlab.autoscaling;

/** States of an instance in its group (EC2 Auto Scaling guide, "Instance lifecycle" and "Warm pools"). */
public enum LifecycleState {
    PENDING("Pending"),
    /** A launch hook holds it. */
    PENDING_WAIT("Pending:Wait"),
    IN_SERVICE("InService"),
    STANDBY("Standby"),
    TERMINATING("Terminating"),
    /** A termination hook holds it; it serves no more. */
    TERMINATING_WAIT("Terminating:Wait"),
    TERMINATED("Terminated"),
    WARMED_PENDING("Warmed:Pending"),
    WARMED_STOPPED("Warmed:Stopped"),
    WARMED_RUNNING("Warmed:Running"),
    WARMED_TERMINATING("Warmed:Terminating");

    private final String word;

    LifecycleState(String word) {
        this.word = word;
    }

    /** The word that AWS prints. */
    public String word() {
        return word;
    }

    /** On its way into the group, or in it. */
    boolean countsAsCapacity() {
        return this == PENDING || this == PENDING_WAIT || this == IN_SERVICE;
    }

    boolean isPending() {
        return this == PENDING || this == PENDING_WAIT;
    }

    boolean isLeaving() {
        return this == TERMINATING || this == TERMINATING_WAIT || this == WARMED_TERMINATING || this == TERMINATED;
    }

    /** Kept ready beside the group. */
    boolean isWarmed() {
        return this == WARMED_PENDING || this == WARMED_STOPPED || this == WARMED_RUNNING;
    }
}
