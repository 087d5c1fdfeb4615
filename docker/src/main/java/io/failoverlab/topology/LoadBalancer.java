package io.failoverlab.topology;

import java.time.Duration;
import java.util.List;

/**
 * The load balancer: an interface in every public subnet, where requests come in, and in every web subnet.
 *
 * @param listenerPort on 127.0.0.1, 1 to 65535; 0 takes a free one at the start
 * @param balancing whether nginx is told any of the rest, or left at its defaults
 * @param timing whose clocks are in the other values
 */
public record LoadBalancer(
        String name,
        BalancerType type,
        Scheme scheme,
        int listenerPort,
        Balancing balancing,
        Timing timing,
        Forwarding forwarding,
        TargetGroupAttributes targetGroup,
        HealthCheck healthCheck,
        List<NetworkInterface> interfaces)
        implements Node {

    static final int MAX_PORT = 65_535;

    public LoadBalancer {
        Names.require(name);
        if (listenerPort < 0 || listenerPort > MAX_PORT) {
            throw new IllegalArgumentException("expected a listener port from 0 to 65535, found " + listenerPort);
        }
        if (type == BalancerType.NETWORK) {
            requireOfNetwork(forwarding, targetGroup);
        }
        interfaces = Node.requireInterfaces(name, interfaces);
    }

    /** A connection cannot be repeated, nor carry a cookie, nor be counted as a request. */
    private static void requireOfNetwork(Forwarding forwarding, TargetGroupAttributes targetGroup) {
        boolean plain = forwarding.retry() == Retry.NONE
                && targetGroup.algorithm() == Algorithm.ROUND_ROBIN
                && targetGroup.slowStart().isZero()
                && targetGroup.stickiness().isEmpty();
        if (!plain) {
            throw new IllegalArgumentException("expected a network balancer with retry none, round robin, no slow start"
                    + " and no stickiness, found " + forwarding + " and " + targetGroup);
        }
    }

    @Override
    public Tier tier() {
        return Tier.ELB;
    }

    public LoadBalancer withListenerPort(int other) {
        return new LoadBalancer(
                name, type, scheme, other, balancing, timing, forwarding, targetGroup, healthCheck, interfaces);
    }

    public LoadBalancer withBalancing(Balancing other) {
        return new LoadBalancer(
                name, type, scheme, listenerPort, other, timing, forwarding, targetGroup, healthCheck, interfaces);
    }

    /** @throws IllegalArgumentException for a network balancer, unless it is {@link Retry#NONE} */
    public LoadBalancer withRetry(Retry other) {
        return withForwarding(forwarding.withRetry(other));
    }

    public LoadBalancer withForwarding(Forwarding other) {
        return new LoadBalancer(
                name, type, scheme, listenerPort, balancing, timing, other, targetGroup, healthCheck, interfaces);
    }

    public LoadBalancer withTargetGroup(TargetGroupAttributes other) {
        return new LoadBalancer(
                name, type, scheme, listenerPort, balancing, timing, forwarding, other, healthCheck, interfaces);
    }

    public LoadBalancer withHealthCheck(HealthCheck other) {
        return new LoadBalancer(
                name, type, scheme, listenerPort, balancing, timing, forwarding, targetGroup, other, interfaces);
    }

    /**
     * The same balancer by other clocks. AWS's replace what the topology says of health checks, delays and time-outs; the
     * lab's leave it as it is.
     */
    public LoadBalancer withTiming(Timing other) {
        return switch (other.clocks()) {
            case LAB -> this;
            case AWS -> withAwsClocks(other);
        };
    }

    private LoadBalancer withAwsClocks(Timing aws) {
        Duration delay = TargetGroupAttributes.AWS_DELAY.dividedBy(aws.scale());
        // A slow start is of AWS's size in the topology already, and off by default as there.
        Duration slowStart = targetGroup.slowStart().dividedBy(aws.scale());
        return new LoadBalancer(
                name,
                type,
                scheme,
                listenerPort,
                balancing,
                aws,
                forwarding.withAwsTimeouts(type),
                targetGroup.withDeregistrationDelay(delay).withSlowStart(slowStart),
                healthCheck.withAwsClocks(type, aws.scale()),
                interfaces);
    }

    LoadBalancer withInterfaces(List<NetworkInterface> others) {
        return new LoadBalancer(
                name, type, scheme, listenerPort, balancing, timing, forwarding, targetGroup, healthCheck, others);
    }
}
