package io.failoverlab.environment;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/**
 * Where the time of a launch went.
 *
 * @param asked the launch was asked for
 * @param processStarted the engine had made the container, attached its networks and started its first process
 * @param passed the first health check passed
 * @param served the balancer was seen serving it
 */
public record LaunchSteps(String instance, Instant asked, Instant processStarted, Instant passed, Instant served) {
    /** From the question to being in service. */
    public Duration total() {
        return Duration.between(asked, served);
    }

    /** One line, in seconds. */
    @Override
    public String toString() {
        return "%s in service after %s s: container %s, JVM and application until the first passed check %s, balancer %s"
                .formatted(
                        instance,
                        seconds(asked, served),
                        seconds(asked, processStarted),
                        seconds(processStarted, passed),
                        seconds(passed, served));
    }

    private static String seconds(Instant from, Instant to) {
        return String.format(Locale.ROOT, "%.2f", Duration.between(from, to).toMillis() / 1e3);
    }
}
