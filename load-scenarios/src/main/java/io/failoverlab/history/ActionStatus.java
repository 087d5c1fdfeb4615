package io.failoverlab.history;

/** The states of an action of an FIS experiment (FIS API reference, ExperimentActionStatus). */
public enum ActionStatus {
    PENDING("pending"),
    INITIATING("initiating"),
    RUNNING("running"),
    COMPLETED("completed"),
    /** The experiment ended before it began. */
    CANCELLED("cancelled"),
    STOPPING("stopping"),
    STOPPED("stopped"),
    FAILED("failed"),
    SKIPPED("skipped");

    private final String text;

    ActionStatus(String text) {
        this.text = text;
    }

    /** Whether nothing follows it. */
    public boolean isFinal() {
        return switch (this) {
            case COMPLETED, CANCELLED, STOPPED, FAILED, SKIPPED -> true;
            case PENDING, INITIATING, RUNNING, STOPPING -> false;
        };
    }

    /** FIS's spelling. */
    @Override
    public String toString() {
        return text;
    }
}
