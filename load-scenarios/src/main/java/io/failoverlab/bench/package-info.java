/**
 * Measures the lab beside its peers, on the same machine, in the same run, with the same faults. Start at {@link
 * io.failoverlab.bench.BalancerBench}.
 */
package io.failoverlab.bench;
