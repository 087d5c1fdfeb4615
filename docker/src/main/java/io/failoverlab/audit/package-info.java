/**
 * Looks at the lab's containers by the rules of the CIS Docker Benchmark, section 5. Pure; start at
 * {@link io.failoverlab.audit.Audit}.
 */
package io.failoverlab.audit;
