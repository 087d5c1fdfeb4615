package io.failoverlab.comparison;

import io.failoverlab.topology.Node;
import io.failoverlab.topology.Topology;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * How parts make up a service: in series every one must be up, in parallel one is enough. The formulas are those of the AWS
 * whitepaper "Availability and Beyond": the product of availabilities in series, one less the product of unavailabilities in
 * parallel. They take parts to fail independently, and failing over to cost no time.
 */
public sealed interface Structure {

    /** The share of the time that it is up, 0 to 1, from that of its parts. */
    double availability(StatedAvailability stated);

    /** Whether it is up while those parts are down. */
    boolean up(Set<String> down);

    /** As a formula: {@code lb × (web-1a ∥ web-1c) × db-1}. */
    String formula();

    /** One part. */
    record Part(Node node) implements Structure {
        @Override
        public double availability(StatedAvailability stated) {
            return stated.of(node);
        }

        @Override
        public boolean up(Set<String> down) {
            return !down.contains(node.name());
        }

        @Override
        public String formula() {
            return node.name();
        }
    }

    record Series(List<Structure> parts) implements Structure {
        public Series {
            parts = List.copyOf(parts);
        }

        @Override
        public double availability(StatedAvailability stated) {
            return parts.stream().mapToDouble(it -> it.availability(stated)).reduce(1, (a, b) -> a * b);
        }

        @Override
        public boolean up(Set<String> down) {
            return parts.stream().allMatch(it -> it.up(down));
        }

        @Override
        public String formula() {
            return parts.stream().map(Structure::formula).collect(Collectors.joining(" × "));
        }
    }

    record Parallel(List<Structure> parts) implements Structure {
        public Parallel {
            parts = List.copyOf(parts);
            if (parts.isEmpty()) {
                throw new IllegalArgumentException("expected at least one part, found none");
            }
        }

        @Override
        public double availability(StatedAvailability stated) {
            return 1
                    - parts.stream()
                            .mapToDouble(it -> 1 - it.availability(stated))
                            .reduce(1, (a, b) -> a * b);
        }

        @Override
        public boolean up(Set<String> down) {
            return parts.stream().anyMatch(it -> it.up(down));
        }

        @Override
        public String formula() {
            String inside = parts.stream().map(Structure::formula).collect(Collectors.joining(" ∥ "));
            return parts.size() == 1 ? inside : "(" + inside + ")";
        }
    }

    /** Balancer, one of the web servers, one of the databases that can take the primary's place. */
    static Structure of(Topology topology) {
        return new Series(List.of(
                new Part(topology.loadBalancer()),
                new Parallel(topology.web().stream().<Structure>map(Part::new).toList()),
                new Parallel(
                        topology.databases().stream().<Structure>map(Part::new).toList())));
    }
}
