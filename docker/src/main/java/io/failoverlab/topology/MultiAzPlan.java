package io.failoverlab.topology;

import io.failoverlab.document.InvalidInput;
import io.failoverlab.document.Problem;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What Multi-AZ changes in a topology: a second server in another zone, and who has the role of the primary. */
final class MultiAzPlan {
    private MultiAzPlan() {}

    /** The primary with an interface in the standby's subnet as well, and the standby with the next name: db-2 for db-1. */
    static List<DbInstance> pair(DbInstance primary, Zone zone, Placement placement) {
        String name = nextName(primary.identifier());
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

    private static String nextName(String identifier) {
        return identifier.endsWith("-1") ? identifier.substring(0, identifier.length() - 1) + "2" : identifier + "-2";
    }

    /** @throws InvalidInput if it has a standby, or only one zone, or a subnet is full */
    static Topology withStandby(Topology topology, SemiSync semiSync) {
        if (topology.databases().size() > 1) {
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
                        topology.name(), "two zones", "zone " + primary.zone().letter() + " alone", "")));
        Placement placement = new Placement(topology.subnets());
        topology.nodes().forEach(placement::keep);
        try {
            List<DbInstance> pair = pair(primary, zone, placement);
            List<Instance> web = topology.web().stream()
                    .map(it -> it.withInterfaces(placement.webWithAll(it)))
                    .toList();
            return topology.with(web, pair, Flow.MULTI_AZ);
        } catch (InvalidTopology full) {
            throw full.asInput(topology.name());
        }
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
