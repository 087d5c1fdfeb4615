package io.failoverlab.cli;

/** Ends a command with a message and an exit code, and without a stack trace. */
final class UserError extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int exitCode;

    private UserError(int exitCode, String message) {
        super(message);
        this.exitCode = exitCode;
    }

    /** The user asked for something that cannot be. */
    static UserError usage(String message) {
        return new UserError(ExitCode.USAGE, message);
    }

    /** What the command needs is not there. */
    static UserError environment(String message) {
        return new UserError(ExitCode.ENVIRONMENT, message);
    }

    /** The user ended it. */
    static UserError interrupted(String message) {
        return new UserError(ExitCode.INTERRUPTED, message);
    }

    int exitCode() {
        return exitCode;
    }
}
