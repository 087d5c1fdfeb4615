package io.failoverlab.topology;

import io.failoverlab.document.DurationText;
import io.failoverlab.document.Field;
import io.failoverlab.document.Section;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Reads the section {@code load-balancer} of a topology. */
final class LoadBalancerReader {
    private static final int DEFAULT_PORT = 8080;
    private static final String NOT_BY_TCP = "a network balancer passes connections on and reads no requests";

    private final Section section;

    LoadBalancerReader(Section section) {
        this.section = section;
    }

    LoadBalancer read(String name, List<NetworkInterface> interfaces) {
        BalancerType type = section.oneOf("type", BalancerType.class).orElse(BalancerType.APPLICATION);
        Scheme scheme = section.oneOf("scheme", Scheme.class).orElse(Scheme.INTERNET_FACING);
        int port = section.integer("listener-port", 0, LoadBalancer.MAX_PORT).orElse(DEFAULT_PORT);
        Balancing balancing = section.oneOf("balancing", Balancing.class).orElse(Balancing.TUNED);
        Forwarding forwarding = forwarding(type);
        TargetGroupAttributes targetGroup = targetGroup(type);
        HealthCheck check = healthCheck(section.section("health-check"), type);
        section.rejectUnknownKeys();
        return new LoadBalancer(
                name, type, scheme, port, balancing, Timing.LAB, forwarding, targetGroup, check, interfaces);
    }

    private Forwarding forwarding(BalancerType type) {
        Forwarding standard = Forwarding.LAB_DEFAULT;
        Field<Retry> retry = section.oneOf("retry", Retry.class);
        Duration connect = section.duration("connect-timeout", Forwarding.MIN, Forwarding.MAX_CONNECT)
                .orElse(standard.connectTimeout());
        Field<Duration> perTry = section.duration("per-try-timeout", Forwarding.MIN, Forwarding.MAX);
        Field<Duration> idle = section.duration("idle-timeout", Forwarding.MIN, Forwarding.MAX);
        if (type == BalancerType.NETWORK) {
            retry.value()
                    .filter(it -> it != Retry.NONE)
                    .ifPresent(it -> retry.reject("retry none with type network", word(it), NOT_BY_TCP));
            rejectIf(perTry.present(), perTry, "no per-try-timeout with type network");
            rejectIf(idle.present(), idle, "no idle-timeout with type network");
            return Forwarding.ofNetwork(connect);
        }
        Duration idleUsed = idle.orElse(longer(standard.idleTimeout(), perTry.orElse(standard.perTryTimeout())));
        Duration perTryUsed = perTry.orElse(shorter(standard.perTryTimeout(), idleUsed));
        if (perTryUsed.compareTo(idleUsed) > 0) {
            perTry.reject(
                    "a per-try-timeout of at most the idle-timeout of " + DurationText.print(idleUsed),
                    DurationText.print(perTryUsed),
                    "");
            perTryUsed = idleUsed;
        }
        return new Forwarding(retry.orElse(standard.retry()), connect, perTryUsed, idleUsed);
    }

    private TargetGroupAttributes targetGroup(BalancerType type) {
        TargetGroupAttributes standard = TargetGroupAttributes.LAB_DEFAULT;
        Field<Algorithm> algorithm = section.oneOf("algorithm", Algorithm.class);
        // On by default for an Application Load Balancer only (ELB guides: "Cross-zone load balancing").
        boolean crossZone = section.flag("cross-zone").orElse(type == BalancerType.APPLICATION);
        Duration delay = section.duration("deregistration-delay", Duration.ZERO, TargetGroupAttributes.MAX_DELAY)
                .orElse(standard.deregistrationDelay());
        Field<Duration> slowStart = section.duration("slow-start", Duration.ZERO, TargetGroupAttributes.MAX_SLOW_START);
        Field<Duration> stickiness = section.duration(
                "stickiness", TargetGroupAttributes.MIN_STICKINESS, TargetGroupAttributes.MAX_STICKINESS);
        boolean rising = !slowStart.orElse(Duration.ZERO).isZero();
        boolean least = algorithm.orElse(Algorithm.ROUND_ROBIN) == Algorithm.LEAST_OUTSTANDING_REQUESTS;
        if (type == BalancerType.NETWORK) {
            rejectIf(least, algorithm, "round-robin with type network");
            rejectIf(rising, slowStart, "no slow-start with type network");
            rejectIf(stickiness.present(), stickiness, "no stickiness with type network");
            return new TargetGroupAttributes(Algorithm.ROUND_ROBIN, crossZone, delay, Duration.ZERO, Optional.empty());
        }
        if (rising && least) {
            slowStart.reject(
                    "no slow-start with least-outstanding-requests",
                    DurationText.print(slowStart.get()),
                    "as on AWS the two exclude each other");
            rising = false;
        }
        return new TargetGroupAttributes(
                algorithm.orElse(standard.algorithm()),
                crossZone,
                delay,
                rising ? slowStart.get() : Duration.ZERO,
                stickiness.value());
    }

    private static void rejectIf(boolean wrong, Field<?> field, String expected) {
        if (wrong && field.sound()) {
            Object found = field.get();
            field.reject(
                    expected,
                    switch (found) {
                        case Duration it -> DurationText.print(it);
                        case Enum<?> it -> word(it);
                        default -> found.toString();
                    },
                    NOT_BY_TCP);
        }
    }

    private static HealthCheck healthCheck(Section section, BalancerType type) {
        HealthCheck standard = HealthCheck.LAB_DEFAULT;
        boolean tcp =
                section.oneOf("protocol", Map.of("http", false, "tcp", true)).orElse(type == BalancerType.NETWORK);
        OptionalInt port = section.integer("port", 1, HealthCheck.MAX_PORT).value().stream()
                .mapToInt(it -> it)
                .findFirst();
        HealthCheck.Question question = question(section, tcp);
        Field<Duration> interval = section.duration("interval", HealthCheck.MIN_INTERVAL, HealthCheck.MAX_INTERVAL);
        int healthy = threshold(section, "healthy-threshold").orElse(standard.healthyThreshold());
        int unhealthy = threshold(section, "unhealthy-threshold").orElse(standard.unhealthyThreshold());
        Duration timeout = timeout(section, interval);
        section.rejectUnknownKeys();
        return new HealthCheck(question, port, interval.orElse(standard.interval()), timeout, healthy, unhealthy);
    }

    private static HealthCheck.Question question(Section section, boolean tcp) {
        Field<String> path = section.parsed("path", HealthCheck.PATH_FORM, HealthCheck::requirePath);
        Field<CodeMatcher> matcher = section.parsed("matcher", CodeMatcher.FORM, CodeMatcher::parse);
        if (tcp) {
            String hint = "a connection that is accepted passes";
            path.value().ifPresent(it -> path.reject("no path with protocol tcp", it, hint));
            matcher.value().ifPresent(it -> matcher.reject("no matcher with protocol tcp", it.toString(), hint));
            return new HealthCheck.Question.Tcp();
        }
        return new HealthCheck.Question.Http(path.orElse("/healthz"), matcher.orElse(HealthCheck.OK));
    }

    private static Field<Integer> threshold(Section section, String key) {
        return section.integer(key, HealthCheck.MIN_THRESHOLD, HealthCheck.MAX_THRESHOLD);
    }

    private static Duration timeout(Section section, Field<Duration> interval) {
        Field<Duration> timeout = section.duration("timeout", HealthCheck.MIN_TIMEOUT, HealthCheck.MAX_TIMEOUT);
        Duration limit = interval.orElse(HealthCheck.LAB_DEFAULT.interval());
        Duration standard = shorter(HealthCheck.LAB_DEFAULT.timeout(), limit.dividedBy(2));
        if (timeout.orElse(standard).compareTo(limit) < 0) {
            return timeout.orElse(standard);
        }
        if (interval.sound()) {
            String expected = "a timeout below the interval of " + DurationText.print(limit);
            timeout.reject(expected, DurationText.print(timeout.get()), "");
        }
        return standard;
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? other : one;
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }
}
