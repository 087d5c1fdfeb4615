package io.failoverlab.cli;

import io.failoverlab.clock.LabScheduler;
import io.failoverlab.engine.Engine;
import io.failoverlab.environment.Leftovers;
import io.failoverlab.session.ControlRequest;
import io.failoverlab.session.Session;
import io.failoverlab.session.Sessions;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(name = "down", description = "Take the lab down that is up, and remove what dead ones left.")
final class DownCommand implements Callable<Integer> {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    @Option(
            names = "--final-snapshot",
            paramLabel = "NAME",
            description = {
                "Keep a snapshot of the database in the folder snapshots/, for `lab up --from-snapshot NAME`.",
                "The database takes no more writes from then on, so that it has every one that was acknowledged. The lab stays"
                        + " up, and takes writes again, if that fails."
            })
    private String finalSnapshot;

    @Override
    public Integer call() {
        Terminal terminal = Terminal.ofProcess();
        Sessions sessions = Sessions.ofUser();
        Optional<Session> live = sessions.live();
        if (finalSnapshot != null) {
            Session session = RunningLab.find().session();
            FaultRequests.ask(new ControlRequest.DownWithSnapshot(
                    finalSnapshot, SnapshotCommand.KEPT.toAbsolutePath().toString()));
            awaitEnd(terminal, session);
        } else {
            live.ifPresent(session -> {
                RunningLab.find().ask(new ControlRequest.Down());
                awaitEnd(terminal, session);
            });
        }
        Set<String> dead = new Leftovers(Engine.connect()).removeDead();
        dead.forEach(sessions::remove);
        dead.forEach(run -> terminal.say("removed what run " + run + " had left"));
        if (live.isEmpty() && dead.isEmpty()) {
            terminal.say("nothing to take down");
        }
        return ExitCode.PASS;
    }

    private static void awaitEnd(Terminal terminal, Session session) {
        try (LabScheduler scheduler = new LabScheduler(failure -> terminal.say(failure.getMessage()))) {
            boolean ended = scheduler
                    .await(
                            LIMIT,
                            () -> ProcessHandle.of(session.pid()).isEmpty() ? Optional.of(true) : Optional.empty())
                    .isPresent();
            if (!ended) {
                throw UserError.environment("expected the lab (process " + session.pid() + ") to end within "
                        + LIMIT.toSeconds() + " s; kill it and call `lab down` again");
            }
        }
        terminal.say("run " + session.run() + " is down; nothing is left of it");
    }
}
