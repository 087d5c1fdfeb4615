package io.failoverlab.topology;

import java.util.List;
import java.util.Optional;

/** What has interfaces in subnets. */
public sealed interface Node permits LoadBalancer, Instance, DbInstance {
    /** Unique in a topology; also the host name. */
    String name();

    Tier tier();

    /** At least one; the primary one first. */
    List<NetworkInterface> interfaces();

    /** The interface in the node's own subnet. */
    default NetworkInterface primary() {
        return interfaces().getFirst();
    }

    /** The address in that subnet, if the node has an interface there. */
    default Optional<Ipv4> addressIn(String subnet) {
        return interfaces().stream()
                .filter(it -> it.subnet().equals(subnet))
                .map(NetworkInterface::address)
                .findFirst();
    }

    /** For the constructors of the nodes: a copy that no one else can change. */
    static List<NetworkInterface> requireInterfaces(String name, List<NetworkInterface> interfaces) {
        if (interfaces.isEmpty()) {
            throw new IllegalArgumentException("expected at least one interface for " + name + ", found none");
        }
        return List.copyOf(interfaces);
    }
}
