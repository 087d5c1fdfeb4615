package io.failoverlab.history;

/** The states of an FIS experiment (FIS API reference, ExperimentStatus). */
public enum ExperimentStatus {
    PENDING("pending"),
    INITIATING("initiating"),
    RUNNING("running"),
    COMPLETED("completed"),
    STOPPING("stopping"),
    STOPPED("stopped"),
    FAILED("failed"),
    CANCELLED("cancelled");

    private final String text;

    ExperimentStatus(String text) {
        this.text = text;
    }

    /** Whether nothing follows it. */
    public boolean isFinal() {
        return switch (this) {
            case COMPLETED, STOPPED, FAILED, CANCELLED -> true;
            case PENDING, INITIATING, RUNNING, STOPPING -> false;
        };
    }

    /** FIS's spelling. */
    @Override
    public String toString() {
        return text;
    }
}
