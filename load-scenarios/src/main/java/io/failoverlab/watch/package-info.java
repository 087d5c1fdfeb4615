/**
 * The lab as a client of the monitor: starts its process, publishes metrics and events to it, sets the stack's alarms
 * and hears of their changes, all over its public interfaces. Start at {@link io.failoverlab.watch.MonitorProcess}.
 */
package io.failoverlab.watch;
