/**
 * A lab that is up: stack, monitor and alarms in one place, and the way in for commands from another terminal. Start at
 * {@link io.failoverlab.session.LabSession}.
 */
package io.failoverlab.session;
