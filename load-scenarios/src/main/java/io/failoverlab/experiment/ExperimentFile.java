package io.failoverlab.experiment;

import io.failoverlab.document.Document;
import io.failoverlab.document.Field;
import io.failoverlab.document.InvalidInput;
import io.failoverlab.document.Nearest;
import io.failoverlab.document.Problem;
import io.failoverlab.document.Section;
import io.failoverlab.fault.Fault;
import io.failoverlab.fault.Faults;
import io.failoverlab.topology.Node;
import io.failoverlab.topology.Topology;
import io.failoverlab.topology.TopologyFile;
import io.failoverlab.topology.Zone;
import io.failoverlab.watch.StackAlarms;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import software.amazon.awssdk.services.cloudwatch.model.PutMetricAlarmRequest;

/** Reads experiments: built in by name, one's own by file. Finds every problem of a file before anything starts. */
public final class ExperimentFile {
    private static final List<String> BUILT_IN = List.of(
            "kill-one-web",
            "kill-one-web-alb",
            "frozen-web",
            "crashed-process",
            "deployment-stop",
            "cpu-stress",
            "traffic-spike",
            "rising-load",
            "kill-balancer",
            "lose-one-zone",
            "failover-database",
            "database-frozen",
            "standby-dies",
            "only-database-dies");
    private static final Duration LONGEST = Duration.ofHours(24);

    private ExperimentFile() {}

    /** Names of the experiments that come with the lab. */
    public static List<String> builtIn() {
        return BUILT_IN;
    }

    /** Reads an experiment in which nothing is left to chance, or chooses as the seed 1 does. */
    public static Experiment read(String nameOrFile) {
        return read(nameOrFile, 1, UnaryOperator.identity());
    }

    /**
     * Reads an experiment.
     *
     * @param nameOrFile the name of a built-in one, or the path of a file
     * @param seed chooses the targets that are not named
     * @param change of the topology that the file has, before targets are chosen
     * @throws InvalidInput with all problems
     */
    public static Experiment read(String nameOrFile, long seed, UnaryOperator<Topology> change) {
        if (BUILT_IN.contains(nameOrFile)) {
            return parse(
                    nameOrFile + ".yaml", resource("/experiments/" + nameOrFile + ".yaml"), Path.of(""), seed, change);
        }
        Path file = Path.of(nameOrFile);
        if (!Files.isRegularFile(file)) {
            throw new InvalidInput(List.of(Problem.of(
                    "experiment",
                    "a file or one of " + String.join(", ", BUILT_IN),
                    nameOrFile,
                    Nearest.hint(nameOrFile, BUILT_IN))));
        }
        try {
            Path folder = file.toAbsolutePath().getParent();
            return parse(nameOrFile, Files.readString(file), folder, seed, change);
        } catch (IOException failure) {
            throw new UncheckedIOException("the file " + nameOrFile + " cannot be read", failure);
        }
    }

    /** The question that a built-in experiment answers: the comment that its file begins with. */
    public static String question(String builtIn) {
        return resource("/experiments/" + builtIn + ".yaml")
                .lines()
                .takeWhile(line -> line.startsWith("#"))
                .map(line -> line.substring(1).strip())
                .findFirst()
                .orElse("");
    }

    private static String resource(String name) {
        try (InputStream stream = ExperimentFile.class.getResourceAsStream(name)) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException failure) {
            throw new UncheckedIOException("the resource " + name + " cannot be read", failure);
        }
    }

    static Experiment parse(String source, String text, Path folder) {
        return parse(source, text, folder, 1, UnaryOperator.identity());
    }

    static Experiment parse(String source, String text, Path folder, long seed, UnaryOperator<Topology> change) {
        Document document = Document.parse(source, text);
        Section root = document.root();
        Field<String> name = root.text("name").required();
        Field<String> description = root.text("description");
        Optional<Topology> topology = topology(root, folder).map(change);
        Experiment.Load load = LoadReader.read(root.section("load"), folder);
        List<Experiment.Injection> injections = new ArrayList<>();
        boolean chance = false;
        long ofFault = seed;
        for (Section fault : root.sections("faults")) {
            Optional<SymbolicTargets> targets = targets(fault, topology, ofFault);
            chance |= targets.filter(SymbolicTargets::leavesToChance).isPresent();
            injections.addAll(injections(fault, load.duration(), topology, targets, ofFault));
            // Each fault chooses for itself.
            ofFault++;
        }
        Optional<Experiment.FisInjection> fis = FisReader.read(root, folder, topology, load.duration(), seed);
        List<String> ofStack = topology.map(StackAlarms::names).orElse(List.of());
        List<PutMetricAlarmRequest> alarms = AlarmReader.read(root.sections("alarms"), ofStack);
        List<String> known = ofStack.isEmpty()
                ? List.of()
                : Stream.concat(ofStack.stream(), alarms.stream().map(PutMetricAlarmRequest::alarmName))
                        .toList();
        Map<String, String> expectations = ExpectationReader.read(root, known);
        root.rejectUnknownKeys();
        document.problems().throwIfAny();
        return new Experiment(
                name.get(),
                description.orElse(""),
                topology.orElseThrow(),
                load,
                alarms,
                injections,
                fis,
                chance || fis.isPresent() ? OptionalLong.of(seed) : OptionalLong.empty(),
                expectations);
    }

    /** A pattern by name, or a file beside the experiment's. */
    private static Optional<Topology> topology(Section root, Path folder) {
        Field<String> field = root.text("topology");
        String name = field.orElse("two-web-one-db");
        try {
            Path beside = folder.resolve(name);
            return Optional.of(Files.isRegularFile(beside) ? TopologyFile.read(beside) : TopologyFile.named(name));
        } catch (InvalidInput invalid) {
            invalid.problems().forEach(problem -> field.reject(problem.expected(), problem.found(), problem.hint()));
            return Optional.empty();
        }
    }

    private static Optional<SymbolicTargets> targets(Section fault, Optional<Topology> topology, long seed) {
        return fault.keys().contains("targets")
                ? SymbolicTargets.read(fault.section("targets"), topology, seed)
                : Optional.empty();
    }

    private static List<Experiment.Injection> injections(
            Section section, Duration load, Optional<Topology> topology, Optional<SymbolicTargets> targets, long seed) {
        Field<String> name = section.text("fault").required();
        boolean ofZone = name.value().filter(Faults::isOfZone).isPresent();
        boolean symbolic = section.keys().contains("targets");
        Field<String> where = section.text(ofZone ? "zone" : "instance");
        if (!symbolic) {
            where.required();
        } else if (where.present()) {
            where.reject("either targets or " + (ofZone ? "a zone" : "an instance"), "both", "");
        } else if (ofZone) {
            section.reject("a zone for " + name.get(), "targets", "");
        }
        Field<Duration> at = section.duration("at", Duration.ZERO, LONGEST).required();
        Field<Duration> limit = section.duration("for", Duration.ofSeconds(1), LONGEST);
        Field<Integer> yes = section.integer("yes", 1, 64);
        section.rejectUnknownKeys();
        List<String> instances = topology.map(known -> ofZone ? instancesOfZone(where, known) : instance(where, known))
                .orElse(List.of());
        if (at.value().isPresent() && at.get().compareTo(load) >= 0) {
            at.reject(
                    "a time before the load ends at " + load.toSeconds() + " s",
                    at.get().toSeconds() + " s",
                    "");
        }
        Optional<Fault> fault = name.value().flatMap(word -> fault(name, word, limit, yes));
        if (fault.isEmpty() || at.value().isEmpty()) {
            return List.of();
        }
        return symbolic
                ? targets.stream()
                        .flatMap(it -> it.choose(topology.orElseThrow(), seed).stream())
                        .map(it -> new Experiment.Injection(fault.get(), it, List.of(it), at.get(), limit.value()))
                        .toList()
                : where.value().stream()
                        .map(it -> new Experiment.Injection(fault.get(), it, instances, at.get(), limit.value()))
                        .toList();
    }

    private static Optional<Fault> fault(Field<String> field, String word, Field<Duration> limit, Field<Integer> yes) {
        if (!Faults.names().contains(word)) {
            field.reject("one of " + String.join(", ", Faults.names()), word, Nearest.hint(word, Faults.names()));
            return Optional.empty();
        }
        return Optional.of(Faults.named(word, limit.value(), yes.orElse(Faults.STRESS_PROCESSES)));
    }

    private static List<String> instancesOfZone(Field<String> field, Topology topology) {
        Optional<Zone> zone = field.value()
                .flatMap(letter -> topology.zones().stream()
                        .filter(it -> it.letter().equals(letter))
                        .findFirst());
        List<String> inside = zone.map(topology::nodesIn).orElse(List.of()).stream()
                .map(Node::name)
                .toList();
        if (field.value().isPresent() && inside.isEmpty()) {
            List<String> letters = topology.zones().stream()
                    .filter(it -> !topology.nodesIn(it).isEmpty())
                    .map(Zone::letter)
                    .toList();
            field.reject(
                    "a zone of " + topology.name() + " with instances: " + String.join(", ", letters),
                    field.get(),
                    Nearest.hint(field.get(), letters));
        }
        return inside;
    }

    private static List<String> instance(Field<String> field, Topology topology) {
        List<String> names = topology.nodes().stream().map(Node::name).toList();
        field.value()
                .filter(name -> !names.contains(name))
                .ifPresent(name -> field.reject(
                        "an instance of " + topology.name() + ": " + String.join(", ", names),
                        name,
                        Nearest.hint(name, names)));
        return field.value().stream().toList();
    }
}
