/**
 * Tells receivers outside the monitor that an alarm changed: every change at least once, in order, however often a receiver fails.
 * Read {@link io.failoverlab.notify.Deliveries} first.
 */
package io.failoverlab.notify;
