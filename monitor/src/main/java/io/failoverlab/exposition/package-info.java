/**
 * Shows everything the monitor holds, and what it counts about itself, to a Prometheus or Grafana beside it.
 * Read {@link io.failoverlab.exposition.MetricsPage} first.
 */
package io.failoverlab.exposition;
