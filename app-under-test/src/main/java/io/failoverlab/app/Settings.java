package io.failoverlab.app;

import java.time.Duration;
import java.util.Optional;

/**
 * All that can be set from outside; see {@link SettingsParser} for keys, defaults and ranges.
 *
 * @param bind address to listen on
 * @param port TCP port, 0 takes a free one
 * @param instanceId EC2 instance id ({@code i-…}), sent as {@code X-Instance-Id}
 * @param availabilityZone AZ name ({@code ap-northeast-1a}), sent as {@code X-Availability-Zone}
 * @param database the writer endpoint
 * @param readerUrl JDBC URL of the reader endpoint, where the catalogue is read; empty reads it at the writer's
 * @param dnsTtlSeconds how long the JVM keeps an address under a name, -1 for ever; an answer of none is kept for 1 s
 * @param drain how long a stop may take until the last request in flight is given up
 */
record Settings(
        String bind,
        int port,
        String instanceId,
        String availabilityZone,
        DatabaseSettings database,
        Optional<String> readerUrl,
        int dnsTtlSeconds,
        Duration drain) {

    /** How to reach the reader endpoint; all but the URL is as for the writer's. */
    Optional<DatabaseSettings> reader() {
        return readerUrl.map(database::at);
    }
}
