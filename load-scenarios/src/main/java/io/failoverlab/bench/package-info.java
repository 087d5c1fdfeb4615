/**
 * What the monitor costs and how fast it is, measured from outside: beside Prometheus and its Alertmanager in the same run where
 * they do the same. Read {@link io.failoverlab.bench.MonitorBench} first.
 */
package io.failoverlab.bench;
