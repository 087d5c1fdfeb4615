package io.failoverlab.notify;

import java.util.Optional;

/** The notifications that were saved with the state changes they tell of, and how far each receiver has got. */
public interface Outbox {
    /**
     * A notification.
     *
     * @param number greater than those of all earlier ones
     * @param body JSON
     */
    record Notification(long number, String body) {}

    /** Remembers a receiver. One that is new gets what happens from now on; one that is known continues where it was. */
    void register(String receiver);

    /** The oldest notification that the receiver has not got. */
    Optional<Notification> next(String receiver);

    void delivered(String receiver, long number);
}
