/**
 * What the things of AWS are, with their numbers, and what becomes of each here. Start at {@link io.failoverlab.explain.Concepts}.
 */
package io.failoverlab.explain;
