package io.failoverlab.cli;

import io.failoverlab.clock.LabScheduler;
import io.failoverlab.session.Session;
import io.failoverlab.top.Top;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "top",
        description = {
            "Watch the stack as the monitor's page shows it: targets, rates, latency, databases, alarms, events. q ends it.",
            "Where there is no screen, a line for each second and for each event."
        })
final class TopCommand implements Callable<Integer> {
    @Option(names = "--once", description = "Show it once, as it is now.")
    private boolean once;

    @Option(names = "--monitor", paramLabel = "URL", description = "Another monitor than that of the lab that is up.")
    private URI monitor;

    @Mixin
    private JsonOption json = new JsonOption();

    @Override
    public Integer call() throws Exception {
        Terminal terminal = Terminal.ofProcess();
        try (LabScheduler scheduler = new LabScheduler(failure -> terminal.say(failure.getMessage()))) {
            Top top = new Top(setup(terminal), scheduler);
            if (once) {
                return top.once(json.asked(), terminal::data) ? ExitCode.PASS : nothingCame();
            }
            if (!json.asked() && hasScreen(System.getenv())) {
                return exitCode(top.onScreen());
            }
            top.asLines(json.asked(), terminal::data);
            return ExitCode.PASS;
        } catch (IOException none) {
            throw UserError.environment("expected a terminal, found none that can be used: " + none.getMessage()
                    + "; `lab top | cat` prints lines instead");
        }
    }

    private static int exitCode(Top.End end) {
        return switch (end) {
            case QUIT -> ExitCode.PASS;
            case INTERRUPTED -> ExitCode.INTERRUPTED;
        };
    }

    private static int nothingCame() {
        throw UserError.environment("the monitor has told nothing within some seconds; does it still run?");
    }

    private Top.Setup setup(Terminal terminal) {
        Session session = monitor == null ? RunningLab.find().session() : null;
        return new Top.Setup(
                session == null ? monitor : session.monitor(),
                () -> session == null ? Optional.empty() : token(session.folder()),
                terminal.dataColour(),
                !System.out.charset().equals(StandardCharsets.UTF_8),
                ZoneId.systemDefault());
    }

    /** Beside the monitor's store, where it requires one. */
    private static Optional<String> token(Path folder) {
        Path file = folder.resolve("metrics.db.token");
        try {
            return Files.isReadable(file) ? Optional.of(Files.readString(file).strip()) : Optional.empty();
        } catch (IOException gone) {
            return Optional.empty();
        }
    }

    /** Whether the cursor can be moved about where the data goes. */
    static boolean hasScreen(Map<String, String> environment) {
        return Terminal.Screens.ofProcess().out() && !"dumb".equals(environment.getOrDefault("TERM", "dumb"));
    }
}
