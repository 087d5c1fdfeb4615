package io.failoverlab.cli;

import io.failoverlab.experiment.Experiment;
import io.failoverlab.experiment.ExperimentFile;
import io.failoverlab.experiment.RunOutcome;
import io.failoverlab.topology.Topology;
import io.failoverlab.verdict.CheckResult;
import io.failoverlab.verdict.Figure;
import io.failoverlab.verdict.Measurement;
import io.failoverlab.verdict.Verdict;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "bench",
        description = "Run an experiment several times, each on a stack of its own, and show every figure's spread.",
        subcommands = {
            BenchBalancerCommand.class,
            BenchDatabaseCommand.class,
            BenchMonitorCommand.class,
            BenchSimulationCommand.class
        },
        footer = {"", "Compare with what nginx does by itself:  lab bench kill-one-web --balancer nginx-default"})
final class BenchCommand implements Callable<Integer> {
    private static final List<Figure> FIGURES = List.of(
            Figure.REQUESTS_LOST,
            Figure.READS_OUTAGE,
            Figure.WRITES_OUTAGE,
            Figure.FAILOVER_DETECT,
            Figure.FAILOVER_PROMOTE,
            Figure.FAILOVER_ENDPOINT,
            Figure.FAILOVER_CLIENT,
            Figure.EXPOSED,
            Figure.SLOWEST_AFTER,
            Figure.DETECTED,
            Figure.OUT_OF_ROTATION,
            Figure.ALARMED,
            Figure.P99_BEFORE,
            Figure.P99_AFTER,
            Figure.WRITES_LOST,
            Figure.WRITES_DUPLICATED);

    @Parameters(arity = "0..1", paramLabel = "NAME|FILE", description = "The experiment (default: ${DEFAULT-VALUE}).")
    private String experiment = "kill-one-web";

    @Option(names = "--times", paramLabel = "N", description = "How often (default: ${DEFAULT-VALUE}).")
    private int times = 10;

    @Mixin
    private SeedOption seed = new SeedOption();

    @Mixin
    private StackOptions stack = new StackOptions();

    @Option(names = "--runs", paramLabel = "FOLDER", description = "Where runs are kept (default: ./runs).")
    private Path runs = Path.of("runs");

    /** How long the stack took to be in service, beside the figures of the run. */
    private record Round(RunOutcome outcome, Duration up, Duration whole) {
        boolean applies(Figure figure) {
            return outcome.judgement().results().stream().anyMatch(result -> result.figure() == figure);
        }
    }

    @Override
    public Integer call() throws Exception {
        if (times < 1 || times > 100) {
            throw UserError.usage("--times: expected 1 to 100, found " + times);
        }
        Terminal terminal = Terminal.ofProcess();
        Experiment plan = plan();
        Topology topology = plan.topology();
        // Checked here, before anything starts.
        stack.servicePort(topology);
        stack.monitorPort();
        return Interrupts.guard(terminal, () -> {
            try (Workbench bench = Workbench.prepare(terminal)) {
                bench.requireRoom(topology);
                List<Round> rounds = new ArrayList<>();
                for (int number = 1; number <= times; number++) {
                    Round round = round(bench, plan);
                    rounds.add(round);
                    terminal.say("%2d of %d  %s  %s"
                            .formatted(
                                    number,
                                    times,
                                    round.outcome().judgement().verdict(),
                                    round.outcome().judgement().sentence()));
                }
                Table.print(table(rounds), terminal::data);
                terminal.say("repeat: ./lab bench " + asWritten(plan) + " --times " + times + stack.asWritten());
                return ExitCode.of(Verdict.of(rounds.stream()
                        .map(round -> round.outcome().judgement().verdict())
                        .toList()));
            }
        });
    }

    /** What is to be run each time, with the same targets; nothing has begun. */
    Experiment plan() {
        return ExperimentFile.read(experiment, seed.get(), stack::applyTo);
    }

    private String asWritten(Experiment plan) {
        return experiment + SeedOption.asWritten(plan);
    }

    private Round round(Workbench bench, Experiment plan) throws IOException, InterruptedException {
        Instant begin = bench.scheduler().instant();
        QuietRun run = QuietRun.of(bench, plan, stack, runs, "./lab run " + asWritten(plan) + stack.asWritten());
        return new Round(
                run.outcome(),
                Duration.between(begin, run.inServiceAt()),
                Duration.between(begin, bench.scheduler().instant()));
    }

    private static List<List<String>> table(List<Round> rounds) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("FIGURE", "MIN", "MEDIAN", "MAX", "RUNS"));
        Map<String, List<Double>> values = new LinkedHashMap<>();
        for (Figure figure : FIGURES.stream()
                .filter(it -> rounds.stream().anyMatch(round -> round.applies(it)))
                .toList()) {
            String unit =
                    figure == Figure.REQUESTS_LOST || figure == Figure.WRITES_LOST || figure == Figure.WRITES_DUPLICATED
                            ? ""
                            : ", ms";
            values.put(
                    figure.title() + unit,
                    rounds.stream()
                            .map(round -> number(round.outcome(), figure))
                            .flatMap(Optional::stream)
                            .sorted()
                            .toList());
        }
        values.put(
                "Start to all in service, ms",
                rounds.stream()
                        .map(round -> (double) round.up().toMillis())
                        .sorted()
                        .toList());
        values.put(
                "Whole run, ms",
                rounds.stream()
                        .map(round -> (double) round.whole().toMillis())
                        .sorted()
                        .toList());
        values.forEach((title, sorted) -> rows.add(
                sorted.isEmpty()
                        ? List.of(title, "-", "-", "-", "0")
                        : List.of(
                                title,
                                "%.0f".formatted(sorted.getFirst()),
                                "%.0f".formatted(median(sorted)),
                                "%.0f".formatted(sorted.getLast()),
                                Integer.toString(sorted.size()))));
        return rows;
    }

    private static double median(List<Double> sorted) {
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }

    private static Optional<Double> number(RunOutcome outcome, Figure figure) {
        return outcome.judgement().results().stream()
                .filter(result -> result.figure() == figure)
                .map(CheckResult::measured)
                .findFirst()
                .flatMap(BenchCommand::number);
    }

    private static Optional<Double> number(Measurement measurement) {
        return switch (measurement) {
            case Measurement.Count(long value) -> Optional.of((double) value);
            case Measurement.Time(Duration value) -> Optional.of((double) value.toMillis());
            case Measurement.Never never -> Optional.empty();
            case Measurement.Degraded degraded -> Optional.empty();
            case Measurement.Shares shares -> Optional.empty();
            case Measurement.State state -> Optional.empty();
            case Measurement.Missing missing -> Optional.empty();
        };
    }
}
