package io.failoverlab.app;

import java.time.Duration;

/**
 * All that can be set from outside; see {@link SettingsParser} for keys, defaults and ranges.
 *
 * @param bind address to listen on
 * @param port TCP port, 0 takes a free one
 * @param instanceId EC2 instance id ({@code i-…}), sent as {@code X-Instance-Id}
 * @param availabilityZone AZ name ({@code ap-northeast-1a}), sent as {@code X-Availability-Zone}
 * @param drain how long a stop may take until the last request in flight is given up
 */
record Settings(
        String bind, int port, String instanceId, String availabilityZone, DatabaseSettings database, Duration drain) {}
