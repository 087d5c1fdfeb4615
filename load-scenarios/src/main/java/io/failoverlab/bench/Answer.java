package io.failoverlab.bench;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What became of one request.
 *
 * @param due when it was to be sent
 * @param took from then until its whole answer was there, or until it failed
 * @param late how long after it was due it was handed to the client
 * @param order the order that it was, if it was one
 * @param status 0 if there was no answer
 */
record Answer(Instant due, Duration took, Duration late, Optional<Order> order, int status) {
    boolean lost() {
        return status < 200 || status > 299;
    }

    Instant ended() {
        return due.plus(took);
    }
}
