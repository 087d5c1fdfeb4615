package io.failoverlab.cli;

import io.failoverlab.bench.BalancerBench;
import io.failoverlab.bench.BalancerTable;
import io.failoverlab.bench.Disturbance;
import io.failoverlab.bench.Mix;
import io.failoverlab.bench.Pace;
import io.failoverlab.bench.Throughput;
import io.failoverlab.bench.Trial;
import io.failoverlab.bench.TrialLog;
import io.failoverlab.clock.LabScheduler;
import io.failoverlab.document.DurationText;
import io.failoverlab.engine.Image;
import io.failoverlab.environment.StackImages;
import io.failoverlab.history.RunFolder;
import io.failoverlab.topology.Topology;
import io.failoverlab.topology.TopologyFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "balancer",
        description =
                "Measure what the death of one of three targets costs: the lab's balancer beside nginx and HAProxy.",
        footer = {
            "",
            "Says at the start how long it takes. The aims: no request and no order lost, no order carried out twice; after a"
                    + " kill no slower than HAProxy, after another fault at most 500 ms. The table says whether they were"
                    + " met; the exit code does not. The peers' configurations are in docker/peers."
        })
final class BenchBalancerCommand implements Callable<Integer> {
    private static final int MOST = 100;
    private static final Duration CHANGE = Duration.ofMillis(600);
    private static final Duration THROUGHPUT_TIME = Duration.ofSeconds(5);
    private static final int AT_ONCE = 16;
    private static final Duration LONGEST = Duration.ofMinutes(5);

    @Parameters(
            arity = "0..1",
            paramLabel = "TOPOLOGY",
            description = "Whose load balancer is measured, with three targets: a pattern or a file (default:"
                    + " ${DEFAULT-VALUE}).")
    private String topologyName = "two-web-one-db";

    @Option(names = "--times", paramLabel = "N", description = "Trials of ours (default: ${DEFAULT-VALUE}).")
    private int times = 10;

    @Option(names = "--peer-times", paramLabel = "N", description = "Trials of each peer (default: ${DEFAULT-VALUE}).")
    private int peerTimes = 3;

    @Option(
            names = "--duration",
            paramLabel = "TIME",
            description = "Of a trial (default: 33s); the fault comes at 3s.")
    private Duration duration = Duration.ofSeconds(33);

    @Option(names = "--rate", paramLabel = "N", description = "Requests a second (default: ${DEFAULT-VALUE}).")
    private int rate = 300;

    @Option(
            names = "--changes",
            paramLabel = "N",
            description = "Changes of targets under load, one every 600 ms (default: ${DEFAULT-VALUE}).")
    private int changes = 100;

    @Option(
            names = "--throughput",
            paramLabel = "N",
            description = "Measurements of throughput, 5 s each with the controller and without (default: 3).")
    private int throughput = 3;

    @Option(
            names = "--faults",
            split = ",",
            paramLabel = "FAULT",
            description = "Of none, kill, pause, hang, deaf, slow (default: kill,pause).")
    private List<Disturbance> faults = List.of(Disturbance.KILL, Disturbance.PAUSE);

    @Option(
            names = "--requests",
            split = ",",
            paramLabel = "MIX",
            description = "Of get, orders (a fifth of them POST) (default: get,orders).")
    private List<Mix> mixes = List.of(Mix.values());

    @Option(
            names = "--forgetful",
            description = "To see that doubled orders are found: the targets do not look at the Idempotency-Key.")
    private boolean forgetful;

    @Option(names = "--runs", paramLabel = "FOLDER", description = "Where trials are kept (default: ./runs).")
    private Path runs = Path.of("runs");

    @Option(names = "--events", description = "Tell every event of the stack, to see what the lab did when.")
    private boolean events;

    @Mixin
    private StackOptions stack = new StackOptions();

    @Override
    public Integer call() throws Exception {
        requireWithin();
        Terminal terminal = Terminal.ofProcess();
        Topology topology = stack.applyTo(TopologyFile.named(topologyName).withWeb(3));
        int port = stack.servicePort(topology);
        return Interrupts.guard(terminal, () -> {
            try (Workbench bench = Workbench.prepare(terminal)) {
                bench.requireRoom(topology);
                Image haproxy = bench.haproxy();
                StackImages images = bench.stackImages();
                BalancerBench.Setup setup = new BalancerBench.Setup(
                        bench.home().folder(),
                        Workbench.newRun(),
                        topology,
                        new StackImages(haproxy.reference(), images.loadBalancer(), images.database()),
                        haproxy.reference(),
                        port);
                try (BalancerBench measuring = BalancerBench.up(
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

    private void measure(BalancerBench bench, Terminal terminal, LabScheduler clock) throws Exception {
        BalancerBench.Plan plan = new BalancerBench.Plan(faults, mixes, times, peerTimes, rate, duration, forgetful);
        Pace pace = new Pace(clock.instant(), plan.trials(), plan.each());
        Duration after = CHANGE.multipliedBy(changes).plus(THROUGHPUT_TIME.multipliedBy(2L * throughput));
        RunFolder folder = RunFolder.create(runs, "bench-balancer", clock);
        folder.linkLatest();
        TrialLog log = TrialLog.create(folder.path().resolve("trials.csv"), Trial.CSV_HEADER);
        terminal.say(
                "%d trials of about %.0f s: %s; then changes of targets and throughput: %s; each trial is kept in %s"
                        .formatted(
                                plan.trials(),
                                plan.each().toMillis() / 1000.0,
                                Pace.minutes(pace.left(0, clock.instant())),
                                Pace.minutes(after),
                                folder.path().resolve("trials.csv")));
        List<Trial> trials = new ArrayList<>();
        List<String> further = new ArrayList<>();
        try {
            bench.run(plan, new BalancerBench.Listener() {
                private int done;

                @Override
                public void ended(Trial trial) {
                    trials.add(trial);
                    log.add(trial.csv());
                    say(BalancerTable.line(trial));
                }

                @Override
                public void failed(String which, String why) {
                    say(which + ": no figures: " + why);
                }

                private void say(String line) {
                    done++;
                    terminal.say("[" + pace.text(done, clock.instant()) + "] " + line);
                }
            });
            if (changes > 0) {
                further.add(bench.changes(changes, CHANGE.multipliedBy(changes), rate)
                        .line());
            }
            bench.throughput(throughput, THROUGHPUT_TIME, AT_ONCE).stream()
                    .map(Throughput::line)
                    .forEach(further::add);
        } finally {
            // However it ends: what was measured until then.
            List<String> lines = new ArrayList<>();
            Table.print(BalancerTable.of(trials), lines::add);
            lines.addAll(further);
            lines.forEach(terminal::data);
            Files.write(folder.path().resolve("figures.txt"), lines);
        }
    }

    private void requireWithin() {
        if (times < 0 || times > MOST || peerTimes < 0 || peerTimes > MOST || times + peerTimes == 0) {
            throw UserError.usage("--times, --peer-times: expected 0 to " + MOST + " and not both 0, found " + times
                    + " and " + peerTimes);
        }
        if (duration.compareTo(BalancerBench.BEFORE.plusSeconds(1)) < 0 || duration.compareTo(LONGEST) > 0) {
            throw UserError.usage("--duration: expected 4s to 5m, since the fault comes at 3s, found "
                    + DurationText.print(duration));
        }
        if (changes < 0 || changes > 1000 || throughput < 0 || throughput > MOST) {
            throw UserError.usage("--changes, --throughput: expected 0 to 1000 and 0 to " + MOST + ", found " + changes
                    + " and " + throughput);
        }
        if (rate < 1 || rate > 2000) {
            throw UserError.usage("--rate: expected 1 to 2000, found " + rate);
        }
    }

    private String asWritten() {
        return "./lab bench balancer " + topologyName + " --times " + times + " --peer-times " + peerTimes
                + " --duration "
                + DurationText.print(duration) + " --rate " + rate + " --changes " + changes + " --throughput "
                + throughput + " --faults "
                + String.join(",", faults.stream().map(Disturbance::word).toList()) + " --requests "
                + String.join(
                        ",",
                        mixes.stream()
                                .map(mix -> mix.name().toLowerCase(Locale.ROOT))
                                .toList())
                + (forgetful ? " --forgetful" : "") + stack.asWritten();
    }
}
