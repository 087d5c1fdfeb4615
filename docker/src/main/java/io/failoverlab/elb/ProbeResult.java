package io.failoverlab.elb;

import java.time.Duration;

/** What one health check found. */
public sealed interface ProbeResult {
    /** The expected instance answered with the expected code, or accepted the connection. */
    record Passed() implements ProbeResult {}

    /** Another code than expected. */
    record WrongCode(String expected, int found) implements ProbeResult {}

    /** Somebody answered, but not the instance that is registered under the address. */
    record WrongInstance(String expected, String found) implements ProbeResult {}

    /** No answer within the time-out. */
    record TimedOut(Duration limit) implements ProbeResult {}

    /** The connection was refused or broke. */
    record Failed(String reason) implements ProbeResult {}

    /** ELB's reason code for a target that fails in this way; empty for a pass. */
    default String reasonCode() {
        return switch (this) {
            case Passed passed -> "";
            case WrongCode wrong -> "Target.ResponseCodeMismatch";
            case TimedOut late -> "Target.Timeout";
            case WrongInstance other -> "Target.FailedHealthChecks";
            case Failed failed -> "Target.FailedHealthChecks";
        };
    }

    /** ELB's words for it, then what was seen; empty for a pass. */
    default String description() {
        return switch (this) {
            case Passed passed -> "";
            case WrongCode(String expected, int found) ->
                "Health checks failed with these codes: [" + found + "], expected " + expected;
            case TimedOut(Duration limit) -> "Request timed out: no answer within " + limit.toMillis() + " ms";
            case WrongInstance(String expected, String found) ->
                "Health checks failed: another instance answered, " + found + " instead of " + expected;
            case Failed(String reason) -> "Health checks failed: " + reason;
        };
    }
}
