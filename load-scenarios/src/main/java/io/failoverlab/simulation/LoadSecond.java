package io.failoverlab.simulation;

import java.time.Instant;
import java.util.List;

/**
 * One second of load as the generator saw it, published soon after it is over, also when nothing happened.
 *
 * @param epochSecond the second, of the wall clock, in seconds since 1970
 * @param scheduled requests that were due in it
 * @param started requests that were started in it; fewer than scheduled, and more later, means that the generator itself
 *     was late, and its latencies hide the wait
 * @param judged false: the second lies, wholly or in part, in ramp or warm-up or after the end
 * @param requests the answers that came in it, by name; names without any are left out
 */
public record LoadSecond(long epochSecond, long scheduled, long started, boolean judged, List<RequestCount> requests)
        implements LoadEvent {

    public LoadSecond {
        requests = List.copyOf(requests);
    }

    public Instant at() {
        return Instant.ofEpochSecond(epochSecond);
    }

    public long ok() {
        return requests.stream().mapToLong(RequestCount::ok).sum();
    }

    public long ko() {
        return requests.stream().mapToLong(RequestCount::ko).sum();
    }
}
