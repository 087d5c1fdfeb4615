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
 * The instances that a fault hits, by what they are instead of by their names: {@code {role: web, zone: c, select: COUNT(1)}} or
 * {@code {tag: tier=web, select: one}}.
 *
 * @param role empty for all, where a tag says which
 * @param tag that they have; empty if none is asked for
 * @param zone empty for all zones
 */
record SymbolicTargets(Optional<Role> role, Optional<Tag> tag, Optional<Zone> zone, Selection selection) {
    private static final String FORM = "one, all, " + Selection.FORM;

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

    /** A tag, as every resource of its kind has it in the stack, too. */
    record Tag(String key, String value) {
        private static final String NAME = "Name";
        private static final String TIER = "tier";
        private static final String GROUP = "aws:autoscaling:groupName";
        private static final String EXPECTED = "KEY=VALUE with the key " + NAME + ", " + TIER + " or " + GROUP;

        static Tag parse(String text) {
            String[] parts = text.split("=", 2);
            if (parts.length < 2 || !List.of(NAME, TIER, GROUP).contains(parts[0])) {
                throw new IllegalArgumentException("expected " + EXPECTED + ", found " + text);
            }
            return new Tag(parts[0], parts[1]);
        }

        boolean isOn(Node node, Topology topology) {
            return switch (key) {
                case NAME -> node.name().equals(value);
                case TIER -> node.tier().label().equals(value);
                default ->
                    topology.autoScaling().isPresent()
                            && value.equals("web")
                            && topology.web().contains(node);
            };
        }

        @Override
        public String toString() {
            return key + "=" + value;
        }
    }

    /** Whether another seed may choose others. */
    boolean leavesToChance() {
        return !(selection instanceof Selection.All);
    }

    /** Reads the section; what is wrong with it is noted, also that no instance of the topology fits. */
    static Optional<SymbolicTargets> read(Section section, Optional<Topology> topology, long seed) {
        Field<Role> role = section.oneOf("role", Role.class);
        Field<Tag> tag = section.parsed("tag", Tag.EXPECTED, Tag::parse);
        if (!tag.present()) {
            role.required();
        }
        Field<String> letter = section.text("zone");
        Field<Selection> select = section.parsed("select", FORM, SymbolicTargets::selection);
        section.rejectUnknownKeys();
        Optional<Zone> zone = topology.flatMap(known -> letter.value().flatMap(it -> zone(letter, it, known)));
        if (topology.isEmpty() || !role.sound() || !tag.sound() || !letter.sound() || !select.sound()) {
            return Optional.empty();
        }
        SymbolicTargets targets =
                new SymbolicTargets(role.value(), tag.value(), zone, select.orElse(new Selection.All()));
        if (targets.choose(topology.get(), seed).isEmpty()) {
            section.reject(
                    "an instance of " + topology.get().name() + " for " + targets.selection() + " of " + targets.who(),
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

    private static Selection selection(String text) {
        return switch (text) {
            case "one" -> new Selection.Count(1);
            case "all" -> new Selection.All();
            default -> Selection.parse(text);
        };
    }

    private String who() {
        return Stream.of(role, tag)
                .flatMap(Optional::stream)
                .map(Object::toString)
                .collect(Collectors.joining(" with "));
    }

    private List<String> fitting(Topology topology) {
        List<Role> roles = role.map(List::of).orElse(List.of(Role.WEB, Role.DATABASE, Role.BALANCER));
        return roles.stream()
                .<Node>flatMap(it -> ofRole(it, topology))
                .filter(node -> tag.map(it -> it.isOn(node, topology)).orElse(true))
                .map(Node::name)
                .toList();
    }

    private Stream<? extends Node> ofRole(Role of, Topology topology) {
        return switch (of) {
            case WEB -> topology.web().stream().filter(it -> isIn(it.zone()));
            case DATABASE -> databases(topology);
            case PRIMARY -> databases(topology).filter(it -> it.role() == DbInstance.Role.PRIMARY);
            case STANDBY -> databases(topology).filter(it -> it.role() == DbInstance.Role.STANDBY);
            case BALANCER -> Stream.of(topology.loadBalancer()).filter(it -> zone.isEmpty());
        };
    }

    private Stream<DbInstance> databases(Topology topology) {
        return topology.databases().stream().filter(it -> isIn(it.zone()));
    }

    private boolean isIn(Zone place) {
        return zone.map(place::equals).orElse(true);
    }
}
