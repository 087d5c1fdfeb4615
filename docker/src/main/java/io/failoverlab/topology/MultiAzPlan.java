package io.failoverlab.topology;

import io.failoverlab.document.InvalidInput;
import io.failoverlab.document.Problem;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** What Multi-AZ changes in a topology: a second server in another zone, and who has the role of the primary. */
public final class MultiAzPlan {
    private MultiAzPlan() {}

    /** The primary with an interface in the standby's subnet as well, and the standby with the next name: db-2 for db-1. */
    static List<DbInstance> pair(DbInstance primary, Zone zone, Placement placement) {
        return pair(primary, nextName(primary.identifier(), Set.of()), zone, placement);
    }

    private static List<DbInstance> pair(DbInstance primary, String name, Zone zone, Placement placement) {
        NetworkInterface home = placement.database(name, zone, Optional.empty()).getFirst();
        NetworkInterface peer = placement.peer(name, primary.primary().subnet());
        DbInstance standby = new DbInstance(
                name,
                primary.type(),
                zone,
                DbInstance.Role.STANDBY,
                List.of(home, peer),
                primary.options(),
                primary.semiSync());
        DbInstance connected =
                primary.withInterfaces(List.of(primary.primary(), placement.peer(primary.identifier(), home.subnet())));
        return List.of(connected, standby);
    }

    private static String nextName(String identifier, Set<String> taken) {
        String stem = identifier.endsWith("-1") ? identifier.substring(0, identifier.length() - 1) : identifier + "-";
        return IntStream.iterate(2, number -> number + 1)
                .mapToObj(number -> stem + number)
                .filter(name -> !taken.contains(name))
                .findFirst()
                .orElseThrow();
    }

    /**
     * The same topology with a standby in another zone.
     *
     * @param others DB instances that are beside it, whose names and addresses are taken
     * @throws InvalidInput if it has one, or only one zone, or a subnet is full
     */
    public static Topology withStandby(Topology topology, SemiSync semiSync, List<DbInstance> others) {
        if (topology.hasStandby()) {
            throw new InvalidInput(Problem.of(
                    topology.name(), "a database without a standby", "Multi-AZ already", "there is nothing to change"));
        }
        DbInstance single = topology.databases().getFirst();
        DbInstance primary = new DbInstance(
                single.identifier(),
                single.type(),
                single.zone(),
                single.role(),
                single.interfaces(),
                single.options(),
                semiSync);
        Zone zone = topology.zones().stream()
                .filter(it -> !it.equals(primary.zone()))
                .findFirst()
                .orElseThrow(() -> new InvalidInput(Problem.of(
                        topology.name(),
                        "two zones, since a standby is in another one than its primary",
                        "zone " + primary.zone().letter() + " alone",
                        "`zones: [a, c]` in the topology gives it a second one")));
        Set<String> taken = Stream.concat(topology.nodes().stream(), others.stream())
                .map(Node::name)
                .collect(Collectors.toSet());
        Placement placement = new Placement(topology.subnets());
        topology.nodes().forEach(placement::keep);
        others.forEach(placement::keep);
        try {
            List<DbInstance> pair = pair(primary, nextName(primary.identifier(), taken), zone, placement);
            return topology.with(connected(topology, placement), pair, Flow.MULTI_AZ);
        } catch (InvalidTopology full) {
            throw full.asInput(topology.name());
        }
    }

    /** What there was before {@link #withStandby}, with the web servers that there are now. */
    public static Topology withoutStandby(Topology topology) {
        DbInstance primary = topology.primaryDatabase();
        Set<String> homes = Stream.concat(
                        Stream.of(primary.primary()),
                        topology.readReplica().stream().flatMap(it -> it.interfaces().stream()))
                .map(NetworkInterface::subnet)
                .collect(Collectors.toSet());
        List<Instance> web = topology.web().stream()
                .map(it -> it.withInterfaces(it.interfaces().stream()
                        .filter(place ->
                                topology.subnet(place.subnet()).tier() != Tier.DB || homes.contains(place.subnet()))
                        .toList()))
                .toList();
        return topology.with(
                web,
                List.of(primary.withInterfaces(List.of(primary.primary()))),
                ReplicaPlan.flows(topology.readReplica().isPresent()));
    }

    /**
     * The same topology with every web server in the subnet of every database: one whose launch was under way when the standby
     * came may lack an interface.
     *
     * @throws InvalidInput if a subnet is full
     */
    public static Topology connected(Topology topology) {
        Placement placement = new Placement(topology.subnets());
        topology.nodes().forEach(placement::keep);
        try {
            return topology.with(connected(topology, placement), topology.databases(), topology.flows());
        } catch (InvalidTopology full) {
            throw full.asInput(topology.name());
        }
    }

    private static List<Instance> connected(Topology topology, Placement placement) {
        return topology.web().stream()
                .map(it -> it.withInterfaces(placement.webWithAll(it)))
                .toList();
    }

    /** The roles as they are after a failover; the primary comes first. */
    static Topology withPrimary(Topology topology, String name) {
        List<DbInstance> databases = Stream.concat(
                        topology.databases().stream().filter(it -> it.name().equals(name)),
                        topology.databases().stream().filter(it -> !it.name().equals(name)))
                .map(it -> it.withRole(it.name().equals(name) ? DbInstance.Role.PRIMARY : DbInstance.Role.STANDBY))
                .toList();
        return topology.with(topology.web(), databases, topology.flows());
    }
}
