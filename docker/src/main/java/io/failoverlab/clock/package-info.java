/**
 * The only place of this module that reads the system clock, waits or runs something later. Everything else is given
 * the time; start at {@link io.failoverlab.clock.LabScheduler}.
 */
package io.failoverlab.clock;
