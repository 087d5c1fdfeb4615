package io.failoverlab.api;

import java.util.List;

/** A file of alarms is wrong; the message has a line for everything that is. */
public final class AlarmFileException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    AlarmFileException(List<String> problems) {
        super(String.join("\n", problems));
    }
}
