package io.failoverlab.cli;

import io.failoverlab.bench.DatabaseBench;
import io.failoverlab.bench.DatabaseFault;
import io.failoverlab.bench.DatabaseReport;
import io.failoverlab.bench.FailoverTrial;
import io.failoverlab.bench.Pace;
import io.failoverlab.bench.TrialLog;
import io.failoverlab.clock.LabScheduler;
import io.failoverlab.history.RunFolder;
import io.failoverlab.topology.Topology;
import io.failoverlab.topology.TopologyFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "database",
        description =
                "Measure what the loss of a Multi-AZ database's primary costs: the lab beside a script's failover.",
        footer = {
            "",
            "Says at the start how long it takes. The script asks its primary every 20 ms, promotes the standby and leads four"
                    + " JDBC clients there, without a fence and without an endpoint; once more with asynchronous replication and"
                    + " as many orders as there can be. The aims: no acknowledged order lost, none doubled; after a kill no more"
                    + " than 0.5 s without an acknowledged order in half of the runs, and 1 s in 95 %%. The table says whether"
                    + " they were met; the exit code does not."
        })
final class BenchDatabaseCommand implements Callable<Integer> {
    private static final int MOST = 100;

    @Parameters(
            arity = "0..1",
            paramLabel = "TOPOLOGY",
            description = "A pattern or a file with a Multi-AZ database (default: ${DEFAULT-VALUE}).")
    private String topologyName = "two-web-multi-az";

    @Option(names = "--times", paramLabel = "N", description = "Runs of ours with each fault (default: 20).")
    private int times = 20;

    @Option(names = "--peer-times", paramLabel = "N", description = "Runs of each peer with each fault (default: 6).")
    private int peerTimes = 6;

    @Option(
            names = "--faults",
            split = ",",
            paramLabel = "FAULT",
            description = "Of kill, pause, cut (default: kill,pause,cut).")
    private List<DatabaseFault> faults = List.of(DatabaseFault.values());

    @Option(
            names = "--rate",
            paramLabel = "N",
            description = "Orders a second, and as many pages (default: ${DEFAULT-VALUE}).")
    private int rate = 100;

    @Option(
            names = "--seed",
            paramLabel = "N",
            description =
                    "Of the first run's moment of the fault; each further run has the next (default: a random one).")
    private Long seed;

    @Option(names = "--runs", paramLabel = "FOLDER", description = "Where runs are kept (default: ./runs).")
    private Path runs = Path.of("runs");

    @Option(names = "--events", description = "Tell every event of the stack, to see what the lab did when.")
    private boolean events;

    @Mixin
    private StackOptions stack = new StackOptions();

    @Override
    public Integer call() throws Exception {
        requireWithin();
        Terminal terminal = Terminal.ofProcess();
        Topology topology = stack.applyTo(TopologyFile.named(topologyName));
        if (!topology.hasStandby()) {
            throw UserError.usage("expected a topology with a Multi-AZ database, found " + topology.name()
                    + " without a standby; the pattern two-web-multi-az has one");
        }
        int port = stack.servicePort(topology);
        if (seed == null) {
            seed = (long) new SecureRandom().nextInt(1_000_000);
        }
        return Interrupts.guard(terminal, () -> {
            try (Workbench bench = Workbench.prepare(terminal)) {
                bench.requireRoom(topology);
                DatabaseBench.Setup setup =
                        new DatabaseBench.Setup(Workbench.newRun(), topology, bench.stackImages(), port);
                try (DatabaseBench measuring = DatabaseBench.up(
                        setup,
                        bench.engine(),
                        bench.scheduler(),
                        bench.progress(),
                        new BenchTelemetry(terminal, events))) {
                    measure(measuring, terminal, bench.scheduler());
                }
                terminal.say("repeat: " + asWritten());
                return ExitCode.PASS;
            }
        });
    }

    private void measure(DatabaseBench bench, Terminal terminal, LabScheduler clock) throws Exception {
        DatabaseBench.Plan plan = new DatabaseBench.Plan(faults, times, peerTimes, rate, seed);
        Pace pace = new Pace(clock.instant(), plan.trials(), plan.each());
        RunFolder folder = RunFolder.create(runs, "bench-database", clock);
        folder.linkLatest();
        TrialLog log = TrialLog.create(folder.path().resolve("trials.csv"), FailoverTrial.CSV_HEADER);
        terminal.say("%d runs of about %.0f s: %s; seeds from %d on; each run is kept in %s"
                .formatted(
                        plan.trials(),
                        plan.each().toMillis() / 1000.0,
                        Pace.minutes(pace.left(0, clock.instant())),
                        seed,
                        folder.path().resolve("trials.csv")));
        List<FailoverTrial> trials = new ArrayList<>();
        List<DatabaseBench.Failure> failures = new ArrayList<>();
        try {
            bench.run(plan, new DatabaseBench.Listener() {
                private int done;

                @Override
                public void ended(FailoverTrial trial) {
                    trials.add(trial);
                    log.add(trial.csv());
                    say(trial.line());
                }

                @Override
                public void failed(DatabaseBench.Failure failure) {
                    failures.add(failure);
                    say("%-5s %-13s seed %d: no figures: %s"
                            .formatted(failure.fault().word(), failure.by().title(), failure.seed(), failure.why()));
                }

                private void say(String line) {
                    done++;
                    terminal.say("[" + pace.text(done, clock.instant()) + "] " + line);
                }
            });
        } finally {
            // However it ends: what was measured until then.
            DatabaseReport report = new DatabaseReport(trials, failures);
            List<String> lines = new ArrayList<>();
            Table.print(report.times(), lines::add);
            lines.add("");
            Table.print(report.orders(), lines::add);
            lines.forEach(terminal::data);
            Files.write(folder.path().resolve("figures.txt"), lines);
            report.write(folder.path().resolve("figures.json"), asWritten());
        }
    }

    private void requireWithin() {
        List<String> problems = new ArrayList<>();
        if (times < 0 || times > MOST || peerTimes < 0 || peerTimes > MOST || times + peerTimes == 0) {
            problems.add("--times, --peer-times: expected 0 to " + MOST + " and not both 0, found " + times + " and "
                    + peerTimes);
        }
        if (rate < 10 || rate > 500) {
            problems.add("--rate: expected 10 to 500, found " + rate);
        }
        if (seed != null && (seed < 0 || seed > Integer.MAX_VALUE)) {
            problems.add("--seed: expected 0 to " + Integer.MAX_VALUE + ", found " + seed);
        }
        if (!problems.isEmpty()) {
            throw UserError.usage(String.join("\n", problems));
        }
    }

    private String asWritten() {
        return "./lab bench database " + topologyName + " --times " + times + " --peer-times " + peerTimes
                + " --faults "
                + String.join(",", faults.stream().map(DatabaseFault::word).toList())
                + " --rate " + rate + " --seed " + seed + stack.asWritten();
    }
}
