package io.failoverlab.cli;

import io.failoverlab.clock.LabScheduler;
import io.failoverlab.engine.LabHome;
import io.failoverlab.session.LabSession;
import io.failoverlab.session.Session;
import io.failoverlab.session.Sessions;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A lab in a process of its own that outlives the command that started it. */
final class Detached {
    private static final Duration LIMIT = Duration.ofMinutes(10);
    private static final int LOG_LINES = 20;

    private Detached() {}

    static int up(Terminal terminal, String topology, String options, LabSession.Page page) throws IOException {
        List<String> arguments = new ArrayList<>(List.of("up", topology));
        if (!options.isBlank()) {
            arguments.addAll(List.of(options.strip().split(" ")));
        }
        arguments.addAll(asWritten(page));
        return start(terminal, "bringing up " + topology, arguments);
    }

    static int adopt(Terminal terminal, LabSession.Page page) throws IOException {
        List<String> arguments = new ArrayList<>(List.of("adopt"));
        arguments.addAll(asWritten(page));
        return start(terminal, "taking over the stack", arguments);
    }

    private static List<String> asWritten(LabSession.Page page) {
        List<String> options = new ArrayList<>(List.of("--runs", page.runs().toString()));
        page.policy().ifPresent(file -> options.addAll(List.of("--policy", file.toString())));
        return options;
    }

    private static int start(Terminal terminal, String what, List<String> arguments) throws IOException {
        Path folder = LabHome.find().folder().resolve(".lab");
        Path log = Files.createDirectories(folder).resolve("up.log");
        List<String> command = new ArrayList<>();
        command.add("setsid");
        command.addAll(thisCommandLine());
        command.addAll(arguments);
        Process process = new ProcessBuilder(command)
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try (LabScheduler scheduler = new LabScheduler(failure -> terminal.say(failure.getMessage()))) {
            ProgressLines progress = new ProgressLines(terminal, scheduler);
            progress.started(what + " in the background");
            scheduler.every(Duration.ofMillis(200), progress::refresh);
            Optional<Optional<Session>> end = scheduler.await(LIMIT, () -> {
                Optional<Session> live = Sessions.ofUser().live();
                return live.isPresent() || !process.isAlive() ? Optional.of(live) : Optional.empty();
            });
            Session session = end.flatMap(found -> found)
                    .orElseThrow(() -> UserError.environment(
                            "the lab did not come up; the end of " + log + ":\n" + lastLines(log)));
            terminal.say("up: " + session.topology() + ", run " + session.run() + "; log " + log);
            terminal.say("  shop     " + session.service());
            terminal.say("  page     " + UpCommand.page(terminal, session));
            terminal.say("  monitor  " + session.monitor());
            terminal.say("  down     ./lab down");
            return ExitCode.PASS;
        }
    }

    /** As this process was started, without the command of the lab that it was given. */
    private static List<String> thisCommandLine() {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Lab.class.getName()));
        return command;
    }

    private static String lastLines(Path log) {
        try {
            List<String> lines = Files.readAllLines(log);
            return String.join("\n", lines.subList(Math.max(0, lines.size() - LOG_LINES), lines.size()));
        } catch (IOException unreadable) {
            return "(it cannot be read)";
        }
    }
}
