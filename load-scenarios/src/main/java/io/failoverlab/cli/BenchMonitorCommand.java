package io.failoverlab.cli;

import io.failoverlab.bench.BenchReport;
import io.failoverlab.bench.MonitorBench;
import io.failoverlab.bench.Sizes;
import io.failoverlab.clock.LabScheduler;
import io.failoverlab.engine.LabHome;
import io.failoverlab.engine.PrometheusInstaller;
import io.failoverlab.topology.Topology;
import io.failoverlab.topology.TopologyFile;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "monitor",
        description =
                "Measure the monitor: from an instance's death to the alarm, and what scraping costs, beside Prometheus and"
                        + " its Alertmanager; PutMetricData, GetMetricData and the evaluation of alarms.",
        footer = {"", "Takes about six minutes. The table says for each aim whether it was met; the exit code does not."
        })
final class BenchMonitorCommand implements Callable<Integer> {
    /** Parts that may be measured alone. */
    enum Part {
        ALARM,
        COST,
        PUT,
        GET,
        EVALUATION
    }

    @Option(
            names = "--only",
            paramLabel = "PART",
            split = ",",
            description = "Measure only these: alarm, cost, put, get, evaluation (default: all).")
    private Set<Part> only = EnumSet.allOf(Part.class);

    @Option(names = "--kills", paramLabel = "N", description = "Instances killed (default: ${DEFAULT-VALUE}).")
    private int kills = 20;

    @Option(names = "--targets", paramLabel = "N", description = "Targets scraped (default: ${DEFAULT-VALUE}).")
    private int targets = 5;

    @Option(names = "--series", paramLabel = "N", description = "Series of each target (default: ${DEFAULT-VALUE}).")
    private int series = 200;

    @Option(
            names = "--settle",
            paramLabel = "TIME",
            description = "Scraping before its cost is measured, while the JVM compiles (default: 60s).")
    private Duration settle = Duration.ofSeconds(60);

    @Option(names = "--for", paramLabel = "TIME", description = "Time to measure the cost of scraping (default: 60s).")
    private Duration cost = Duration.ofSeconds(60);

    @Option(names = "--clients", paramLabel = "N", description = "Clients that put (default: ${DEFAULT-VALUE}).")
    private int clients = 4;

    @Option(names = "--put", paramLabel = "TIME", description = "Time to put, twice (default: 10s).")
    private Duration put = Duration.ofSeconds(10);

    @Option(
            names = "--read-series",
            paramLabel = "N",
            description = "Series of a GetMetricData (default: ${DEFAULT-VALUE}).")
    private int readSeries = 200;

    @Option(
            names = "--read-minutes",
            paramLabel = "N",
            description = "Minutes of a GetMetricData (default: ${DEFAULT-VALUE}).")
    private int readMinutes = 180;

    @Option(names = "--reads", paramLabel = "N", description = "How often it reads (default: ${DEFAULT-VALUE}).")
    private int reads = 200;

    @Option(names = "--alarms", paramLabel = "N", description = "Alarms evaluated (default: ${DEFAULT-VALUE}).")
    private int alarms = 10_000;

    @Option(
            names = "--rounds",
            paramLabel = "N",
            description = "How often all alarms are evaluated, every 10 s (default: ${DEFAULT-VALUE}).")
    private int rounds = 6;

    @Option(names = "--json", paramLabel = "FILE", description = "Write the figures to this file, too.")
    private Path json;

    @Spec
    private CommandSpec spec;

    @Mixin
    private StackOptions stack = new StackOptions();

    @Override
    public Integer call() throws Exception {
        Terminal terminal = Terminal.ofProcess();
        Sizes sizes = sizes();
        Topology topology = stack.applyTo(TopologyFile.named("two-web-one-db"));
        return Interrupts.guard(terminal, () -> {
            LabHome home = LabHome.find();
            PrometheusInstaller.Programs programs =
                    PrometheusInstaller.ofThisHost(home, terminal::say).ensure();
            try (LabScheduler scheduler = new LabScheduler(failure -> terminal.say("lab: " + failure.getMessage()));
                    BenchStack stackToKill = new BenchStack(terminal, topology, stack)) {
                BenchReport report = new MonitorBench(home, scheduler, programs, stackToKill, terminal::say)
                        .run(sizes, "./lab bench monitor" + asWritten());
                tell(report, terminal);
            }
            return ExitCode.PASS;
        });
    }

    private void tell(BenchReport report, Terminal terminal) throws IOException {
        Table.print(report.table(), terminal::data);
        report.notes().forEach(terminal::say);
        if (json != null) {
            report.write(json);
            terminal.say("figures: " + json);
        }
        terminal.say("repeat: " + report.repeat());
    }

    /** @throws IllegalArgumentException for a size that cannot be */
    private Sizes sizes() {
        return new Sizes(
                part(Part.ALARM, () -> new Sizes.Killing(kills)),
                part(Part.COST, () -> new Sizes.Scraping(targets, series, settle, cost)),
                part(Part.PUT, () -> new Sizes.Putting(clients, put)),
                part(Part.GET, () -> new Sizes.Reading(readSeries, readMinutes, reads)),
                part(Part.EVALUATION, () -> new Sizes.Evaluating(alarms, rounds)));
    }

    private <T> Optional<T> part(Part part, Supplier<T> size) {
        return only.contains(part) ? Optional.of(size.get()) : Optional.empty();
    }

    /** The options that were given, as they were. */
    private String asWritten() {
        return spec.commandLine().getParseResult().matchedOptions().stream()
                .map(option -> " " + option.longestName() + " " + String.join(",", option.originalStringValues()))
                .collect(Collectors.joining());
    }
}
