/**
 * What the monitor knows right now, pushed to whoever watches: one message per finished second, per event and per alarm change.
 * Read {@link io.failoverlab.live.LiveFeed} first.
 */
package io.failoverlab.live;
