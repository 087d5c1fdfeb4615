package io.failoverlab.cli;

import io.failoverlab.history.History;
import io.failoverlab.history.HistoryStore;
import io.failoverlab.history.UnreadableHistoryException;
import io.failoverlab.verdict.Judge;
import io.failoverlab.verdict.Judgement;
import io.failoverlab.verdict.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Runs that are kept, judged again: one if the folder is that of a run, else all that are in it.
 *
 * @param folder as it was named
 */
record StoredRuns(Path folder, List<Judgement> judgements) {
    private static final String HISTORY = "history.jsonl";

    /**
     * @param say told of each run of several that cannot be read, and is left out
     * @throws UserError if there is no run that can be read
     */
    static StoredRuns read(Path folder, Consumer<String> say) throws IOException {
        List<Judgement> judgements = new ArrayList<>();
        List<Path> runs = runs(folder);
        for (Path run : runs) {
            try {
                judgements.add(Judge.judge(HistoryStore.load(run)));
            } catch (UnreadableHistoryException | IllegalArgumentException unreadable) {
                if (runs.size() == 1) {
                    throw unreadable(run, unreadable);
                }
                say.accept(run + " is left out: " + unreadable.getMessage());
            }
        }
        if (judgements.isEmpty()) {
            throw UserError.usage("expected a run that can be read in " + folder + ", found none");
        }
        return new StoredRuns(folder, judgements);
    }

    private static UserError unreadable(Path run, Exception why) {
        return UserError.usage(run + " cannot be read: " + why.getMessage());
    }

    /** The history of one run, as {@code latest} or by its time. */
    static History one(Path folder) throws IOException {
        if (!isRun(folder)) {
            throw UserError.usage("expected the folder of a run, with history.jsonl in it, found " + folder
                    + "; `lab runs` lists them, `lab run` makes one");
        }
        try {
            return HistoryStore.load(folder);
        } catch (UnreadableHistoryException unreadable) {
            throw unreadable(folder, unreadable);
        }
    }

    private static List<Path> runs(Path folder) throws IOException {
        if (isRun(folder)) {
            return List.of(folder);
        }
        List<Path> inside = Files.isDirectory(folder) ? within(folder) : List.of();
        if (inside.isEmpty()) {
            throw UserError.usage("expected the folder of a run, or one with runs in it, found " + folder
                    + "; `lab runs` lists them");
        }
        return inside;
    }

    /** The runs in a folder, by their names; what links lead to is there under its own name. */
    static List<Path> within(Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.filter(entry -> !Files.isSymbolicLink(entry))
                    .filter(StoredRuns::isRun)
                    .sorted()
                    .toList();
        }
    }

    static boolean isRun(Path folder) {
        return Files.isRegularFile(folder.resolve(HISTORY));
    }

    /** The verdict of all of them. */
    Verdict verdict() {
        return Verdict.of(judgements.stream().map(Judgement::verdict).toList());
    }

    /** What to call them in a column's head: the experiment and the time of a run. */
    String title() {
        Path path = folder.toAbsolutePath().normalize();
        Path parent = path.getParent();
        boolean single = isRun(folder) && parent != null && parent.getFileName() != null;
        String name = single
                ? parent.getFileName() + "/" + path.getFileName()
                : path.getFileName().toString();
        return judgements.size() == 1 ? name : name + ", " + judgements.size() + " runs";
    }
}
