package io.failoverlab.cli;

import io.failoverlab.comparison.Campaign;
import io.failoverlab.comparison.Damage;
import io.failoverlab.comparison.PatternDamage;
import io.failoverlab.comparison.Strike;
import io.failoverlab.profile.LoadProfile;
import io.failoverlab.topology.Topology;
import io.failoverlab.verdict.Figure;
import io.failoverlab.verdict.Measurement;
import io.failoverlab.verdict.Wording;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Runs strikes one after the other, each on a stack of its own; the options of the commands that do so. */
final class CampaignRuns {
    private static final Duration SHORTEST_REPAIR = Duration.ofSeconds(2);
    private static final Duration LONGEST_REPAIR = Duration.ofMinutes(10);

    @Mixin
    private StackOptions stack = new StackOptions();

    @Option(names = "--rate", paramLabel = "N", description = "Requests started a second (default: ${DEFAULT-VALUE}).")
    private int rate = 100;

    @Option(
            names = "--repair",
            paramLabel = "TIME",
            description =
                    "How long a struck part stays down, unless something brings it back (default: 8s, of redundancy 20s).")
    private Duration repair;

    @Option(names = "--runs", paramLabel = "FOLDER", description = "Where runs are kept (default: ./runs).")
    private Path runs = Path.of("runs");

    CampaignRuns() {
        this(Duration.ofSeconds(8));
    }

    /** @param repair unless another one is asked for */
    CampaignRuns(Duration repair) {
        this.repair = repair;
    }

    Topology applyTo(Topology topology) {
        return stack.applyTo(topology);
    }

    Path runs() {
        return runs;
    }

    /** @throws UserError if an option is out of its range */
    Campaign campaign() {
        if (rate < 1 || rate > LoadProfile.MAX_RATE) {
            throw UserError.usage("--rate: expected 1 to " + LoadProfile.MAX_RATE + ", found " + rate);
        }
        if (repair.compareTo(SHORTEST_REPAIR) < 0 || repair.compareTo(LONGEST_REPAIR) > 0) {
            throw UserError.usage("--repair: expected 2s to 10m, found " + repair.toMillis() + " ms");
        }
        return new Campaign(rate, repair);
    }

    /** The options as they were given, for the command that repeats it. */
    String asWritten() {
        return stack.asWritten() + " --rate " + rate + " --repair " + repair.toSeconds() + "s";
    }

    /**
     * Strikes one after the other.
     *
     * @param repeat the command that repeats it
     * @param found gets what they cost, even if one of them cannot be carried out
     */
    void strike(
            Workbench bench,
            Terminal terminal,
            Topology topology,
            List<Strike> strikes,
            String repeat,
            List<PatternDamage> found)
            throws IOException, InterruptedException {
        Campaign campaign = campaign();
        bench.requireRoom(topology);
        List<Damage> damages = new ArrayList<>();
        try {
            for (Strike strike : strikes) {
                terminal.say(topology.name() + ": " + strike.name() + " (" + (damages.size() + 1) + " of "
                        + strikes.size() + ")");
                QuietRun run = QuietRun.of(bench, campaign.experiment(topology, strike), stack, runs, repeat);
                damages.add(Damage.of(strike, run.outcome()));
                tell(terminal, damages.getLast());
            }
        } finally {
            if (!damages.isEmpty()) {
                found.add(new PatternDamage(topology, campaign, damages));
            }
        }
    }

    private static void tell(Terminal terminal, Damage damage) {
        Measurement writes =
                damage.figures().getOrDefault(Figure.WRITES_OUTAGE, new Measurement.Missing("no write was judged"));
        terminal.say("  " + Wording.count(damage.lost()) + " of " + Wording.count(damage.judged())
                + " requests lost, writes answered again after " + writes.text());
        damage.doubts().forEach(doubt -> terminal.say("  " + terminal.yellow("!") + " " + doubt));
    }
}
