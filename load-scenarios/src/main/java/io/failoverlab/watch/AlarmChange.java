package io.failoverlab.watch;

import java.time.Instant;

/**
 * An alarm changed its state, as the monitor's notification told.
 *
 * @param receivedAt when the notification came in here
 * @param stateChangedAt the monitor's own time of the change
 * @param from CloudWatch's word for the state before
 * @param to CloudWatch's word for the state now
 */
public record AlarmChange(
        Instant receivedAt, Instant stateChangedAt, String alarm, String from, String to, String reason) {}
