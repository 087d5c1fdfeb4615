/**
 * What the stack has to say: measurements and events, handed to whoever listens. Start at
 * {@link io.failoverlab.telemetry.Telemetry}.
 */
package io.failoverlab.telemetry;
