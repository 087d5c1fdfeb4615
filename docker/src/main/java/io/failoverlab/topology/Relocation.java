package io.failoverlab.topology;

import io.failoverlab.document.InvalidInput;
import io.failoverlab.document.Problem;
import java.util.List;

/** Moves a topology to another block: every subnet and address keeps its distance to the first address. */
final class Relocation {
    private final long steps;

    private Relocation(long steps) {
        this.steps = steps;
    }

    /** @throws InvalidInput if the block is too small for the subnets, or not a private one */
    static Topology of(Topology topology, Cidr base) {
        long first = topology.vpc().network().value();
        long needed = topology.subnets().stream()
                        .mapToLong(it -> it.cidr().last().value())
                        .max()
                        .orElseThrow()
                - first
                + 1;
        if (!Topology.isVpc(base) || base.size() < needed) {
            String expected = "a private block (RFC 1918) of /16 to /28 with at least %d addresses".formatted(needed);
            throw new InvalidInput(
                    Problem.of(topology.name(), expected, "%s with %d".formatted(base, base.size()), ""));
        }
        return new Relocation(base.network().value() - first).move(topology, base);
    }

    private Topology move(Topology topology, Cidr base) {
        return new Topology(
                topology.name(),
                topology.region(),
                topology.scale(),
                base,
                topology.zones(),
                topology.subnets().stream().map(it -> it.plus(steps)).toList(),
                topology.loadBalancer().withInterfaces(moved(topology.loadBalancer())),
                topology.web().stream().map(it -> it.withInterfaces(moved(it))).toList(),
                topology.databases().stream()
                        .map(it -> it.withInterfaces(moved(it)))
                        .toList(),
                topology.readReplica().map(it -> it.withInterfaces(moved(it))),
                topology.flows(),
                topology.autoScaling());
    }

    private List<NetworkInterface> moved(Node node) {
        return node.interfaces().stream()
                .map(it -> new NetworkInterface(it.subnet(), it.address().plus(steps)))
                .toList();
    }
}
