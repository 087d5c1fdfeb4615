package io.failoverlab.history;

import java.io.IOException;

/** A stored history is not what this version writes; the message names the file, the line and what was expected. */
public final class UnreadableHistoryException extends IOException {
    private static final long serialVersionUID = 1L;

    UnreadableHistoryException(String message, Throwable cause) {
        super(message, cause);
    }
}
