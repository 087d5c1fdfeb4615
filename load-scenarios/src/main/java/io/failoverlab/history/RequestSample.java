package io.failoverlab.history;

import java.time.Duration;

/**
 * One request as the client saw it.
 *
 * @param name what was requested, such as "item" or "order"
 * @param start when it was due, elapsed since the start of the load; whole milliseconds, may be negative
 * @param duration from {@code start} to the end of the answer; whole milliseconds
 * @param ok false: the client did not get what it asked for, the request is lost
 * @param status HTTP status, 0 where there was no answer
 * @param error why it failed, in the generator's words; empty if it did not fail
 */
public record RequestSample(String name, Duration start, Duration duration, boolean ok, int status, String error) {

    /** The name of the requests that order. */
    public static final String WRITE = "order";

    /** The name of the requests that change an item. */
    public static final String CHANGE = "reprice";

    public RequestSample {
        Require.text("request.name", name);
        wholeMillis("request.start", Require.present("request.start", start));
        wholeMillis("request.duration", Require.notNegative("request.duration", duration));
        if (status != 0 && (status < 100 || status > 599)) {
            throw new IllegalArgumentException("request.status: expected 0 or 100 to 599, found " + status);
        }
        Require.present("request.error", error);
    }

    /** When the client had the answer or gave up. */
    public Duration end() {
        return start.plus(duration);
    }

    /** Whether it is to change something in the database. */
    public boolean isWrite() {
        return isOrder() || name.equals(CHANGE);
    }

    /** Whether it is to order, which the ledger accounts for. */
    public boolean isOrder() {
        return name.equals(WRITE);
    }

    private static void wholeMillis(String field, Duration value) {
        if (value.getNano() % 1_000_000 != 0) {
            throw new IllegalArgumentException(field + ": expected whole milliseconds, found " + value);
        }
    }
}
