package io.failoverlab.cli;

import io.failoverlab.comparison.FigureSpread;
import io.failoverlab.experiment.Experiment;
import io.failoverlab.verdict.Judgement;
import io.failoverlab.verdict.Verdict;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** An experiment run several times over, each time on a stack of its own. */
record RepeatedRuns(List<Round> rounds) {
    static final int MOST = 100;

    /** How long the stack took to be in service, beside what came out. */
    record Round(Judgement judgement, Duration up, Duration whole) {}

    /**
     * Runs it; tells of each run as it ends.
     *
     * @param repeat the command that repeats one of the runs
     */
    static RepeatedRuns of(
            Workbench bench,
            Terminal terminal,
            Experiment plan,
            StackOptions stack,
            Path runs,
            int times,
            String repeat)
            throws IOException, InterruptedException {
        List<Round> rounds = new ArrayList<>();
        for (int number = 1; number <= times; number++) {
            Instant begin = bench.scheduler().instant();
            QuietRun run = QuietRun.of(bench, plan, stack, runs, repeat);
            Judgement judgement = run.outcome().judgement();
            rounds.add(new Round(
                    judgement,
                    Duration.between(begin, run.inServiceAt()),
                    Duration.between(begin, bench.scheduler().instant())));
            terminal.say("%2d of %d  %s  %s".formatted(number, times, judgement.verdict(), judgement.sentence()));
        }
        return new RepeatedRuns(rounds);
    }

    List<Judgement> judgements() {
        return rounds.stream().map(Round::judgement).toList();
    }

    Verdict verdict() {
        return Verdict.of(judgements().stream().map(Judgement::verdict).toList());
    }

    /** Every figure, and how long it took. */
    List<List<String>> table() {
        List<FigureSpread> spreads = new ArrayList<>(FigureSpread.of(judgements()));
        spreads.add(time("up", "Start to all in service", Round::up));
        spreads.add(time("whole", "Whole run", Round::whole));
        return FigureSpread.table(spreads);
    }

    private FigureSpread time(String name, String title, Function<Round, Duration> of) {
        return new FigureSpread(
                name,
                title,
                true,
                rounds.stream()
                        .map(round -> (double) of.apply(round).toMillis())
                        .toList(),
                rounds.size());
    }
}
