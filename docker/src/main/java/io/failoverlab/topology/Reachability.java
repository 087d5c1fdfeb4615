package io.failoverlab.topology;

import java.util.List;

/** Who may connect to whom: allowed is what a flow allows and a common subnet makes possible. */
final class Reachability {
    private final Topology topology;
    private final List<Integer> ports;

    Reachability(Topology topology) {
        this.topology = topology;
        this.ports = topology.flows().stream().map(Flow::port).distinct().toList();
    }

    List<Probe> probes() {
        return topology.nodes().stream()
                .flatMap(from -> topology.nodes().stream()
                        .filter(to -> to != from)
                        .flatMap(to -> to.interfaces().stream()
                                .flatMap(placed -> ports.stream().map(port -> probe(from, to, placed, port)))))
                .toList();
    }

    /** A row for each node that connects, a column for each node and port that is connected to. */
    String table() {
        StringBuilder table = new StringBuilder("%-10s".formatted("from \\ to"));
        topology.nodes().forEach(to -> ports.forEach(port -> table.append(cell(to.name() + ":" + port))));
        for (Node from : topology.nodes()) {
            table.append('\n').append("%-10s".formatted(from.name()));
            topology.nodes().forEach(to -> ports.forEach(port -> table.append(cell(mark(from, to, port)))));
        }
        return table.append('\n').toString();
    }

    private String mark(Node from, Node to, int port) {
        if (from == to) {
            return ".";
        }
        return allows(from, to, port) ? "yes" : "no";
    }

    boolean allows(Node from, Node to, int port) {
        return to.interfaces().stream()
                .anyMatch(placed -> probe(from, to, placed, port).allowed());
    }

    private Probe probe(Node from, Node to, NetworkInterface placed, int port) {
        boolean allowed = topology.flows().contains(new Flow(from.tier(), to.tier(), port))
                && from.addressIn(placed.subnet()).isPresent();
        return new Probe(from.name(), to.name(), placed.address(), port, allowed);
    }

    private static String cell(String text) {
        return " %12s".formatted(text);
    }
}
