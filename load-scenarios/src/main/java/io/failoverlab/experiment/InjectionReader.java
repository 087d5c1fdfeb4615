package io.failoverlab.experiment;

import io.failoverlab.document.Field;
import io.failoverlab.document.Nearest;
import io.failoverlab.document.Section;
import io.failoverlab.fault.Fault;
import io.failoverlab.fault.FaultKind;
import io.failoverlab.fault.FaultKind.Place;
import io.failoverlab.fault.Faults;
import io.failoverlab.fault.Parameter;
import io.failoverlab.topology.DbInstance;
import io.failoverlab.topology.Node;
import io.failoverlab.topology.Topology;
import io.failoverlab.topology.Zone;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads one entry of {@code faults} in an experiment's file: a fault with its parameters, where and when it strikes, and for how long. */
final class InjectionReader {
    private static final Duration LONGEST = Duration.ofHours(24);

    private final Section section;
    private final Optional<Topology> topology;
    private final long seed;
    private final Optional<SymbolicTargets> targets;

    /** @param seed chooses among the targets that fit */
    InjectionReader(Section section, Optional<Topology> topology, long seed) {
        this.section = section;
        this.topology = topology;
        this.seed = seed;
        this.targets = section.keys().contains("targets")
                ? SymbolicTargets.read(section.section("targets"), topology, seed)
                : Optional.empty();
    }

    /** Whether another seed may choose other targets. */
    boolean leavesToChance() {
        return targets.filter(SymbolicTargets::leavesToChance).isPresent();
    }

    /** One for each instance that it strikes; none if something is wrong, which is noted. */
    List<Experiment.Injection> read(Duration load) {
        Field<String> name = section.text("fault").required();
        Optional<FaultKind> kind = name.value().flatMap(Faults::find);
        if (name.value().isPresent() && kind.isEmpty()) {
            name.reject(
                    "one of " + String.join(", ", Faults.names()),
                    name.get(),
                    Nearest.hint(name.get(), Faults.names()));
        }
        Place place = kind.map(FaultKind::place).orElse(Place.INSTANCE);
        Field<String> where = where(place);
        Field<Duration> at = section.duration("at", Duration.ZERO, LONGEST).required();
        Field<Duration> limit = section.duration("for", Duration.ofSeconds(1), LONGEST);
        Optional<Fault> fault = kind.flatMap(it -> fault(name, it, limit));
        // What a fault takes is known only where the fault is.
        if (kind.isPresent()) {
            section.rejectUnknownKeys();
        }
        if (at.value().isPresent() && at.get().compareTo(load) >= 0) {
            at.reject(
                    "a time before the load ends at " + load.toSeconds() + " s",
                    at.get().toSeconds() + " s",
                    "");
        }
        List<Site> sites = topology.map(known -> sites(place, where, known)).orElse(List.of());
        if (fault.isEmpty() || at.value().isEmpty()) {
            return List.of();
        }
        return sites.stream()
                .map(site ->
                        new Experiment.Injection(fault.get(), site.where(), site.instances(), at.get(), limit.value()))
                .toList();
    }

    private record Site(String where, List<String> instances) {}

    private Field<String> where(Place place) {
        Field<String> where = section.text(place.key());
        boolean symbolic = section.keys().contains("targets");
        if (!symbolic) {
            return where.required();
        }
        if (where.present()) {
            where.reject("either targets or " + (place.isInstance() ? "an " : "a ") + place.key(), "both", "");
        } else if (!place.isInstance()) {
            section.reject("a " + place.key() + " for this fault", "targets", "");
        }
        return where;
    }

    private Optional<Fault> fault(Field<String> name, FaultKind kind, Field<Duration> limit) {
        Map<String, String> values = new LinkedHashMap<>();
        boolean sound = limit.sound();
        for (Parameter parameter : kind.parameters()) {
            Field<String> field =
                    section.parsed(parameter.name(), parameter.form().expected(), parameter::check);
            field.value().ifPresent(value -> values.put(parameter.name(), value));
            sound &= field.sound();
        }
        if (!sound) {
            return Optional.empty();
        }
        try {
            return Optional.of(kind.make(limit.value(), values));
        } catch (IllegalArgumentException wrong) {
            name.reject("a fault " + kind.name() + " that can be", wrong.getMessage(), "");
            return Optional.empty();
        }
    }

    private List<Site> sites(Place place, Field<String> where, Topology known) {
        return switch (place) {
            case INSTANCE -> instances(where, known);
            case REPLICA -> replicas(where, known);
            case ZONE -> zone(where, known);
            case DATABASE -> database(where, known);
        };
    }

    private List<Site> instances(Field<String> where, Topology known) {
        return targets.map(it -> it.choose(known, seed)).orElseGet(() -> instance(where, known)).stream()
                .map(name -> new Site(name, List.of(name)))
                .toList();
    }

    private List<Site> replicas(Field<String> where, Topology known) {
        List<Site> sites = instances(where, known);
        List<String> replicas = replicating(known);
        sites.stream()
                .map(Site::where)
                .filter(name -> !replicas.contains(name))
                .forEach(name -> section.reject(
                        "a read replica or a standby that runs for this fault",
                        name + ", which replicates from nobody",
                        replicas.isEmpty()
                                ? known.name() + " has none; the topology two-web-read-replica has one"
                                : known.name() + " has " + String.join(", ", replicas)));
        return sites;
    }

    private static List<String> replicating(Topology known) {
        Stream<DbInstance> standby = known.databases().stream()
                .filter(it -> it.role() == DbInstance.Role.STANDBY
                        && it.options().redundancy().runs());
        return Stream.concat(known.readReplica().stream(), standby)
                .map(DbInstance::name)
                .toList();
    }

    private static List<String> instance(Field<String> field, Topology known) {
        List<String> names = known.nodes().stream().map(Node::name).toList();
        return oneOf(field, "an instance of " + known.name(), names);
    }

    private static List<Site> zone(Field<String> field, Topology known) {
        List<String> letters = known.zones().stream()
                .filter(it -> !known.nodesIn(it).isEmpty())
                .map(Zone::letter)
                .toList();
        return oneOf(field, "a zone of " + known.name() + " with instances", letters).stream()
                .map(letter -> new Site(
                        letter,
                        known.nodesIn(known.zone(letter)).stream()
                                .map(Node::name)
                                .toList()))
                .toList();
    }

    /** There is only one. What is hit is the server that has its writes. */
    private static List<Site> database(Field<String> field, Topology known) {
        String identifier = known.databaseIdentifier();
        return oneOf(field, "the database of " + known.name(), List.of(identifier, "db")).stream()
                .map(name ->
                        new Site(identifier, List.of(known.primaryDatabase().name())))
                .toList();
    }

    private static List<String> oneOf(Field<String> field, String what, List<String> names) {
        List<String> found = field.value().filter(names::contains).stream().toList();
        if (field.value().isPresent() && found.isEmpty()) {
            field.reject(what + ": " + String.join(", ", names), field.get(), Nearest.hint(field.get(), names));
        }
        return found;
    }
}
