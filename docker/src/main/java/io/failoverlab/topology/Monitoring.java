package io.failoverlab.topology;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How often EC2 publishes an instance's metrics (EC2 User Guide, "Basic monitoring and detailed monitoring"). Status checks
 * are published every minute with either.
 */
public enum Monitoring {
    /** EC2's default. */
    BASIC(Duration.ofMinutes(5)),
    /** With charges on AWS; also published for all instances of a type and of an image together. */
    DETAILED(Duration.ofMinutes(1));

    private final Duration every;

    Monitoring(Duration every) {
        this.every = every;
    }

    public Duration every() {
        return every;
    }

    static Map<String, Monitoring> named() {
        Map<String, Monitoring> named = new LinkedHashMap<>();
        named.put("basic", BASIC);
        named.put("detailed", DETAILED);
        return named;
    }
}
