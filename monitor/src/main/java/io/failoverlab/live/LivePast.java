package io.failoverlab.live;

import io.failoverlab.live.LiveMessage.Tick;
import java.time.Instant;
import java.util.List;

/** What the feed would have told earlier: a page that is opened, or loaded again, in the middle of a run shows the whole of it. */
@FunctionalInterface
public interface LivePast {
    /** Nobody keeps any. */
    static LivePast none() {
        return (from, to) -> List.of();
    }

    /**
     * The seconds that have data, oldest first.
     *
     * @param from a whole second, included
     * @param to a whole second, excluded
     */
    List<Tick> ticks(Instant from, Instant to);
}
