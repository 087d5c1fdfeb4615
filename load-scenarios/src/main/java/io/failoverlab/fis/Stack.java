package io.failoverlab.fis;

import io.failoverlab.fault.PacketFilter;
import io.failoverlab.topology.DbInstance;
import io.failoverlab.topology.Instance;
import io.failoverlab.topology.Node;
import io.failoverlab.topology.Subnet;
import io.failoverlab.topology.Topology;
import io.failoverlab.topology.Zone;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What an experiment can hit in a stack whose parts all run: the targets of an experiment are chosen once, before its first
 * action.
 *
 * @param resources of all types
 * @param alarms names of the alarms that the stack has
 */
public record Stack(Topology topology, List<Resource> resources, List<String> alarms) {
    public Stack {
        resources = List.copyOf(resources);
        alarms = List.copyOf(alarms);
    }

    /**
     * One resource.
     *
     * @param name unique in its type
     * @param zone Availability Zone, such as {@code ap-northeast-1a}
     * @param attributes value by the path that a filter gives
     */
    public record Resource(ResourceType type, String name, String zone, Map<String, String> attributes) {
        public Resource {
            attributes = Map.copyOf(attributes);
        }
    }

    /** @param alarms names of the alarms that the stack gets */
    public static Stack of(Topology topology, List<String> alarms) {
        List<Resource> resources = new ArrayList<>();
        topology.web().stream()
                .sorted(Comparator.comparing(Instance::name))
                .map(Stack::instance)
                .forEach(resources::add);
        DbInstance primary = topology.primaryDatabase();
        String database = topology.databaseIdentifier();
        String zone = primary.zone().azName();
        resources.add(new Resource(ResourceType.DB, database, zone, Map.of("AvailabilityZone", zone)));
        if (topology.hasStandby()) {
            resources.add(new Resource(ResourceType.CLUSTER, database, zone, Map.of("AvailabilityZones", zone)));
        }
        topology.subnets().forEach(subnet -> resources.add(subnet(subnet)));
        return new Stack(topology, resources, alarms);
    }

    private static Resource instance(Instance web) {
        String zone = web.zone().azName();
        return new Resource(
                ResourceType.INSTANCE,
                web.name(),
                zone,
                Map.of(
                        "Placement.AvailabilityZone",
                        zone,
                        "State.Name",
                        "running",
                        "InstanceType",
                        web.type().awsName()));
    }

    private static Resource subnet(Subnet subnet) {
        String zone = subnet.zone().azName();
        return new Resource(ResourceType.SUBNET, subnet.name(), zone, Map.of("AvailabilityZone", zone));
    }

    List<Resource> ofType(ResourceType type) {
        return resources.stream().filter(it -> it.type() == type).toList();
    }

    Optional<Resource> find(ResourceType type, String name) {
        return ofType(type).stream().filter(it -> it.name().equals(name)).findFirst();
    }

    /** Instances and database servers with their own place in one of the subnets; the balancer is in all zones. */
    List<String> nodesIn(List<String> subnets) {
        return topology.zones().stream()
                .flatMap(zone -> topology.nodesIn(zone).stream())
                .filter(node -> subnets.contains(node.primary().subnet()))
                .map(Node::name)
                .toList();
    }

    /** Addresses of these instances and database servers, each with one in another zone that it speaks with. */
    List<PacketFilter.Pair> pairsAcrossZones(List<String> nodes) {
        List<PacketFilter.Pair> pairs = new ArrayList<>();
        for (Zone zone : topology.zones()) {
            for (Node node : topology.nodesIn(zone)) {
                if (nodes.contains(node.name())) {
                    topology.zones().stream()
                            .filter(other -> !other.equals(zone))
                            .flatMap(other -> topology.nodesIn(other).stream())
                            .forEach(other -> pairs.addAll(pairs(node, other)));
                }
            }
        }
        return pairs;
    }

    /** What is not in the same subnet has no way to the other. */
    private static List<PacketFilter.Pair> pairs(Node node, Node other) {
        return node.interfaces().stream()
                .flatMap(own -> other.addressIn(own.subnet()).stream()
                        .map(address -> new PacketFilter.Pair(own.address().toString(), address.toString())))
                .toList();
    }

    /** The zone of which these are all the instances. */
    Optional<Zone> zoneOf(List<String> nodes) {
        return topology.zones().stream()
                .filter(zone -> !nodes.isEmpty()
                        && topology.nodesIn(zone).stream()
                                .map(Node::name)
                                .sorted()
                                .toList()
                                .equals(nodes.stream().sorted().toList()))
                .findFirst();
    }
}
