package io.failoverlab.autoscaling;

import io.failoverlab.topology.Zone;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * Keeps failing launches from becoming a storm: after each failure in a row a zone is left alone for twice as long, and
 * then gets one launch at a time until one has settled.
 */
final class LaunchBackoff {
    /** Six doublings: a minute by the lab's clocks, an hour by AWS's. */
    private static final int MAX_DOUBLINGS = 6;

    private final Duration pause;
    private final Map<Zone, Failures> byZone = new HashMap<>();

    private record Failures(int count, Instant until) {}

    LaunchBackoff(Duration pause) {
        this.pause = pause;
    }

    void failed(Zone zone, Instant now) {
        int count = byZone.containsKey(zone) ? byZone.get(zone).count() + 1 : 1;
        byZone.put(zone, new Failures(count, now.plus(waitAfter(count, pause))));
    }

    /** @param failures in a row, 1 or more */
    static Duration waitAfter(int failures, Duration pause) {
        return pause.multipliedBy(1L << Math.min(failures - 1, MAX_DOUBLINGS));
    }

    void succeeded(Zone zone) {
        byZone.remove(zone);
    }

    /** @param underWay launches in the zone that have not settled */
    boolean allows(Zone zone, int underWay, Instant now) {
        Failures failures = byZone.get(zone);
        return failures == null || underWay == 0 && !now.isBefore(failures.until());
    }

    boolean isTroubled(Zone zone) {
        return byZone.containsKey(zone);
    }
}
