package io.failoverlab.watch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The monitor did not start, ended, or does not answer. */
public final class MonitorFailed extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private static final int LINES = 20;

    MonitorFailed(String message, Throwable cause) {
        super(message, cause);
    }

    static MonitorFailed withLog(String message, Path log) {
        return new MonitorFailed(message + "; its log ends:\n" + tail(log), null);
    }

    private static String tail(Path log) {
        try {
            List<String> lines = Files.readAllLines(log);
            return String.join("\n", lines.subList(Math.max(0, lines.size() - LINES), lines.size()));
        } catch (IOException unreadable) {
            return "(" + log + " cannot be read)";
        }
    }
}
