package io.failoverlab.store;

import io.failoverlab.metric.MetricId;
import java.time.Instant;

/**
 * A metric that has datapoints.
 *
 * @param newest time of its newest datapoint, in whole seconds
 */
public record MetricListing(MetricId metric, Instant newest) {}
