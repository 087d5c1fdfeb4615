package io.failoverlab.fault;

import java.time.Instant;

/**
 * What was seen of a fault.
 *
 * @param injectedAt the moment before the fault was handed to the engine
 * @param tookEffect whether it did
 * @param evidence what was seen, in words
 */
public record Effect(Instant injectedAt, boolean tookEffect, String evidence) {}
