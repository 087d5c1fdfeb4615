package io.failoverlab.topology;

import java.util.List;

/**
 * The load balancer: an interface in every public subnet, where requests come in, and in every web subnet.
 *
 * @param listenerPort on 127.0.0.1, 1 to 65535; 0 takes a free one at the start
 */
public record LoadBalancer(
        String name,
        Scheme scheme,
        int listenerPort,
        Algorithm algorithm,
        Balancing balancing,
        HealthCheck healthCheck,
        List<NetworkInterface> interfaces)
        implements Node {

    static final int MAX_PORT = 65_535;

    public LoadBalancer {
        Names.require(name);
        if (listenerPort < 0 || listenerPort > MAX_PORT) {
            throw new IllegalArgumentException("expected a listener port from 0 to 65535, found " + listenerPort);
        }
        interfaces = Node.requireInterfaces(name, interfaces);
    }

    @Override
    public Tier tier() {
        return Tier.ELB;
    }

    public LoadBalancer withListenerPort(int other) {
        return new LoadBalancer(name, scheme, other, algorithm, balancing, healthCheck, interfaces);
    }

    public LoadBalancer withBalancing(Balancing other) {
        return new LoadBalancer(name, scheme, listenerPort, algorithm, other, healthCheck, interfaces);
    }

    public LoadBalancer withHealthCheck(HealthCheck other) {
        return new LoadBalancer(name, scheme, listenerPort, algorithm, balancing, other, interfaces);
    }

    LoadBalancer withInterfaces(List<NetworkInterface> others) {
        return new LoadBalancer(name, scheme, listenerPort, algorithm, balancing, healthCheck, others);
    }
}
