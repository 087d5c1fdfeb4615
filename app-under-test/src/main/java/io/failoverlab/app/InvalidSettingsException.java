package io.failoverlab.app;

import java.util.List;

/** The environment does not describe a shop; the message has a line for every problem found. */
final class InvalidSettingsException extends Exception {
    private static final long serialVersionUID = 1;

    InvalidSettingsException(List<String> problems) {
        super(String.join("\n", problems));
    }
}
