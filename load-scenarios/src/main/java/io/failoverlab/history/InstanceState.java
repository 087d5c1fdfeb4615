package io.failoverlab.history;

/** The states of an instance, in EC2's words (Amazon EC2 user guide, "Instance lifecycle"). */
public enum InstanceState {
    PENDING("pending"),
    RUNNING("running"),
    STOPPING("stopping"),
    STOPPED("stopped"),
    SHUTTING_DOWN("shutting-down"),
    TERMINATED("terminated");

    private final String text;

    InstanceState(String text) {
        this.text = text;
    }

    /** EC2's spelling. */
    @Override
    public String toString() {
        return text;
    }
}
