package io.failoverlab.experiment;

import io.failoverlab.document.Field;
import io.failoverlab.document.Nearest;
import io.failoverlab.document.Section;
import io.failoverlab.fis.Selection;
import io.failoverlab.topology.DbInstance;
import io.failoverlab.topology.Node;
import io.failoverlab.topology.Topology;
import io.failoverlab.topology.Zone;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The instances that a fault hits, by what they are instead of by their names: {@code {role: web, zone: c, select: COUNT(1)}}.
 *
 * @param zone empty for all zones
 */
record SymbolicTargets(Role role, Optional<Zone> zone, Selection selection) {
    /** What an instance is in the stack; the database is every server of it. */
    enum Role {
        WEB,
        DATABASE,
        PRIMARY,
        STANDBY,
        BALANCER;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Whether another seed may choose others. */
    boolean leavesToChance() {
        return !(selection instanceof Selection.All);
    }

    /** Reads the section; what is wrong with it is noted, also that no instance of the topology fits. */
    static Optional<SymbolicTargets> read(Section section, Optional<Topology> topology, long seed) {
        Field<Role> role = section.oneOf("role", Role.class).required();
        Field<String> letter = section.text("zone");
        Field<Selection> select = section.parsed("select", Selection.FORM, Selection::parse);
        section.rejectUnknownKeys();
        Optional<Zone> zone = topology.flatMap(known -> letter.value().flatMap(it -> zone(letter, it, known)));
        if (topology.isEmpty() || role.value().isEmpty() || !letter.sound() || !select.sound()) {
            return Optional.empty();
        }
        SymbolicTargets targets = new SymbolicTargets(role.get(), zone, select.orElse(new Selection.All()));
        if (targets.choose(topology.get(), seed).isEmpty()) {
            section.reject(
                    "an instance of " + topology.get().name() + " for " + targets.selection() + " of " + role.get(),
                    targets.fitting(topology.get()).size() + " that fit",
                    "it has " + topology.get().nodes().stream().map(Node::name).collect(Collectors.joining(", ")));
        }
        return Optional.of(targets);
    }

    private static Optional<Zone> zone(Field<String> field, String letter, Topology topology) {
        List<String> letters = topology.zones().stream().map(Zone::letter).toList();
        Optional<Zone> zone = topology.zones().stream()
                .filter(it -> it.letter().equals(letter))
                .findFirst();
        if (zone.isEmpty()) {
            field.reject(
                    "a zone of " + topology.name() + ": " + String.join(", ", letters),
                    letter,
                    Nearest.hint(letter, letters));
        }
        return zone;
    }

    /** Names of those that are chosen; the same seed chooses the same ones. */
    List<String> choose(Topology topology, long seed) {
        return selection.choose(fitting(topology), seed);
    }

    private List<String> fitting(Topology topology) {
        Stream<? extends Node> nodes = switch (role) {
            case WEB -> topology.web().stream().filter(it -> isIn(it.zone()));
            case DATABASE -> databases(topology);
            case PRIMARY -> databases(topology).filter(it -> it.role() == DbInstance.Role.PRIMARY);
            case STANDBY -> databases(topology).filter(it -> it.role() == DbInstance.Role.STANDBY);
            case BALANCER -> Stream.of(topology.loadBalancer()).filter(it -> zone.isEmpty());
        };
        return nodes.map(Node::name).toList();
    }

    private Stream<DbInstance> databases(Topology topology) {
        return topology.databases().stream().filter(it -> isIn(it.zone()));
    }

    private boolean isIn(Zone place) {
        return zone.map(place::equals).orElse(true);
    }
}
