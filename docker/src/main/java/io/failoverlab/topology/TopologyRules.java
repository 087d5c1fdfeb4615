package io.failoverlab.topology;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The rules that need more than one part of a topology, in the order in which their violations are worth reading. */
final class TopologyRules {
    private final Cidr vpc;
    private final List<Zone> zones;
    private final List<Subnet> subnets;
    private final Map<String, Node> nodesByPath = new LinkedHashMap<>();
    private final List<Flow> flows;
    private final List<Violation> violations = new ArrayList<>();

    TopologyRules(
            Cidr vpc,
            List<Zone> zones,
            List<Subnet> subnets,
            LoadBalancer loadBalancer,
            List<Instance> web,
            List<DbInstance> databases,
            Optional<DbInstance> readReplica,
            List<Flow> flows) {
        this.vpc = vpc;
        this.zones = zones;
        this.subnets = subnets;
        this.flows = flows;
        nodesByPath.put("load-balancer", loadBalancer);
        for (int i = 0; i < web.size(); i++) {
            nodesByPath.put("web.instances[%d]".formatted(i), web.get(i));
        }
        for (int i = 0; i < databases.size(); i++) {
            nodesByPath.put(i == 0 ? "database" : "databases[%d]".formatted(i), databases.get(i));
        }
        readReplica.ifPresent(it -> nodesByPath.put("database.read-replica", it));
    }

    /** All of them; none if the topology is sound. */
    List<Violation> violations() {
        subnetsLieInTheVpc();
        subnetsDoNotOverlap();
        everyZoneHasASubnetOfEveryTier();
        namesAreUnique();
        primaryInterfacesAreAtHome();
        addressesLieInTheirSubnet();
        addressesAreUnique();
        tiersAreComplete();
        flowsHaveACommonSubnet();
        return violations;
    }

    private void subnetsLieInTheVpc() {
        for (Subnet subnet : subnets) {
            if (!vpc.contains(subnet.cidr())) {
                violate(
                        List.of(path(subnet), "vpc"),
                        "subnets inside the VPC " + vpc,
                        subnet.name() + " " + subnet.cidr(),
                        "");
            }
        }
    }

    private void subnetsDoNotOverlap() {
        for (int i = 0; i < subnets.size(); i++) {
            for (int j = 0; j < i; j++) {
                Subnet one = subnets.get(j);
                Subnet other = subnets.get(i);
                if (one.cidr().overlaps(other.cidr())) {
                    violate(
                            List.of(path(other), path(one), "vpc"),
                            "subnets without common addresses",
                            "%s %s and %s %s".formatted(one.name(), one.cidr(), other.name(), other.cidr()),
                            "");
                }
            }
        }
    }

    private void everyZoneHasASubnetOfEveryTier() {
        List<String> expected = new ArrayList<>();
        for (Tier tier : Tier.values()) {
            zones.forEach(zone -> expected.add(tier.label() + " in " + zone.azName()));
        }
        List<String> found = subnets.stream()
                .map(it -> it.tier().label() + " in " + it.zone().azName())
                .toList();
        List<String> missing =
                expected.stream().filter(it -> !found.contains(it)).toList();
        if (!missing.isEmpty()) {
            violate(List.of("subnets"), "one subnet per tier and zone", "none for " + missing, "");
        } else if (expected.size() != found.size()) {
            violate(List.of("subnets"), "one subnet per tier and zone: " + expected, found.toString(), "");
        }
    }

    private void namesAreUnique() {
        Map<String, String> pathByName = new HashMap<>();
        nodesByPath.forEach((path, node) -> {
            String namePath = path + (node instanceof DbInstance ? ".identifier" : ".name");
            String first = pathByName.putIfAbsent(node.name(), namePath);
            if (first != null) {
                violate(List.of(namePath, first), "each name once", "a second \"%s\"".formatted(node.name()), "");
            }
        });
    }

    private void primaryInterfacesAreAtHome() {
        nodesByPath.forEach((path, node) -> {
            List<String> home = subnets.stream()
                    .filter(it -> it.tier() == node.tier()
                            && zoneOf(node).map(it.zone()::equals).orElse(true))
                    .map(Subnet::name)
                    .toList();
            String found = node.primary().subnet();
            if (!home.contains(found)) {
                String expected = "the primary interface of %s in one of %s".formatted(node.name(), home);
                violate(List.of(path + ".zone"), expected, found, "");
            }
        });
    }

    /** Empty for what is in all of them. */
    private static Optional<Zone> zoneOf(Node node) {
        return switch (node) {
            case LoadBalancer everywhere -> Optional.empty();
            case Instance it -> Optional.of(it.zone());
            case DbInstance it -> Optional.of(it.zone());
        };
    }

    private void addressesLieInTheirSubnet() {
        nodesByPath.forEach((path, node) -> node.interfaces().forEach(placed -> {
            List<Subnet> named = subnets.stream()
                    .filter(it -> it.name().equals(placed.subnet()))
                    .toList();
            List<String> paths = List.of(path + ".address", path + ".zone", "subnets." + placed.subnet(), "vpc");
            if (named.isEmpty()) {
                violate(paths, "a subnet of the topology for " + node.name(), placed.subnet(), "");
            } else {
                addressLiesIn(named.getFirst(), node, placed.address(), paths);
            }
        }));
    }

    private void addressLiesIn(Subnet subnet, Node node, Ipv4 address, List<String> paths) {
        String usable = "an address of %s %s from %s to %s for %s"
                .formatted(subnet.name(), subnet.cidr(), subnet.firstUsable(), subnet.lastUsable(), node.name());
        if (!subnet.cidr().contains(address)) {
            violate(paths, usable, address.toString(), "it lies outside the subnet");
        } else if (subnet.reserves(address)) {
            String hint = "AWS reserves the first four addresses of a subnet and the last";
            violate(paths, usable, address.toString(), hint);
        }
    }

    private void addressesAreUnique() {
        Map<Ipv4, String> ownerPath = new HashMap<>();
        nodesByPath.forEach((path, node) -> node.interfaces().forEach(placed -> {
            String first = ownerPath.putIfAbsent(placed.address(), path);
            if (first != null) {
                violate(
                        List.of(path + ".address", first + ".address", "subnets." + placed.subnet()),
                        "each address once",
                        "%s for %s and %s"
                                .formatted(
                                        placed.address(), nodesByPath.get(first).name(), node.name()),
                        "");
            }
        }));
    }

    private void tiersAreComplete() {
        List<Zone> primaries = databaseZones(DbInstance.Role.PRIMARY);
        if (primaries.size() != 1) {
            violate(List.of("database"), "one primary database", primaries.size() + " of them", "");
        }
        List<Zone> standbys = databaseZones(DbInstance.Role.STANDBY);
        if (standbys.size() > 1 || primaries.containsAll(standbys) && !standbys.isEmpty()) {
            violate(
                    List.of("database"),
                    "at most one standby, in another zone than the primary",
                    standbys.stream().map(Zone::azName).toList().toString(),
                    "");
        }
    }

    private void flowsHaveACommonSubnet() {
        for (Flow flow : flows) {
            nodes().filter(it -> it.tier() == flow.from())
                    .forEach(from -> nodes().filter(
                                    to -> to != from && to.tier() == flow.to() && !haveCommonSubnet(from, to))
                            .forEach(to -> violate(
                                    List.of("web"),
                                    "a common subnet of %s and %s for %s".formatted(from.name(), to.name(), flow),
                                    "none",
                                    "")));
        }
    }

    private static boolean haveCommonSubnet(Node one, Node other) {
        return one.interfaces().stream()
                .anyMatch(it -> other.addressIn(it.subnet()).isPresent());
    }

    private List<Zone> databaseZones(DbInstance.Role role) {
        return nodes().filter(DbInstance.class::isInstance)
                .map(DbInstance.class::cast)
                .filter(it -> it.role() == role)
                .map(DbInstance::zone)
                .toList();
    }

    private Stream<Node> nodes() {
        return nodesByPath.values().stream();
    }

    private static String path(Subnet subnet) {
        return "subnets." + subnet.name();
    }

    private void violate(List<String> paths, String expected, String found, String hint) {
        violations.add(new Violation(paths, expected, found, hint));
    }
}
