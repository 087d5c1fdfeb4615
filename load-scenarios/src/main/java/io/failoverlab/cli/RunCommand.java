package io.failoverlab.cli;

import io.failoverlab.experiment.Experiment;
import io.failoverlab.experiment.ExperimentFile;
import io.failoverlab.experiment.ExperimentRunner;
import io.failoverlab.experiment.RunOutcome;
import io.failoverlab.profile.LoadProfile;
import io.failoverlab.report.Reports;
import io.failoverlab.report.Style;
import io.failoverlab.report.TerminalReport;
import io.failoverlab.simulation.LoadGenerator;
import io.failoverlab.topology.Topology;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "run",
        description = "Run an experiment: bring a stack up, load it, break it, watch it, judge it, take it down.",
        footer = {
            "",
            "Built in: kill-one-web, cpu-stress, kill-balancer, and kill-one-web-alb (with --timing aws --retry alb).",
            "Or the path of an experiment's YAML file."
        })
final class RunCommand implements Callable<Integer> {
    @Parameters(paramLabel = "NAME|FILE", description = "A built-in experiment or a file.")
    private String experiment;

    @Mixin
    private StackOptions stack = new StackOptions();

    @Option(names = "--rate", paramLabel = "N", description = "Requests started a second, instead of the experiment's.")
    private Integer rate;

    @Option(names = "--runs", paramLabel = "FOLDER", description = "Where runs are kept (default: ./runs).")
    private Path runs = Path.of("runs");

    @Option(names = "--no-gatling-report", description = "Leave Gatling's own HTML report out.")
    private boolean noGatlingReport;

    @Override
    public Integer call() throws Exception {
        Terminal terminal = Terminal.ofProcess();
        if (rate != null && (rate < 1 || rate > LoadProfile.MAX_RATE)) {
            throw UserError.usage("--rate: expected 1 to " + LoadProfile.MAX_RATE + ", found " + rate);
        }
        Experiment read = ExperimentFile.read(experiment);
        Topology topology = stack.applyTo(read.topology());
        Experiment plan = read.with(topology, rate == null ? read.load().rate() : rate);
        int servicePort = stack.servicePort(topology);
        int monitorPort = stack.monitorPort();
        return Interrupts.guard(terminal, () -> {
            try (Workbench bench = Workbench.prepare(terminal)) {
                bench.requireRoom(topology);
                RunFolder folder = RunFolder.create(runs, plan.name(), bench.scheduler());
                RunOutcome outcome = new ExperimentRunner(
                                plan,
                                options(bench, folder, servicePort, monitorPort),
                                bench.engine(),
                                bench.scheduler(),
                                bench.progress(),
                                new RunNarrator(terminal, bench.scheduler()))
                        .run();
                folder.linkLatest();
                return conclude(terminal, outcome);
            }
        });
    }

    private ExperimentRunner.Options options(Workbench bench, RunFolder folder, int servicePort, int monitorPort) {
        return bench.runOptions(
                folder,
                servicePort,
                monitorPort,
                "./lab run " + experiment + stack.asWritten() + (rate == null ? "" : " --rate " + rate),
                noGatlingReport ? LoadGenerator.HtmlReport.LEAVE_OUT : LoadGenerator.HtmlReport.MAKE);
    }

    static int conclude(Terminal terminal, RunOutcome outcome) throws IOException {
        Path page = Reports.save(outcome.history(), outcome.judgement(), outcome.folder());
        terminal.data(TerminalReport.render(outcome.history(), outcome.judgement(), new Style(terminal.colour(), false))
                .stripTrailing());
        terminal.say("Report: " + page + "  ·  judge again: ./lab judge " + outcome.folder() + "  ·  repeat: "
                + outcome.history().run().repeatCommand());
        return ExitCode.of(outcome.judgement().verdict());
    }
}
