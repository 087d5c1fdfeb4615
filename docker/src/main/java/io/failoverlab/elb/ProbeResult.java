package io.failoverlab.elb;

import java.time.Duration;

/** What one health check found. */
public sealed interface ProbeResult {
    /** The expected instance answered with the expected code. */
    record Passed() implements ProbeResult {}

    /** Another code than expected. */
    record WrongCode(int expected, int found) implements ProbeResult {}

    /** Somebody answered, but not the instance that is registered under the address. */
    record WrongInstance(String expected, String found) implements ProbeResult {}

    /** No answer within the time-out. */
    record TimedOut(Duration limit) implements ProbeResult {}

    /** The connection was refused or broke. */
    record Failed(String reason) implements ProbeResult {}
}
