package io.failoverlab.verdict;

import io.failoverlab.history.History;
import io.failoverlab.history.ItemVersion;
import io.failoverlab.verdict.StaleReadAudit.StaleRead;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;

/** Counts the reads of the judged window that gave an older version of an item than somebody knew already. */
final class StaleReads implements Check {
    private static final int EXAMPLES = 5;

    @Override
    public Finding find(History history) {
        return Windows.of(history)
                .map(windows -> find(history, windows))
                .orElseGet(() -> Finding.missing("judging never started"));
    }

    private static Finding find(History history, Windows windows) {
        StaleReadAudit audit = StaleReadAudit.of(history.items());
        if (audit.changes() == 0) {
            return Finding.missing("no item was changed, so no read could be stale; browse-and-reprice changes some");
        }
        long reads = history.items().stream()
                .filter(it -> !it.changed() && isJudged(it, windows))
                .count();
        if (reads == 0) {
            return Finding.missing("no item was read while it was judged, so no read could be stale");
        }
        List<StaleRead> stale = audit.stale().stream()
                .filter(it -> isJudged(it.read(), windows))
                .toList();
        String ofAll = Wording.count(stale.size()) + " of " + Wording.counted(reads, "read") + " of items, after "
                + Wording.counted(audit.changes(), "change");
        if (stale.isEmpty()) {
            return new Finding(new Measurement.Count(0), ofAll, List.of());
        }
        Duration oldest = stale.stream()
                .map(StaleRead::age)
                .max(Comparator.naturalOrder())
                .orElseThrow();
        String explanation = ofAll + ": the first at "
                + Wording.moment(stale.getFirst().read().start()) + ", the last at "
                + Wording.moment(stale.getLast().read().start()) + ", out of date for up to " + Wording.time(oldest);
        return new Finding(
                new Measurement.Count(stale.size()),
                explanation,
                stale.stream().limit(EXAMPLES).map(StaleReads::line).toList());
    }

    private static boolean isJudged(ItemVersion read, Windows windows) {
        return read.start().compareTo(windows.from()) >= 0 && read.start().compareTo(windows.to()) < 0;
    }

    private static String line(StaleRead stale) {
        return "item " + stale.read().item() + " in version " + stale.read().version() + " at "
                + Wording.exactMoment(stale.read().start()) + ", though version " + stale.known()
                + " was known: a newer one for "
                + Wording.time(stale.age());
    }
}
