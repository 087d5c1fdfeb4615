package io.failoverlab.cli;

import io.failoverlab.rds.SnapshotArchive;
import io.failoverlab.session.LabSession;
import io.failoverlab.session.Session;
import io.failoverlab.telemetry.Measurement;
import io.failoverlab.telemetry.StackEvent;
import io.failoverlab.telemetry.Telemetry;
import io.failoverlab.topology.Topology;
import io.failoverlab.topology.TopologyFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "up",
        description = "Bring a stack up and keep it up until Ctrl-C or `lab down`.",
        footer = {
            "",
            "Patterns: one-web-one-db, two-web-one-db, two-web-multi-az. Or the path of a topology's YAML file."
        })
final class UpCommand implements Callable<Integer> {
    @Parameters(
            arity = "0..1",
            paramLabel = "PATTERN|FILE",
            description = "What to bring up (default: ${DEFAULT-VALUE}).")
    private String topology = "two-web-one-db";

    @Mixin
    private StackOptions stack = new StackOptions();

    @Option(
            names = "--policy",
            paramLabel = "FILE",
            description = "Statements in IAM's form about what the page's roles view, operate and break may do.")
    private Path policy;

    @Option(names = "--runs", paramLabel = "FOLDER", description = "Runs that the page shows (default: ./runs).")
    private Path runs = Path.of("runs");

    @Option(
            names = "--from-snapshot",
            paramLabel = "NAME",
            description = "Begin with what `lab down --final-snapshot NAME` kept in the folder snapshots/.")
    private String fromSnapshot;

    @Option(names = "--detach", description = "Return once it is up; `lab down` takes it down.")
    private boolean detach;

    @Override
    public Integer call() throws Exception {
        Terminal terminal = Terminal.ofProcess();
        Topology plan = stack.applyTo(TopologyFile.named(topology));
        Optional<SnapshotArchive.Kept> from =
                Optional.ofNullable(fromSnapshot).map(new SnapshotArchive(SnapshotCommand.KEPT)::find);
        int servicePort = stack.servicePort(plan);
        int monitorPort = stack.monitorPort();
        if (detach && stack.asWritten().contains("'")) {
            throw UserError.usage("--detach: expected options without blanks, found" + stack.asWritten());
        }
        LabSession.Page page = new LabSession.Page(runs, Optional.ofNullable(policy));
        page.policy().ifPresent(UpCommand::requireReadable);
        if (detach) {
            String begun = from.map(kept -> " --from-snapshot " + fromSnapshot).orElse("");
            return Detached.up(terminal, topology, stack.asWritten() + begun, page);
        }
        return Interrupts.guard(terminal, () -> {
            try (Workbench bench = Workbench.prepare(terminal)) {
                bench.requireRoom(plan);
                RunNarrator narrator = new RunNarrator(terminal, bench.scheduler());
                LabSession.Options options = new LabSession.Options(
                        bench.home().folder(),
                        Workbench.newRun(),
                        plan,
                        stack.images(bench),
                        servicePort,
                        monitorPort,
                        page);
                try (LabSession lab = LabSession.up(
                        options,
                        from,
                        bench.engine(),
                        bench.scheduler(),
                        new LabSession.Listeners(
                                bench.progress(), telling(narrator), narrator::alarmChanged, narrator::trouble))) {
                    lab.offer(new HereExperiments(bench, page.runs(), terminal));
                    welcome(terminal, lab.session());
                    lab.awaitDown();
                    terminal.say("going down, as asked from another terminal");
                }
                return ExitCode.PASS;
            }
        });
    }

    /** An address that lets somebody in stands in no log. */
    static String page(Terminal terminal, Session session) {
        return terminal.interactive()
                ? session.access().loginLink("break") + "   (lets one browser in; ./lab login makes another)"
                : session.monitor() + "   (./lab login prints an address that lets a browser in)";
    }

    /** What is wrong in it is told by the monitor, which reads it first of all. */
    private static void requireReadable(Path file) {
        if (!Files.isReadable(file)) {
            throw UserError.usage("--policy: expected a file that can be read, found " + file);
        }
    }

    static void welcome(Terminal terminal, Session session) {
        terminal.say(terminal.bold("up: ") + session.topology() + ", run " + session.run());
        terminal.say("  shop     " + session.service());
        terminal.say("  page     " + page(terminal, session));
        terminal.say("  monitor  " + session.monitor() + "   (CloudWatch's API; ./lab login --env for its clients)");
        terminal.say("  try      ./lab load --rate 100 --for 60s   and then   ./lab kill web-1a   (another terminal)");
        terminal.say("  down     Ctrl-C here, or ./lab down");
    }

    static Telemetry telling(RunNarrator narrator) {
        return new Telemetry() {
            @Override
            public void measured(List<Measurement> measurements) {
                // the monitor shows them
            }

            @Override
            public void happened(StackEvent event) {
                narrator.happened(event);
            }
        };
    }
}
