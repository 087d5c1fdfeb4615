package io.failoverlab.environment;

import java.util.List;

/** A part of the stack did not come up. Carries the end of that part's log. */
public final class EnvironmentFailed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient List<String> log;

    EnvironmentFailed(String message, List<String> log, Throwable cause) {
        super(message, cause);
        this.log = List.copyOf(log);
    }

    /** The last lines that the failing part printed, oldest first. */
    public List<String> log() {
        return log == null ? List.of() : log;
    }
}
