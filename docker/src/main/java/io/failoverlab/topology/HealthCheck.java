package io.failoverlab.topology;

import io.failoverlab.document.DurationText;
import java.time.Duration;

/**
 * How the load balancer finds out whether a target can serve. Thresholds, time-out and longest interval have the ranges
 * of an Application Load Balancer (ELB guide, "Health checks for your target groups"); the interval may be shorter than
 * AWS's 5 s, so that a rehearsal need not take minutes.
 *
 * @param path begins with a slash
 * @param interval 100 ms to 300 s
 * @param timeout 50 ms to 120 s, and shorter than the interval
 * @param healthyThreshold passes in a row until an unhealthy target is healthy, 2 to 10
 * @param unhealthyThreshold failures in a row until a healthy target is unhealthy, 2 to 10
 * @param matcher the HTTP status that is a pass, 200 to 499
 */
public record HealthCheck(
        String path, Duration interval, Duration timeout, int healthyThreshold, int unhealthyThreshold, int matcher) {

    static final Duration MIN_INTERVAL = Duration.ofMillis(100);
    static final Duration MAX_INTERVAL = Duration.ofSeconds(300);
    static final Duration MIN_TIMEOUT = Duration.ofMillis(50);
    static final Duration MAX_TIMEOUT = Duration.ofSeconds(120);
    static final int MIN_THRESHOLD = 2;
    static final int MAX_THRESHOLD = 10;
    static final int MIN_MATCHER = 200;
    static final int MAX_MATCHER = 499;
    static final String PATH_FORM = "a path such as /healthz";

    /** What an Application Load Balancer does unless told otherwise. */
    public static final HealthCheck ELB_DEFAULT =
            new HealthCheck("/", Duration.ofSeconds(30), Duration.ofSeconds(5), 5, 2, 200);

    static final HealthCheck LAB_DEFAULT =
            new HealthCheck("/healthz", Duration.ofSeconds(1), Duration.ofMillis(500), 2, 2, 200);

    public HealthCheck {
        requirePath(path);
        requireWithin("interval", interval, MIN_INTERVAL, MAX_INTERVAL);
        requireWithin("timeout", timeout, MIN_TIMEOUT, MAX_TIMEOUT);
        if (timeout.compareTo(interval) >= 0) {
            throw new IllegalArgumentException("expected a timeout below the interval of %s, found %s"
                    .formatted(DurationText.print(interval), DurationText.print(timeout)));
        }
        requireWithin("healthyThreshold", healthyThreshold, MIN_THRESHOLD, MAX_THRESHOLD);
        requireWithin("unhealthyThreshold", unhealthyThreshold, MIN_THRESHOLD, MAX_THRESHOLD);
        requireWithin("matcher", matcher, MIN_MATCHER, MAX_MATCHER);
    }

    static String requirePath(String path) {
        if (!path.matches("/[!-~]{0,1023}")) {
            throw new IllegalArgumentException("expected " + PATH_FORM + ", found '" + path + "'");
        }
        return path;
    }

    private static void requireWithin(String what, Duration found, Duration min, Duration max) {
        if (found.compareTo(min) < 0 || found.compareTo(max) > 0) {
            throw new IllegalArgumentException("expected %s of %s to %s, found %s"
                    .formatted(what, DurationText.print(min), DurationText.print(max), DurationText.print(found)));
        }
    }

    private static void requireWithin(String what, int found, int min, int max) {
        if (found < min || found > max) {
            throw new IllegalArgumentException("expected %s of %d to %d, found %d".formatted(what, min, max, found));
        }
    }

    @Override
    public String toString() {
        return "GET %s every %s, timeout %s, healthy after %d, unhealthy after %d, matcher %d"
                .formatted(
                        path,
                        DurationText.print(interval),
                        DurationText.print(timeout),
                        healthyThreshold,
                        unhealthyThreshold,
                        matcher);
    }
}
