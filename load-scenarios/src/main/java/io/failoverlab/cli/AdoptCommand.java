package io.failoverlab.cli;

import io.failoverlab.environment.Leftovers;
import io.failoverlab.session.LabSession;
import io.failoverlab.session.Session;
import io.failoverlab.session.Sessions;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "adopt",
        description = "Go on with the stack of a lab that died (kill -9) while it ran.",
        footer = {
            "",
            "Same containers, ids and ports; the monitor starts again on what it had kept. Faults that were active are undone",
            "by their time limit, at once if that is past; `lab faults` lists them."
        })
final class AdoptCommand implements Callable<Integer> {
    @Option(
            names = "--policy",
            paramLabel = "FILE",
            description = "Statements in IAM's form about what the page's roles view, operate and break may do.")
    private Path policy;

    @Option(names = "--runs", paramLabel = "FOLDER", description = "Runs that the page shows (default: ./runs).")
    private Path runs = Path.of("runs");

    @Option(names = "--detach", description = "Return once it is taken over; `lab down` takes it down.")
    private boolean detach;

    @Override
    public Integer call() throws Exception {
        Terminal terminal = Terminal.ofProcess();
        LabSession.Page page = new LabSession.Page(runs, Optional.ofNullable(policy));
        if (detach) {
            return Detached.adopt(terminal, page);
        }
        return Interrupts.guard(terminal, () -> {
            try (Workbench bench = Workbench.prepare(terminal)) {
                Session dead = find(bench);
                RunNarrator narrator = new RunNarrator(terminal, bench.scheduler());
                LabSession.Listeners listeners = new LabSession.Listeners(
                        bench.progress(), UpCommand.telling(narrator), narrator::alarmChanged, narrator::trouble);
                try (LabSession lab = LabSession.takeOver(
                        bench.home().folder(),
                        page,
                        dead,
                        bench.engine(),
                        bench.scheduler(),
                        listeners,
                        terminal::say)) {
                    lab.offer(new HereExperiments(bench, page.runs(), terminal));
                    UpCommand.welcome(terminal, lab.session());
                    lab.awaitDown();
                    terminal.say("going down, as asked from another terminal");
                }
                return ExitCode.PASS;
            }
        });
    }

    private static Session find(Workbench bench) {
        Set<String> running = new Leftovers(bench.engine()).deadButRunning();
        List<Session> dead = Sessions.ofUser().dead().stream()
                .filter(session -> running.contains(session.run()))
                .toList();
        return dead.stream()
                .findFirst()
                .orElseThrow(() -> UserError.environment("expected the running stack of a lab that died, found "
                        + (running.isEmpty()
                                ? "none; `lab up` brings one up"
                                : "only " + String.join(", ", running)
                                        + ", whose lab died before it was up or is another"
                                        + " user's; `lab down` removes it")));
    }
}
