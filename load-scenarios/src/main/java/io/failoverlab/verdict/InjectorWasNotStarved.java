package io.failoverlab.verdict;

import io.failoverlab.history.Event.GeneratorUse;
import io.failoverlab.history.Event.LoadSecond;
import io.failoverlab.history.History;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The generator itself was short of nothing. A stalled generator sends what is overdue in one burst and measures it from the
 * real start, so the stall cannot be seen in any latency; only its lag shows it. One that takes the whole machine's processors,
 * runs out of file descriptors or collects garbage for long measures itself.
 */
final class InjectorWasNotStarved implements Assumption {
    private static final Duration LONGEST_COLLECTION = Duration.ofMillis(500);
    private static final int MOST_PERCENT_OF_FILES = 90;
    private static final int MOST_PERCENT_OF_CORES = 80;
    /** A second at the limit is a compiler at work; several in a row are a generator that is too small. */
    private static final int SECONDS_AT_THE_LIMIT = 5;

    @Override
    public AssumptionResult test(History history) {
        boolean recorded = history.events(LoadSecond.class).findAny().isPresent();
        GeneratorLag lag = GeneratorLag.of(history);
        List<GeneratorUse> uses = judged(history);
        Optional<String> shortage = files(uses).or(() -> collections(uses)).or(() -> processors(uses, history));
        return new AssumptionResult(
                "injector-not-starved",
                "The load generator kept up",
                recorded && !lag.tooLong() && shortage.isEmpty(),
                "never more than " + Wording.time(GeneratorLag.LONGEST) + " behind its schedule, at most "
                        + MOST_PERCENT_OF_FILES
                        + " % of its file descriptors, " + Wording.time(LONGEST_COLLECTION)
                        + " of garbage collection in a"
                        + " second, and " + MOST_PERCENT_OF_CORES + " % of all cores",
                recorded
                        ? shortage.filter(it -> !lag.tooLong()).orElseGet(() -> summary(lag, uses, history))
                        : "no counts of the generator");
    }

    /** What it uses while it warms up matters to nobody. */
    private static List<GeneratorUse> judged(History history) {
        return Windows.of(history)
                .map(windows -> history.events(GeneratorUse.class)
                        .filter(use -> use.at().compareTo(windows.from()) >= 0
                                && use.at().compareTo(windows.to()) < 0)
                        .toList())
                .orElse(List.of());
    }

    private static Optional<String> files(List<GeneratorUse> uses) {
        return uses.stream()
                .filter(use -> use.openFiles() * 100 > use.mostFiles() * MOST_PERCENT_OF_FILES)
                .findFirst()
                .map(use -> Wording.count(use.openFiles()) + " of " + Wording.count(use.mostFiles())
                        + " file descriptors were open at " + Wording.moment(use.at()));
    }

    private static Optional<String> collections(List<GeneratorUse> uses) {
        return uses.stream()
                .filter(use -> use.collecting().compareTo(LONGEST_COLLECTION) > 0)
                .findFirst()
                .map(use -> Wording.time(use.collecting()) + " of the second from " + Wording.moment(use.at())
                        + " went into garbage collection");
    }

    private static Optional<String> processors(List<GeneratorUse> uses, History history) {
        int cores = history.run().host().cores();
        int atTheLimit = 0;
        for (GeneratorUse use : uses) {
            atTheLimit = use.cpuPercent() > (double) cores * MOST_PERCENT_OF_CORES ? atTheLimit + 1 : 0;
            if (atTheLimit == SECONDS_AT_THE_LIMIT) {
                return Optional.of("it took more than " + MOST_PERCENT_OF_CORES + " % of "
                        + Wording.counted(cores, "core") + " for " + SECONDS_AT_THE_LIMIT + " s, up to "
                        + Wording.moment(use.at().plusSeconds(1)));
            }
        }
        return Optional.empty();
    }

    private static String summary(GeneratorLag lag, List<GeneratorUse> uses, History history) {
        String behind = lag.requests() == 0
                ? "never behind"
                : Wording.count(lag.requests()) + " "
                        + history.run().experiment().load().arrivals() + " (" + Wording.time(lag.time())
                        + ") behind at "
                        + Wording.moment(lag.at());
        return uses.isEmpty() ? behind : behind + "; at most " + most(uses);
    }

    private static String most(List<GeneratorUse> uses) {
        long cpu = uses.stream()
                .mapToLong(use -> Math.round(use.cpuPercent()))
                .max()
                .orElse(0);
        long files = uses.stream().mapToLong(GeneratorUse::openFiles).max().orElse(0);
        Duration collecting = uses.stream()
                .map(GeneratorUse::collecting)
                .max(Comparator.naturalOrder())
                .orElse(Duration.ZERO);
        return cpu + " % of a core, " + Wording.count(files) + " files, " + Wording.time(collecting)
                + " of garbage collection in a second";
    }
}
