/**
 * Topologies compared under the same faults: what each strike cost, what the formulas of reliability foretold, and which parts
 * are single points of failure. Start at {@link io.failoverlab.comparison.Campaign}.
 */
package io.failoverlab.comparison;
