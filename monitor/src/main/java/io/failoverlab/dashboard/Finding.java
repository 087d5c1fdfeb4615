package io.failoverlab.dashboard;

/**
 * Something that is wrong with a dashboard's body.
 *
 * @param path where, as a JSON pointer; empty for the body itself
 */
public record Finding(Severity severity, String path, String message) {
    /** Whether the dashboard can be kept all the same. */
    public enum Severity {
        ERROR,
        WARNING
    }
}
