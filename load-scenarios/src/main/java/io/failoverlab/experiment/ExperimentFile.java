package io.failoverlab.experiment;

import io.failoverlab.document.Document;
import io.failoverlab.document.Field;
import io.failoverlab.document.InvalidInput;
import io.failoverlab.document.Nearest;
import io.failoverlab.document.Problem;
import io.failoverlab.document.Section;
import io.failoverlab.topology.Timing;
import io.failoverlab.topology.Topology;
import io.failoverlab.topology.TopologyFile;
import io.failoverlab.watch.StackAlarms;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
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
            "only-database-dies",
            "replica-lag");

    /** It names a folder. */
    private static final String NAME = "[A-Za-z0-9][A-Za-z0-9._-]{0,99}";

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
        name.value()
                .filter(found -> !found.matches(NAME))
                .ifPresent(found -> name.reject(
                        "letters, digits, . _ and -, a letter or digit first: the run's folder is called so",
                        '"' + found + '"',
                        ""));
        Field<String> description = root.text("description");
        Optional<Topology> topology = topology(root, folder).map(change);
        Experiment.Load load = LoadReader.read(root.section("load"), folder);
        List<Experiment.Injection> injections = new ArrayList<>();
        boolean chance = false;
        long ofFault = seed;
        for (Section fault : root.sections("faults")) {
            InjectionReader reader = new InjectionReader(fault, topology, ofFault);
            chance |= reader.leavesToChance();
            injections.addAll(reader.read(load.duration()));
            // Each fault chooses for itself.
            ofFault++;
        }
        List<String> ofStack = topology.map(StackAlarms::names).orElse(List.of());
        List<PutMetricAlarmRequest> alarms = AlarmReader.read(
                root.sections("alarms"),
                ofStack,
                topology.map(it -> it.loadBalancer().timing().clocks()).orElse(Timing.Clocks.LAB));
        List<String> own = alarms.stream().map(PutMetricAlarmRequest::alarmName).toList();
        List<String> known = ofStack.isEmpty()
                ? List.of()
                : Stream.concat(ofStack.stream(), own.stream()).toList();
        Optional<Experiment.FisInjection> fis = FisReader.read(root, folder, topology, load.duration(), own, seed);
        Map<String, String> expectations = new LinkedHashMap<>(ExpectationReader.read(root, known));
        if (fis.isPresent()) {
            FisExperiment.EXPECTED.forEach(expectations::putIfAbsent);
        }
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
}
