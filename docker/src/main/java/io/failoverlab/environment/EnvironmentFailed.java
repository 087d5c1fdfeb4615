package io.failoverlab.environment;

import java.util.List;

/** A part of the stack did not come up. Carries the end of that part's log. */
public final class EnvironmentFailed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private static final String DOCTOR = "`lab doctor` checks this machine";

    private final transient List<String> log;
    private final String next;

    EnvironmentFailed(String message, List<String> log, Throwable cause) {
        this(message, log, DOCTOR, cause);
    }

    /** @param next what to do about it, if it is not the machine's fault */
    EnvironmentFailed(String message, List<String> log, String next, Throwable cause) {
        super(message, cause);
        this.log = List.copyOf(log);
        this.next = next;
    }

    /** What to do next, in a few words. */
    public String next() {
        return next;
    }

    /** The last lines that the failing part printed, oldest first. */
    public List<String> log() {
        return log == null ? List.of() : log;
    }
}
