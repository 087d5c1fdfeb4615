/**
 * What the stack under test looks like, in AWS's words and without an engine: zones, subnets, instances, load balancer,
 * databases, and who may reach whom. Start at {@link io.failoverlab.topology.Topology}; files are read by {@link
 * io.failoverlab.topology.TopologyFile}.
 */
package io.failoverlab.topology;
