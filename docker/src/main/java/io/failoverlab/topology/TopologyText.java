package io.failoverlab.topology;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Renders a topology as an indented list: zones with their subnets, then what runs in them. */
final class TopologyText {
    private TopologyText() {}

    static String of(Topology topology) {
        List<String> lines = new ArrayList<>();
        lines.add("%s: %s, VPC %s, 1 vCPU = %s cores"
                .formatted(
                        topology.name(),
                        topology.region(),
                        topology.vpc(),
                        topology.scale().coresPerVcpu()));
        for (Zone zone : topology.zones()) {
            lines.add("  zone %s".formatted(zone.azName()));
            topology.subnets().stream()
                    .filter(it -> it.zone().equals(zone))
                    .forEach(it -> lines.add("    %-9s %-14s %-8s %s"
                            .formatted(it.name(), it.cidr(), word(it.exposure()), members(topology, it))));
        }
        topology.nodes().forEach(node -> lines.add("  %-9s %s".formatted(node.name(), detail(topology, node))));
        topology.autoScaling().ifPresent(it -> lines.add("  group     " + it));
        lines.add("  allowed   "
                + topology.flows().stream().map(Flow::toString).collect(Collectors.joining(", "))
                + ", nothing else");
        return lines.stream().map(String::stripTrailing).collect(Collectors.joining("\n", "", "\n"));
    }

    private static String members(Topology topology, Subnet subnet) {
        return topology.nodes().stream()
                .flatMap(node -> node.addressIn(subnet.name()).stream().map(it -> node.name() + " " + it))
                .collect(Collectors.joining(", "));
    }

    private static String detail(Topology topology, Node node) {
        return switch (node) {
            case LoadBalancer it ->
                "127.0.0.1:%s, %s, %s, %s, retry %s, %s"
                        .formatted(
                                it.listenerPort() == 0 ? "any free port" : it.listenerPort(),
                                word(it.type()),
                                word(it.targetGroup().algorithm()),
                                word(it.balancing()),
                                word(it.forwarding().retry()),
                                it.healthCheck());
            case Instance it ->
                size(topology, it.type(), it.type().awsName())
                        + switch (it.monitoring()) {
                            case BASIC -> "";
                            case DETAILED -> ", detailed monitoring";
                        };
            case DbInstance it ->
                size(topology, it.type(), it.type().dbClass()) + ", " + word(it.role())
                        + (topology.hasStandby() && it.role() == DbInstance.Role.PRIMARY ? ", " + standby(it) : "");
        };
    }

    private static String standby(DbInstance primary) {
        return switch (primary.options().redundancy()) {
            case HOT -> "without a standby " + word(primary.semiSync());
            case WARM, COLD, COLD_SNAPSHOT ->
                "the standby is " + primary.options().redundancy().label();
        };
    }

    private static String size(Topology topology, InstanceType type, String name) {
        return "%s: %d vCPU = %s cores, %d GiB".formatted(name, type.vcpus(), topology.cores(type), type.memoryGib());
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
