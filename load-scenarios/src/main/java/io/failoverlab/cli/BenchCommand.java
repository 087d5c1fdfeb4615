package io.failoverlab.cli;

import io.failoverlab.experiment.Experiment;
import io.failoverlab.experiment.ExperimentFile;
import io.failoverlab.topology.Topology;
import java.nio.file.Path;
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
            BenchEndpointCommand.class,
            BenchMonitorCommand.class,
            BenchReportCommand.class,
            BenchSimulationCommand.class
        },
        footer = {"", "Compare with what nginx does by itself:  lab bench kill-one-web --balancer nginx-default"})
final class BenchCommand implements Callable<Integer> {
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
                String repeat = "./lab run " + asWritten(plan) + stack.asWritten();
                RepeatedRuns repeated = RepeatedRuns.of(
                        times, bench.scheduler(), terminal::say, () -> QuietRun.of(bench, plan, stack, runs, repeat));
                Table.print(repeated.table(), terminal::data);
                terminal.say("repeat: ./lab bench " + asWritten(plan) + " --times " + times + stack.asWritten());
                return ExitCode.of(repeated.verdict());
            }
        });
    }

    /** What is to be run each time, with the same targets; nothing has begun. */
    Experiment plan() {
        return ExperimentFile.read(experiment, seed.get(), stack::applyTo);
    }

    private String asWritten(Experiment plan) {
        return AppOptions.quoted(experiment) + SeedOption.asWritten(plan);
    }
}
