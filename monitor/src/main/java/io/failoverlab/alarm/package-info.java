/**
 * Alarms with CloudWatch's semantics: definitions, the pure decision and the engine that keeps states and history.
 * Read {@link io.failoverlab.alarm.AlarmEvaluator} first.
 */
package io.failoverlab.alarm;
