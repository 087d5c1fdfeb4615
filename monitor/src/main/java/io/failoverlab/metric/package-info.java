/**
 * What a metric is: identity, unit, datapoints and the statistics read from them, with CloudWatch's rules.
 * Read {@link io.failoverlab.metric.MetricId} and {@link io.failoverlab.metric.Aggregate} first.
 */
package io.failoverlab.metric;
