package io.failoverlab.cli;

import io.failoverlab.clock.LabScheduler;
import io.failoverlab.simulator.Simulation;
import io.failoverlab.simulator.SimulationSuite;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "simulation",
        description =
                "Run target group and Auto Scaling group through simulated hours with random faults; every rule must"
                        + " hold at every step. Needs no container.",
        footer = {
            "",
            "A seed that breaks a rule is printed with its journal; the same seed gives the same journal again:",
            "  lab bench simulation --seed 4711 --journal 4711.txt"
        })
final class BenchSimulationCommand implements Callable<Integer> {
    private static final int LAST_LINES = 20;
    private static final int MAX_HOURS = 1_000_000;

    @Option(names = "--hours", paramLabel = "N", description = "Simulated hours (default: ${DEFAULT-VALUE}).")
    private int hours = 1000;

    @Option(names = "--seed", paramLabel = "N", description = "Of the first simulation (default: ${DEFAULT-VALUE}).")
    private long seed = 1;

    @Option(
            names = "--journal",
            paramLabel = "FILE",
            description = "Simulate that seed alone, and write down all that came to pass.")
    private Path journal;

    @Override
    public Integer call() throws IOException {
        if (hours < 1 || hours > MAX_HOURS) {
            throw UserError.usage("--hours: expected 1 to " + MAX_HOURS + ", found " + hours);
        }
        Terminal terminal = Terminal.ofProcess();
        if (journal != null) {
            return one(terminal);
        }
        try (LabScheduler scheduler = new LabScheduler(failure -> terminal.say("lab: " + failure.getMessage()))) {
            return many(terminal, scheduler);
        }
    }

    private int one(Terminal terminal) throws IOException {
        Simulation.Result result = Simulation.of(seed);
        Files.writeString(journal, result.journal());
        terminal.data("seed %d: %d lines in %s; %s"
                .formatted(
                        seed,
                        result.journal().lines().count(),
                        journal,
                        result.violation().map(it -> "broken: " + it).orElse("every rule held")));
        return result.violation().isPresent() ? ExitCode.FAIL : ExitCode.PASS;
    }

    private int many(Terminal terminal, LabScheduler scheduler) {
        int workers = Runtime.getRuntime().availableProcessors();
        Instant began = scheduler.instant();
        SimulationSuite.Summary summary = SimulationSuite.run(Duration.ofHours(hours), seed, workers);
        double seconds = Duration.between(began, scheduler.instant()).toMillis() / 1000.0;
        double simulated = summary.simulated().toMinutes() / 60.0;
        terminal.data("%d simulations from seed %d: %.0f simulated hours, %d faults and wishes, %d events"
                .formatted(summary.simulations(), seed, simulated, summary.faults(), summary.events()));
        terminal.data("%.1f s with %d workers: %.0f simulated hours a second, %.2f million events a second"
                .formatted(seconds, workers, simulated / seconds, summary.events() / seconds / 1e6));
        summary.broken().ifPresent(it -> tellOf(it, terminal));
        terminal.data(summary.broken().isPresent() ? "FAIL" : "PASS: every rule held at every step");
        return summary.broken().isPresent() ? ExitCode.FAIL : ExitCode.PASS;
    }

    private static void tellOf(Simulation.Result broken, Terminal terminal) {
        terminal.data("seed " + broken.seed() + ": " + broken.violation().orElseThrow());
        terminal.data("  " + broken.scenario());
        broken.journal()
                .lines()
                .skip(Math.max(0, broken.journal().lines().count() - LAST_LINES))
                .forEach(line -> terminal.data("  " + line));
        terminal.data("again, with all of it:  lab bench simulation --seed %d --journal %d.txt"
                .formatted(broken.seed(), broken.seed()));
    }
}
