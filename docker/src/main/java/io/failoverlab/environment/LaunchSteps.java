package io.failoverlab.environment;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * Where the time of a launch went.
 *
 * @param lost when the instance ended whose place it takes; empty if it takes nobody's
 * @param asked the launch was decided
 * @param processStarted its server was started
 * @param passed the first health check passed
 * @param served the balancer was seen serving it
 */
record LaunchSteps(
        String instance,
        Origin origin,
        Optional<Instant> lost,
        Instant asked,
        Instant processStarted,
        Instant passed,
        Instant served) {

    /** What there was of the instance when its launch was decided. */
    enum Origin {
        NOTHING("container and networks"),
        PREPARED("start in the container that was prepared"),
        STOPPED("start from the warm pool"),
        RUNNING("");

        private final String firstStep;

        Origin(String firstStep) {
            this.firstStep = firstStep;
        }
    }

    /** One line, in seconds. */
    @Override
    public String toString() {
        return instance + " in service after " + total() + ": " + steps();
    }

    private String total() {
        return lost.map(at -> seconds(at, served) + " from the loss").orElseGet(() -> seconds(asked, served));
    }

    private String steps() {
        String first = lost.map(at -> "event and decision " + seconds(at, asked) + ", ")
                .orElse("");
        return switch (origin) {
            case RUNNING -> first + "ran in the warm pool, first check passed " + seconds(asked, passed) + rest();
            case NOTHING, PREPARED, STOPPED ->
                first + origin.firstStep + " " + seconds(asked, processStarted)
                        + ", JVM and application until the first check passed " + seconds(processStarted, passed)
                        + rest();
        };
    }

    private String rest() {
        return ", balancer " + seconds(passed, served);
    }

    private static String seconds(Instant from, Instant to) {
        return String.format(Locale.ROOT, "%.2f s", Duration.between(from, to).toMillis() / 1e3);
    }
}
