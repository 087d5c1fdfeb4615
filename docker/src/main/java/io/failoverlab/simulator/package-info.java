/**
 * The control plane (target group and Auto Scaling group, as they are) on a simulated clock, network and engine, with random
 * faults and with rules that must hold at every step. Start at {@link io.failoverlab.simulator.Simulation}.
 */
package io.failoverlab.simulator;
