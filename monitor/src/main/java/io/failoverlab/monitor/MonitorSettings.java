package io.failoverlab.monitor;

import io.failoverlab.alarm.Timing;
import io.failoverlab.scrape.Target;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What a monitor is started with.
 *
 * @param port 0 for any free one
 * @param alarmCommands run by the shell for every notification
 * @param alarmFile alarms to define at start
 * @param targetFile more targets, in a file that may change
 * @param entrance where it is open, and to whom
 * @param lab the socket of the lab whose actions the page offers
 * @param runs the folder of finished runs that the page shows
 */
record MonitorSettings(
        int port,
        Path store,
        Timing timing,
        Optional<Path> targetFile,
        List<Target> targets,
        List<URI> webhooks,
        List<String> alarmCommands,
        Optional<Path> alarmFile,
        Entrance entrance,
        Optional<Path> lab,
        Optional<Path> runs) {
    MonitorSettings {
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("a port is between 0 and 65535, found " + port);
        }
        targets = List.copyOf(targets);
        webhooks = List.copyOf(webhooks);
        alarmCommands = List.copyOf(alarmCommands);
    }

    /** A monitor alone. */
    MonitorSettings(
            int port,
            Path store,
            Timing timing,
            Optional<Path> targetFile,
            List<Target> targets,
            List<URI> webhooks,
            List<String> alarmCommands,
            Optional<Path> alarmFile,
            Optional<AccessToken> token) {
        this(
                port,
                store,
                timing,
                targetFile,
                targets,
                webhooks,
                alarmCommands,
                alarmFile,
                Entrance.onLoopback(token),
                Optional.empty(),
                Optional.empty());
    }
}
