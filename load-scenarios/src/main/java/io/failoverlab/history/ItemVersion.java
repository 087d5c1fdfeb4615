package io.failoverlab.history;

import java.time.Duration;

/**
 * A version of an item that a client came to know: it read the item, or was told that it has changed it. Versions of an item
 * only go up, so who is given a lower one later is given what is old.
 *
 * @param version from 1 on
 * @param changed whether the client had changed the item itself
 * @param start when the request began, elapsed since the start of the load; whole milliseconds, may be negative
 * @param end when its answer was there; whole milliseconds
 */
public record ItemVersion(long item, long version, boolean changed, Duration start, Duration end) {
    public ItemVersion {
        if (item < 1 || version < 1) {
            throw new IllegalArgumentException(
                    "expected an item and a version from 1 on, found item " + item + " and version " + version);
        }
        Require.present("item.start", start);
        Require.notNegative("item.end after its start", end.minus(start));
    }
}
