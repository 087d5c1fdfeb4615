package io.failoverlab.live;

import java.util.List;
import java.util.function.Consumer;

/** A stream of what happens, for pages and terminals that watch; it may be read and subscribed to from any thread. */
public interface LiveFeed {
    /**
     * Calls {@code watcher} with every message from now on, one at a time and in order, on a thread of the feed. A watcher that
     * throws is dropped. A watcher should hand the message over rather than write to a slow socket itself: one that stays behind
     * by more than a few hundred messages is dropped, too.
     *
     * @return closing it ends the subscription; closing twice does no harm and never throws
     */
    Subscription subscribe(Consumer<LiveMessage> watcher);

    /**
     * What a page opened late needs to be complete: the ticks of the last five minutes, the recent events and the present state of
     * every alarm, each oldest first. To miss nothing subscribe before taking the snapshot; a message may then come twice, which
     * does no harm (a tick replaces the earlier tick of its second, an alarm message the earlier one of its alarm, and two equal
     * events are one).
     */
    List<LiveMessage> snapshot();

    /** A subscription that lasts until it is closed. */
    interface Subscription extends AutoCloseable {
        @Override
        void close();
    }
}
