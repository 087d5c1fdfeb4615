/**
 * What happened in the lab, as a time-ordered log in the words of EventBridge: faults, instance and target state changes, load, alarms.
 * Read {@link io.failoverlab.event.LabEvent} first.
 */
package io.failoverlab.event;
