package io.failoverlab.topology;

import io.failoverlab.document.DurationText;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.time.Instant;
import java.util.OptionalInt;

/**
 * How the load balancer finds out whether a target can serve. Thresholds, time-out and longest interval have the ranges
 * of Elastic Load Balancing (ELB guide, "Health checks for your target groups"); interval and time-out may be shorter
 * than AWS's 5 s and 2 s, so that a rehearsal need not take minutes.
 *
 * @param question what is asked, and which answer passes
 * @param port to ask at, 1 to 65535; empty is ELB's {@code traffic-port}, the one that serves requests
 * @param interval 100 ms to 300 s
 * @param timeout 50 ms to 120 s, and shorter than the interval
 * @param healthyThreshold passes in a row until an unhealthy target is healthy, 2 to 10
 * @param unhealthyThreshold failures in a row until a healthy target is unhealthy, 2 to 10
 */
public record HealthCheck(
        Question question,
        OptionalInt port,
        Duration interval,
        Duration timeout,
        int healthyThreshold,
        int unhealthyThreshold) {

    /** What a check asks. */
    public sealed interface Question {
        /** The path must answer with one of the codes. */
        record Http(String path, CodeMatcher matcher) implements Question {
            public Http {
                requirePath(path);
            }
        }

        /** A connection must be accepted; who accepts it cannot be told. */
        record Tcp() implements Question {}
    }

    /** AWS: 5 s. */
    public static final Duration MIN_INTERVAL = Duration.ofMillis(100);

    public static final Duration MAX_INTERVAL = Duration.ofSeconds(300);
    /** AWS: 2 s. */
    public static final Duration MIN_TIMEOUT = Duration.ofMillis(50);

    public static final Duration MAX_TIMEOUT = Duration.ofSeconds(120);
    public static final int MIN_THRESHOLD = 2;
    public static final int MAX_THRESHOLD = 10;
    static final int MAX_PORT = 65_535;
    static final String PATH_FORM = "a path such as /healthz";
    static final CodeMatcher OK = CodeMatcher.parse("200");

    /** What an Application Load Balancer does unless told otherwise; see {@link #awsDefault} for the other type. */
    public static final HealthCheck ELB_DEFAULT = new HealthCheck(
            new Question.Http("/", OK), OptionalInt.empty(), Duration.ofSeconds(30), Duration.ofSeconds(5), 5, 2);

    static final HealthCheck LAB_DEFAULT = new HealthCheck(
            new Question.Http("/healthz", OK),
            OptionalInt.empty(),
            Duration.ofSeconds(1),
            Duration.ofMillis(500),
            2,
            2);

    public HealthCheck {
        if (port.isPresent() && (port.getAsInt() < 1 || port.getAsInt() > MAX_PORT)) {
            throw new IllegalArgumentException("expected a port from 1 to 65535, found " + port.getAsInt());
        }
        requireWithin("interval", interval, MIN_INTERVAL, MAX_INTERVAL);
        requireWithin("timeout", timeout, MIN_TIMEOUT, MAX_TIMEOUT);
        if (timeout.compareTo(interval) >= 0) {
            throw new IllegalArgumentException("expected a timeout below the interval of %s, found %s"
                    .formatted(DurationText.print(interval), DurationText.print(timeout)));
        }
        requireWithin("healthyThreshold", healthyThreshold);
        requireWithin("unhealthyThreshold", unhealthyThreshold);
    }

    /**
     * When a target is checked for the first time at or after a moment.
     *
     * @param first its first check; the others follow at the interval
     */
    public Instant nextAt(Instant first, Instant from) {
        long gone = Math.max(0, Duration.between(first, from).toNanos());
        long rounds = (gone + interval.toNanos() - 1) / interval.toNanos();
        return first.plus(interval.multipliedBy(rounds));
    }

    /**
     * The same check of another path.
     *
     * @throws IllegalArgumentException if it is none
     */
    public HealthCheck withPath(String path) {
        CodeMatcher matcher = question instanceof Question.Http http ? http.matcher() : OK;
        return new HealthCheck(
                new Question.Http(path, matcher), port, interval, timeout, healthyThreshold, unhealthyThreshold);
    }

    /** The same question at AWS's default clocks, divided by the scale. */
    HealthCheck withAwsClocks(BalancerType type, int scale) {
        HealthCheck aws = awsDefault(type);
        return new HealthCheck(
                question,
                port,
                aws.interval.dividedBy(scale),
                aws.timeout.dividedBy(scale),
                aws.healthyThreshold,
                aws.unhealthyThreshold);
    }

    /** The same question as a balancer of that type asks it unless told otherwise. */
    public HealthCheck awsDefault(BalancerType type) {
        return new HealthCheck(
                question,
                port,
                ELB_DEFAULT.interval,
                awsTimeout(type, question),
                ELB_DEFAULT.healthyThreshold,
                ELB_DEFAULT.unhealthyThreshold);
    }

    /** A Network Load Balancer gives a check more time (guide: "Health checks for Network Load Balancer target groups"). */
    private static Duration awsTimeout(BalancerType type, Question question) {
        return switch (question) {
            case Question.Http http ->
                switch (type) {
                    case APPLICATION -> ELB_DEFAULT.timeout;
                    case NETWORK -> Duration.ofSeconds(6);
                };
            case Question.Tcp tcp -> Duration.ofSeconds(10);
        };
    }

    static String requirePath(String path) {
        if (!path.matches("/[!-~]{0,1023}") || !isOfUri(path)) {
            throw new IllegalArgumentException("expected " + PATH_FORM + ", found '" + path + "'");
        }
        return path;
    }

    /** What is no URI cannot be asked for. */
    private static boolean isOfUri(String path) {
        try {
            new URI("http://target" + path);
            return true;
        } catch (URISyntaxException illegal) {
            return false;
        }
    }

    private static void requireWithin(String what, Duration found, Duration min, Duration max) {
        if (found.compareTo(min) < 0 || found.compareTo(max) > 0) {
            throw new IllegalArgumentException("expected %s of %s to %s, found %s"
                    .formatted(what, DurationText.print(min), DurationText.print(max), DurationText.print(found)));
        }
    }

    private static void requireWithin(String what, int found) {
        if (found < MIN_THRESHOLD || found > MAX_THRESHOLD) {
            throw new IllegalArgumentException(
                    "expected %s of %d to %d, found %d".formatted(what, MIN_THRESHOLD, MAX_THRESHOLD, found));
        }
    }

    @Override
    public String toString() {
        String where = port.isPresent() ? " at port " + port.getAsInt() : "";
        String clocks = " every %s, timeout %s, healthy after %d, unhealthy after %d"
                .formatted(
                        DurationText.print(interval),
                        DurationText.print(timeout),
                        healthyThreshold,
                        unhealthyThreshold);
        return switch (question) {
            case Question.Http http -> "GET " + http.path() + where + clocks + ", matcher " + http.matcher();
            case Question.Tcp tcp -> "TCP connect" + where + clocks;
        };
    }
}
