/**
 * Drives the load: Gatling in a JVM of its own, its live counts, its ledger of orders and what a stretch of requests adds
 * up to. Read {@link io.failoverlab.simulation.LoadGenerator} first, the side of the lab, then
 * {@link io.failoverlab.simulation.LoadMain}, the side of the forked JVM.
 */
package io.failoverlab.simulation;
