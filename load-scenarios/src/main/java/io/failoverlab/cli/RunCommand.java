package io.failoverlab.cli;

import io.failoverlab.document.DurationText;
import io.failoverlab.experiment.Experiment;
import io.failoverlab.experiment.ExperimentFile;
import io.failoverlab.experiment.ExperimentRunner;
import io.failoverlab.experiment.RunOutcome;
import io.failoverlab.fis.PlanText;
import io.failoverlab.history.History;
import io.failoverlab.history.HistoryStore;
import io.failoverlab.history.RunFolder;
import io.failoverlab.profile.LoadProfile;
import io.failoverlab.profile.Simulations;
import io.failoverlab.report.Reports;
import io.failoverlab.report.Style;
import io.failoverlab.report.TerminalReport;
import io.failoverlab.session.ControlRequest;
import io.failoverlab.simulation.LoadGenerator;
import io.failoverlab.topology.Topology;
import io.failoverlab.verdict.Judge;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "run",
        description = "Run an experiment: bring a stack up, load it, break it, watch it, judge it, take it down.",
        footer = {
            "",
            "Built in ones and their questions: lab experiments.",
            "Or the path of an experiment's YAML file, or an FIS template:",
            "  lab run --fis template.json --time-scale 20 --dry-run"
        })
final class RunCommand implements Callable<Integer> {
    private static final String HERE = "--here";

    @Spec
    private CommandSpec spec;

    @Parameters(arity = "0..1", paramLabel = "NAME|FILE", description = "A built-in experiment or a file.")
    private String experiment;

    @Mixin
    private FisOptions fis = new FisOptions();

    @Option(names = "--dry-run", description = "Say what would be hit and when, and do nothing.")
    private boolean dryRun;

    @Mixin
    private StackOptions stack = new StackOptions();

    @Option(names = "--rate", paramLabel = "N", description = "Requests started a second, instead of the experiment's.")
    private Integer rate;

    @Option(names = "--runs", paramLabel = "FOLDER", description = "Where runs are kept (default: ./runs).")
    private Path runs = Path.of("runs");

    @Mixin
    private CustomerOptions customers = new CustomerOptions();

    @Option(
            names = "--repeat",
            paramLabel = "N",
            description = "Run it N times, each on a stack of its own: medians and spread of every figure.")
    private int repeat = 1;

    @Option(
            names = "--baseline",
            paramLabel = "RUN",
            description = "Put the outcome beside that of an earlier run, or of a folder of runs.")
    private Path baseline;

    @Option(
            names = HERE,
            description = "Run it on the stack of the lab that is up, whatever its topology, and leave that up.")
    private boolean here;

    @Option(names = "--no-gatling-report", description = "Leave Gatling's own HTML report out.")
    private boolean noGatlingReport;

    @Override
    public Integer call() throws Exception {
        Terminal terminal = Terminal.ofProcess();
        if (rate != null && (rate < 1 || rate > LoadProfile.MAX_RATE)) {
            throw UserError.usage("--rate: expected 1 to " + LoadProfile.MAX_RATE + ", found " + rate);
        }
        if (repeat < 1 || repeat > RepeatedRuns.MOST) {
            throw UserError.usage("--repeat: expected 1 to " + RepeatedRuns.MOST + ", found " + repeat);
        }
        if (here) {
            return onTheLabThatIsUp(terminal);
        }
        Experiment plan = plan();
        Optional<StoredRuns> before =
                baseline == null ? Optional.empty() : Optional.of(StoredRuns.read(baseline, terminal::say));
        Topology topology = plan.topology();
        List<String> intended = intended(plan);
        if (dryRun) {
            intended.forEach(terminal::data);
            return ExitCode.PASS;
        }
        if (fis.given()) {
            intended.forEach(terminal::say);
        } else {
            plan.seed().ifPresent(seed -> intended.forEach(terminal::say));
        }
        int servicePort = stack.servicePort(topology);
        int monitorPort = stack.monitorPort();
        return Interrupts.guard(terminal, () -> {
            try (Workbench bench = Workbench.prepare(terminal)) {
                bench.requireRoom(topology);
                if (repeat > 1) {
                    return several(bench, terminal, plan, before);
                }
                RunFolder folder = RunFolder.create(runs, plan.name(), bench.scheduler());
                RunOutcome outcome = new ExperimentRunner(
                                plan,
                                options(plan, bench, folder, servicePort, monitorPort),
                                bench.engine(),
                                bench.scheduler(),
                                bench.progress(),
                                new RunNarrator(terminal, bench.scheduler()))
                        .run();
                folder.linkLatest();
                int exitCode = conclude(terminal, outcome);
                StoredRuns now = new StoredRuns(outcome.folder(), List.of(outcome.judgement()));
                before.ifPresent(earlier -> CompareCommand.print(earlier, now, new JsonOption(), terminal));
                return exitCode;
            }
        });
    }

    private int several(Workbench bench, Terminal terminal, Experiment plan, Optional<StoredRuns> before)
            throws IOException, InterruptedException {
        Pipeline pipeline = Pipeline.ofThisProcess();
        RepeatedRuns repeated = RepeatedRuns.of(repeat, bench.scheduler(), terminal::say, () -> {
            QuietRun run = QuietRun.of(bench, plan, stack, runs, asWritten(plan));
            pipeline.tell(run.outcome(), terminal);
            return run;
        });
        Table.print(repeated.table(), terminal::data);
        StoredRuns now = new StoredRuns(runs.resolve(plan.name()), repeated.judgements());
        before.ifPresent(earlier -> CompareCommand.print(earlier, now, new JsonOption(), terminal));
        terminal.say("repeat: " + asWritten(plan) + " --repeat " + repeat);
        return ExitCode.of(repeated.verdict());
    }

    private int onTheLabThatIsUp(Terminal terminal) throws IOException {
        List<String> others = spec.commandLine().getParseResult().matchedOptions().stream()
                .map(OptionSpec::longestName)
                .filter(name -> !name.equals(HERE))
                .toList();
        if (experiment == null || !others.isEmpty()) {
            throw UserError.usage(
                    "--here: expected the name or the file of an experiment and no other option, since the"
                            + " stack is there already and its lab keeps the run, found "
                            + (others.isEmpty() ? "no experiment" : String.join(", ", others)));
        }
        boolean named = ExperimentFile.builtIn().contains(experiment);
        terminal.say("running " + experiment + " on the lab that is up; its terminal and its page tell more");
        Path folder = Path.of(RunningLab.find()
                .ask(new ControlRequest.RunExperiment(
                        named
                                ? experiment
                                : Path.of(experiment).toAbsolutePath().toString()))
                .message());
        History history = HistoryStore.load(folder);
        return conclude(terminal, new RunOutcome(folder, history, Judge.judge(history)));
    }

    /** What is to be run, read and checked; nothing has begun. */
    Experiment plan() {
        if (fis.given() == (experiment != null)) {
            throw UserError.usage("expected the name or the file of an experiment, or --fis with a template, found "
                    + (experiment == null ? "neither" : "both"));
        }
        if (fis.given()) {
            if (customers.given()) {
                fis.requireNoCustomers();
            }
            return withCustomers(fis.experiment(stack, rate));
        }
        fis.requireNone();
        Experiment read = ExperimentFile.read(experiment, fis.seed(), stack::applyTo);
        return withCustomers(
                read.with(read.topology(), rate == null ? read.load().rate() : rate));
    }

    private Experiment withCustomers(Experiment plan) {
        Experiment changed = customers.applyTo(plan);
        boolean ofShop =
                changed.load().own().isEmpty() && !changed.load().simulation().equals(Simulations.GET.label());
        if (stack.app().given() && ofShop) {
            throw UserError.usage(
                    "expected --get PATH, such as --get /, or --gatling with an application of your own: the"
                            + " sample shop's customers know no other; found neither");
        }
        return changed;
    }

    /** What will be hit and when, a line each. */
    private static List<String> intended(Experiment plan) {
        List<String> lines = new ArrayList<>();
        lines.add(plan.name() + " on " + plan.topology().name() + ": " + plan.load());
        plan.seed().ifPresent(seed -> lines.add("seed " + seed + " chose what is not named"));
        plan.injections()
                .forEach(it -> lines.add("at " + DurationText.print(it.at()) + ": "
                        + it.fault().name() + " " + String.join(", ", it.instances())
                        + it.limit()
                                .map(time -> ", undone after " + DurationText.print(time))
                                .orElse(it.fault().lasts() ? ", undone at the end of the load" : "")));
        plan.fis().ifPresent(it -> {
            lines.add("at " + DurationText.print(it.at()) + ":");
            lines.addAll(PlanText.of(it.plan(plan.topology())));
        });
        return lines;
    }

    private ExperimentRunner.Options options(
            Experiment plan, Workbench bench, RunFolder folder, int servicePort, int monitorPort) {
        return bench.runOptions(
                folder,
                stack.images(bench),
                servicePort,
                monitorPort,
                asWritten(plan),
                noGatlingReport ? LoadGenerator.HtmlReport.LEAVE_OUT : LoadGenerator.HtmlReport.MAKE);
    }

    private String asWritten(Experiment plan) {
        return "./lab run "
                + (fis.given() ? fis.asWritten() : AppOptions.quoted(experiment) + SeedOption.asWritten(plan))
                + stack.asWritten() + (rate == null ? "" : " --rate " + rate)
                + customers.asWritten();
    }

    static int conclude(Terminal terminal, RunOutcome outcome) throws IOException {
        Path page = Reports.save(outcome.history(), outcome.judgement(), outcome.folder());
        Pipeline.ofThisProcess().tell(outcome, terminal);
        terminal.data(
                TerminalReport.render(outcome.history(), outcome.judgement(), new Style(terminal.dataColour(), false))
                        .stripTrailing());
        terminal.say("Report: " + page + "  ·  judge again: ./lab judge " + outcome.folder() + "  ·  repeat: "
                + outcome.history().run().repeatCommand());
        return ExitCode.of(outcome.judgement().verdict());
    }
}
