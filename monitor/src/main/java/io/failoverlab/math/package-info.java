/**
 * CloudWatch's metric math: queries that read metrics or compute with the results of others, as in GetMetricData and alarms.
 * Read {@link io.failoverlab.math.Queries} first.
 */
package io.failoverlab.math;
