/**
 * Puts the parts of the monitor together and runs them as one process.
 * Read {@link io.failoverlab.monitor.Monitor} first.
 */
package io.failoverlab.monitor;
