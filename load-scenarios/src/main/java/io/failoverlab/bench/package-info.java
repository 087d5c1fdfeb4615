/**
 * Measures the lab beside its peers, on the same machine, in the same run, with the same faults: the balancer beside nginx and
 * HAProxy, the database's failover beside a script's, the monitor beside Prometheus and Alertmanager. Start at {@link
 * io.failoverlab.bench.BalancerBench}, {@link io.failoverlab.bench.DatabaseBench} or {@link io.failoverlab.bench.MonitorBench}.
 */
package io.failoverlab.bench;
