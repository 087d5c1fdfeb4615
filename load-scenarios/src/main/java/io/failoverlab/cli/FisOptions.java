package io.failoverlab.cli;

import io.failoverlab.document.InvalidInput;
import io.failoverlab.document.Nearest;
import io.failoverlab.experiment.Experiment;
import io.failoverlab.experiment.FisExperiment;
import io.failoverlab.fis.Action;
import io.failoverlab.fis.Mapping;
import io.failoverlab.fis.Template;
import io.failoverlab.fis.TemplateFile;
import io.failoverlab.profile.LoadProfile;
import io.failoverlab.profile.Simulations;
import io.failoverlab.topology.Topology;
import io.failoverlab.topology.TopologyFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of a run of an FIS experiment template. */
final class FisOptions {
    private static final int RATE = 300;

    @Option(
            names = "--fis",
            paramLabel = "FILE",
            description = "Run this AWS FIS experiment template, the JSON of `aws fis create-experiment-template"
                    + " --cli-input-json`, instead of an experiment of the lab's.")
    private Path template;

    @Option(
            names = "--topology",
            paramLabel = "NAME|FILE",
            description = "With --fis: the stack (default: two-web-multi-az for a template with a failover, else"
                    + " two-web-one-db).")
    private String topology;

    @Option(names = "--simulation", paramLabel = "NAME", description = "With --fis: the load's customers.")
    private String simulation = Simulations.BROWSE_AND_ORDER.label();

    @Option(names = "--orders", paramLabel = "SHARE", description = "With --fis: share of orders, 0 to 1.")
    private Double orders;

    @Option(
            names = "--duration",
            paramLabel = "TIME",
            description = "With --fis: of the load (default: as long as the template takes, 20s before, 15s after).")
    private Duration duration;

    @Mixin
    private SeedOption seed = new SeedOption();

    @Option(
            names = "--map",
            paramLabel = "WORD=NAME",
            description = "With --fis: what an ARN, an alarm, a zone or a tag KEY=VALUE of the template is here.")
    private List<String> map = List.of();

    @Option(names = "--skip", paramLabel = "ACTION", split = ",", description = "With --fis: leave actions out.")
    private Set<String> skip = new LinkedHashSet<>();

    @Option(
            names = "--expect",
            paramLabel = "EXPECTATION",
            description = "With --fis: such as 'requests lost = 0'; 'experiment completed' is expected anyway. Can be"
                    + " repeated.")
    private List<String> expect = List.of();

    boolean given() {
        return template != null;
    }

    /** @throws UserError if an option that needs --fis is there without it */
    void requireNone() {
        boolean others = topology != null
                || orders != null
                || duration != null
                || !map.isEmpty()
                || !skip.isEmpty()
                || !expect.isEmpty()
                || !simulation.equals(Simulations.BROWSE_AND_ORDER.label());
        if (others) {
            throw UserError.usage("--topology, --simulation, --orders, --duration, --map, --skip and --expect"
                    + " go with --fis; found none. An experiment's file says these itself");
        }
    }

    /** @throws UserError if an option says what customers do, where --get or --gatling says it already */
    void requireNoCustomers() {
        boolean others =
                !simulation.equals(Simulations.BROWSE_AND_ORDER.label()) && !simulation.equals(Simulations.GET.label());
        if (others || orders != null && orders > 0) {
            throw UserError.usage("expected either --get or --gatling, or --simulation and --orders, found both");
        }
        ExpectOption.parse(expect).keySet().stream()
                .filter(figure -> figure.startsWith("writes-"))
                .findFirst()
                .ifPresent(figure -> {
                    throw UserError.usage("--expect: nothing can be expected of " + figure
                            + " with --get or --gatling, since the lab sees no orders then; leave one of them out");
                });
    }

    /**
     * The experiment that the options ask for.
     *
     * @throws InvalidInput with everything that is wrong with the template
     * @throws UserError with what is wrong with an option
     */
    Experiment experiment(StackOptions stack, Integer rate) {
        Map<String, String> expected = ExpectOption.parse(expect);
        Simulations customers = customers();
        Optional<Double> share = share(customers);
        Optional<Duration> length = length();
        Mapping mapping = Mapping.parse(map);
        Template read = TemplateFile.read(template, skip);
        Topology built = stack.applyWithTemplate(topology(read));
        return FisExperiment.of(
                name(),
                new Experiment.FisInjection(read, mapping, seed(), stack.templateScale(), FisExperiment.AT),
                built,
                customers,
                rate == null ? RATE : rate,
                share,
                length,
                expected);
    }

    /** As given, or drawn once. */
    long seed() {
        return seed.get();
    }

    private Topology topology(Template read) {
        if (topology != null) {
            Path file = Path.of(topology);
            return Files.isRegularFile(file) ? TopologyFile.read(file) : TopologyFile.named(topology);
        }
        return TopologyFile.named(
                read.actions().stream()
                                .anyMatch(action -> action.action() instanceof Action.FailoverDbCluster
                                        || action.action() instanceof Action.RebootDbInstances(var target, var failover)
                                                && failover)
                        ? "two-web-multi-az"
                        : "two-web-one-db");
    }

    private String name() {
        String file = template.getFileName().toString();
        return file.endsWith(".json") ? file.substring(0, file.length() - ".json".length()) : file;
    }

    private Simulations customers() {
        List<String> known = Simulations.labels();
        if (!known.contains(simulation)) {
            throw UserError.usage("--simulation: expected one of " + String.join(", ", known) + ", found " + simulation
                    + "; " + Nearest.hint(simulation, known));
        }
        return Simulations.named(simulation);
    }

    private Optional<Double> share(Simulations customers) {
        if (orders != null) {
            List<String> problems = LoadProfile.orderProblems(customers, orders);
            if (!problems.isEmpty()) {
                throw UserError.usage("--orders: " + String.join("; ", problems));
            }
        }
        return Optional.ofNullable(orders);
    }

    private Optional<Duration> length() {
        if (duration != null && duration.compareTo(FisExperiment.shortest()) < 0) {
            throw UserError.usage(
                    "--duration: expected " + FisExperiment.shortest().toSeconds()
                            + "s or more, the experiment starts at " + FisExperiment.AT.toSeconds() + "s; found "
                            + duration.toSeconds() + "s");
        }
        return Optional.ofNullable(duration);
    }

    /** The options as they were given, with the seed that was drawn, for the command that repeats the run. */
    String asWritten() {
        StringBuilder options = new StringBuilder("--fis ").append(AppOptions.quoted(template.toString()));
        if (topology != null) {
            options.append(" --topology ").append(AppOptions.quoted(topology));
        }
        if (!simulation.equals(Simulations.BROWSE_AND_ORDER.label())) {
            options.append(" --simulation ").append(simulation);
        }
        if (orders != null) {
            options.append(" --orders ").append(orders);
        }
        if (duration != null) {
            options.append(" --duration ").append(duration.toSeconds()).append('s');
        }
        map.forEach(word -> options.append(" --map ").append(AppOptions.quoted(word)));
        skip.forEach(action -> options.append(" --skip ").append(AppOptions.quoted(action)));
        expect.forEach(expectation -> options.append(" --expect ").append(AppOptions.quoted(expectation)));
        return options.append(" --seed ").append(seed()).toString();
    }
}
