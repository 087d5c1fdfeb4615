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

    @Option(
            names = "--token-file",
            paramLabel = "FILE",
            description =
                    "The token of that monitor, if it requires one; `lab login --env` and the monitor's start name it.")
    private Path tokenFile;

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
            top.asLines(json.asked(), terminal::data, terminal::isRead);
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
        throw UserError.environment(
                "expected data from the monitor within some seconds, found none; the first line says what it is waiting for");
    }

    private Top.Setup setup(Terminal terminal) {
        requireAddress();
        Session session = monitor == null ? RunningLab.find().session() : null;
        // Beside the monitor's store, where it requires one.
        Optional<Path> token = session == null
                ? Optional.ofNullable(tokenFile)
                : Optional.of(session.folder().resolve("metrics.db.token"));
        return new Top.Setup(
                session == null ? monitor : session.monitor(),
                () -> token.flatMap(TopCommand::read),
                terminal.dataColour(),
                !System.out.charset().equals(StandardCharsets.UTF_8),
                ZoneId.systemDefault());
    }

    private void requireAddress() {
        if (tokenFile != null && monitor == null) {
            throw UserError.usage("expected --monitor URL beside --token-file; the lab's own monitor needs neither");
        }
        if (tokenFile != null && !Files.isReadable(tokenFile)) {
            throw UserError.usage("expected a file that can be read for --token-file, found " + tokenFile);
        }
        if (monitor != null && (monitor.getHost() == null || !"http".equals(monitor.getScheme()))) {
            throw UserError.usage("expected an address such as http://127.0.0.1:4580 for --monitor, found " + monitor);
        }
    }

    private static Optional<String> read(Path file) {
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
