/**
 * What runs the instances: containers of the local engine. The only package that knows Testcontainers and docker-java;
 * start at {@link io.failoverlab.engine.Engine}.
 */
package io.failoverlab.engine;
