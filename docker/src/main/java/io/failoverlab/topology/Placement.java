package io.failoverlab.topology;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Gives every node its interfaces and fixed addresses. The same nodes in the same order get the same addresses; none is
 * given twice, and none that the subnet reserves.
 */
final class Placement {
    private static final int BALANCER_IN_PUBLIC = 10;
    private static final int BALANCER_IN_WEB = 5;
    private static final int PRIMARY = 10;
    private static final int REPLICA = 30;
    private static final int RESTORED = 50;
    private static final int WEB_IN_DB = 100;

    private final List<Subnet> subnets;
    private final Set<Ipv4> taken = new TreeSet<>();
    private final Set<String> dbSubnets = new TreeSet<>();

    Placement(List<Subnet> subnets) {
        this.subnets = subnets;
    }

    /** Keeps an address for whoever asks for it by name. */
    void reserve(Ipv4 address) {
        taken.add(address);
    }

    /** Takes over a node that has its addresses already. */
    void keep(Node node) {
        for (NetworkInterface placed : node.interfaces()) {
            taken.add(placed.address());
            if (node.tier() == Tier.DB) {
                dbSubnets.add(placed.subnet());
            }
        }
    }

    List<NetworkInterface> balancer(String name) {
        List<NetworkInterface> interfaces = new ArrayList<>();
        of(Tier.ELB).forEach(it -> interfaces.add(next(it, BALANCER_IN_PUBLIC, name)));
        of(Tier.WEB).forEach(it -> interfaces.add(next(it, BALANCER_IN_WEB, name)));
        return interfaces;
    }

    List<NetworkInterface> database(String name, Zone zone, Optional<Ipv4> address) {
        NetworkInterface primary = primary(Tier.DB, name, zone, address);
        dbSubnets.add(primary.subnet());
        return List.of(primary);
    }

    /** In its own subnet first, then in every other one of databases: its source may come to be in any of them. */
    List<NetworkInterface> replica(String name, Zone zone, Optional<Ipv4> address) {
        List<NetworkInterface> interfaces = new ArrayList<>();
        of(Tier.DB).forEach(subnet -> {
            boolean home = subnet.zone().equals(zone);
            NetworkInterface placed = address.filter(it -> home)
                    .map(it -> new NetworkInterface(subnet.name(), it))
                    .orElseGet(() -> next(subnet, REPLICA, name));
            interfaces.add(home ? 0 : interfaces.size(), placed);
            dbSubnets.add(subnet.name());
        });
        return interfaces;
    }

    /** Out of the way of a standby that may come. */
    List<NetworkInterface> restored(String name, String subnet) {
        return List.of(next(
                of(Tier.DB).filter(it -> it.name().equals(subnet)).findFirst().orElseThrow(), RESTORED, name));
    }

    /**
     * The interface that the other server of a Multi-AZ database has in this one's subnet.
     *
     * @param subnet of the one
     */
    NetworkInterface peer(String name, String subnet) {
        return next(
                of(Tier.DB).filter(it -> it.name().equals(subnet)).findFirst().orElseThrow(), PRIMARY + 1, name);
    }

    /** The interfaces of a running web server, with those in database subnets that it does not have yet. */
    List<NetworkInterface> webWithAll(Instance web) {
        List<NetworkInterface> interfaces = new ArrayList<>(web.interfaces());
        for (Subnet subnet : subnets) {
            if (dbSubnets.contains(subnet.name())
                    && web.addressIn(subnet.name()).isEmpty()) {
                interfaces.add(next(subnet, WEB_IN_DB, web.name()));
            }
        }
        return interfaces;
    }

    /** Call it after the databases are placed. */
    List<NetworkInterface> web(String name, Zone zone, Optional<Ipv4> address) {
        List<NetworkInterface> interfaces = new ArrayList<>();
        interfaces.add(primary(Tier.WEB, name, zone, address));
        for (Subnet subnet : subnets) {
            if (dbSubnets.contains(subnet.name())) {
                interfaces.add(next(subnet, WEB_IN_DB, name));
            }
        }
        return interfaces;
    }

    private NetworkInterface primary(Tier tier, String name, Zone zone, Optional<Ipv4> address) {
        Subnet subnet = of(tier).filter(it -> it.zone().equals(zone))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "expected a %s subnet in zone %s, found none".formatted(tier.label(), zone.letter())));
        return address.map(it -> new NetworkInterface(subnet.name(), it)).orElseGet(() -> next(subnet, PRIMARY, name));
    }

    private Stream<Subnet> of(Tier tier) {
        return subnets.stream().filter(it -> it.tier() == tier);
    }

    /** The first free address from the offset on, then from the start of the subnet. */
    private NetworkInterface next(Subnet subnet, int offset, String name) {
        Ipv4 preferred = subnet.cidr().network().plus(offset);
        Ipv4 start = preferred.compareTo(subnet.lastUsable()) <= 0 ? preferred : subnet.firstUsable();
        Ipv4 address = free(start, subnet.lastUsable())
                .or(() -> free(subnet.firstUsable(), start))
                .orElseThrow(() -> full(subnet, name));
        taken.add(address);
        return new NetworkInterface(subnet.name(), address);
    }

    private Optional<Ipv4> free(Ipv4 from, Ipv4 to) {
        for (Ipv4 address = from; address.compareTo(to) <= 0; address = address.plus(1)) {
            if (!taken.contains(address)) {
                return Optional.of(address);
            }
        }
        return Optional.empty();
    }

    private static InvalidTopology full(Subnet subnet, String name) {
        String expected = "at most %d addresses in %s %s (%d less the %d that AWS reserves)"
                .formatted(
                        subnet.capacity(),
                        subnet.name(),
                        subnet.cidr(),
                        subnet.cidr().size(),
                        subnet.cidr().size() - subnet.capacity());
        String found = "one more for " + name;
        String hint = "take fewer web servers or a larger subnet";
        return new InvalidTopology(
                List.of(new Violation(List.of("web.count", "subnets." + subnet.name()), expected, found, hint)));
    }
}
