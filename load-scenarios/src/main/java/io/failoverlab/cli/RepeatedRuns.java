package io.failoverlab.cli;

import io.failoverlab.comparison.FigureSpread;
import io.failoverlab.verdict.Judgement;
import io.failoverlab.verdict.Verdict;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * An experiment run several times over, each time on a stack of its own.
 *
 * @param broken how many came to no end
 */
record RepeatedRuns(List<Round> rounds, int broken) {
    static final int MOST = 100;

    /** How long the stack took to be in service, beside what came out. */
    record Round(Judgement judgement, Duration up, Duration whole) {}

    /** Runs it once. */
    interface Attempt {
        QuietRun run() throws IOException, InterruptedException;
    }

    /**
     * Runs it; tells of each run as it ends. One that breaks off costs no more than itself, unless it is the first: what is wrong
     * then will be wrong again.
     */
    static RepeatedRuns of(int times, InstantSource clock, Consumer<String> say, Attempt attempt)
            throws IOException, InterruptedException {
        List<Round> rounds = new ArrayList<>();
        int broken = 0;
        for (int number = 1; number <= times; number++) {
            Instant begin = clock.instant();
            try {
                QuietRun run = attempt.run();
                Judgement judgement = run.outcome().judgement();
                rounds.add(new Round(
                        judgement,
                        Duration.between(begin, run.inServiceAt()),
                        Duration.between(begin, clock.instant())));
                say.accept("%2d of %d  %s  %s".formatted(number, times, judgement.verdict(), judgement.sentence()));
            } catch (IOException | RuntimeException failure) {
                if (rounds.isEmpty()) {
                    throw failure;
                }
                broken++;
                say.accept("%2d of %d  %s  it broke off: %s"
                        .formatted(number, times, Verdict.UNKNOWN, failure.getMessage()));
            }
        }
        return new RepeatedRuns(rounds, broken);
    }

    List<Judgement> judgements() {
        return rounds.stream().map(Round::judgement).toList();
    }

    /** One that broke off is UNKNOWN. */
    Verdict verdict() {
        return Verdict.of(Stream.concat(
                        judgements().stream().map(Judgement::verdict),
                        Stream.generate(() -> Verdict.UNKNOWN).limit(broken))
                .toList());
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
