package io.failoverlab.notify;

import java.io.IOException;

/** Somebody outside the monitor who is told of alarms. */
public interface Receiver {
    /** Under which it is remembered how far it has got; two receivers have two names. */
    String name();

    /**
     * Returns when the receiver has taken the message; gives up by itself on one that does not answer.
     *
     * @param message JSON
     * @throws IOException if it did not take it, for whatever reason
     */
    void deliver(String message) throws IOException;
}
