/**
 * A relay for TCP that is late, where the kernel itself cannot be: a program of its own in an instance's network. Start at {@link
 * io.failoverlab.relay.Relay}.
 */
package io.failoverlab.relay;
