/**
 * From a topology to running containers and back to nothing. Start at {@link io.failoverlab.environment.Environment}.
 */
package io.failoverlab.environment;
