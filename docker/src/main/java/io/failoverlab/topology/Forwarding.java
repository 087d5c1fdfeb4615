package io.failoverlab.topology;

import io.failoverlab.document.DurationText;
import java.time.Duration;

/**
 * How a request is handed to a target, and how long it may take there. Real network time-outs: no time scale divides
 * them.
 *
 * @param retry what becomes of a request whose target fails
 * @param connectTimeout for a connection to a target, 10 ms to 75 s, which is nginx's own bound
 * @param perTryTimeout of silence after which a request that may be repeated goes to the next target, 10 ms to 4000 s;
 *     when every target was too slow once, they are asked again with the idle time-out
 * @param idleTimeout of silence after which a request fails, 10 ms to 4000 s, not below the former
 */
public record Forwarding(Retry retry, Duration connectTimeout, Duration perTryTimeout, Duration idleTimeout) {
    static final Duration MIN = Duration.ofMillis(10);
    static final Duration MAX_CONNECT = Duration.ofSeconds(75);
    /** The longest idle time-out of an Application Load Balancer. */
    public static final Duration MAX = Duration.ofSeconds(4000);

    static final Forwarding LAB_DEFAULT =
            new Forwarding(Retry.IDEMPOTENT, Duration.ofMillis(200), Duration.ofMillis(400), Duration.ofSeconds(4));

    /** An Application Load Balancer's (guide: "Troubleshoot your Application Load Balancers", HTTP 502 and 504). */
    public static final Forwarding ALB_DEFAULT =
            new Forwarding(Retry.ALB, Duration.ofSeconds(10), Duration.ofSeconds(60), Duration.ofSeconds(60));

    /** How long a Network Load Balancer keeps a TCP connection on which nothing is sent (guide: "Connection idle timeout"). */
    public static final Duration NETWORK_IDLE = Duration.ofSeconds(350);

    public Forwarding {
        requireWithin("connect time-out", connectTimeout, MAX_CONNECT);
        requireWithin("per-try time-out", perTryTimeout, MAX);
        requireWithin("idle time-out", idleTimeout, MAX);
        if (perTryTimeout.compareTo(idleTimeout) > 0) {
            throw new IllegalArgumentException(
                    "expected a per-try time-out of at most the idle time-out of %s, found %s"
                            .formatted(DurationText.print(idleTimeout), DurationText.print(perTryTimeout)));
        }
    }

    private static void requireWithin(String what, Duration found, Duration max) {
        if (found.compareTo(MIN) < 0 || found.compareTo(max) > 0) {
            throw new IllegalArgumentException("expected a %s of %s to %s, found %s"
                    .formatted(what, DurationText.print(MIN), DurationText.print(max), DurationText.print(found)));
        }
    }

    /** Of a network balancer, which has no requests to repeat or to wait for. */
    static Forwarding ofNetwork(Duration connectTimeout) {
        return new Forwarding(Retry.NONE, connectTimeout, NETWORK_IDLE, NETWORK_IDLE);
    }

    Forwarding withRetry(Retry other) {
        return new Forwarding(other, connectTimeout, perTryTimeout, idleTimeout);
    }

    /** The same policy with AWS's time-outs; a network balancer has none for connecting there, and keeps its own. */
    Forwarding withAwsTimeouts(BalancerType type) {
        return switch (type) {
            case APPLICATION -> ALB_DEFAULT.withRetry(retry);
            case NETWORK -> this;
        };
    }
}
