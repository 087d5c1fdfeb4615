package io.failoverlab.scrape;

/** A line that is not of the text format; the message names line, position and what was expected. */
final class TextFormatException extends Exception {
    private static final long serialVersionUID = 1L;

    TextFormatException(String message) {
        super(message);
    }
}
