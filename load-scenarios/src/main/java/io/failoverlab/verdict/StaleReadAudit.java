package io.failoverlab.verdict;

import io.failoverlab.history.ItemVersion;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The reads of items that gave less than somebody knew already: when such a read began, an answer with a higher version of the
 * item, to whomever, was there. With one copy of the data there is none; a replica that is behind shows them.
 *
 * @param reads that were looked at
 * @param changes of items that were acknowledged; without any there is nothing to be stale
 * @param stale in the order in which they began
 */
public record StaleReadAudit(long reads, long changes, List<StaleRead> stale) {
    /**
     * A stale read.
     *
     * @param known the highest version that was known when it began
     * @param knownSince when the first version above the one that was read came to be known
     */
    public record StaleRead(ItemVersion read, long known, Duration knownSince) {
        /** For how long it had been known that there was a newer one. */
        public Duration age() {
            return read.start().minus(knownSince);
        }
    }

    public StaleReadAudit {
        stale = List.copyOf(stale);
    }

    /** Compares every read with all that was known when it began. */
    public static StaleReadAudit of(List<ItemVersion> answers) {
        List<StaleRead> stale = new ArrayList<>();
        answers.stream()
                .collect(Collectors.groupingBy(ItemVersion::item))
                .values()
                .forEach(ofOne -> stale.addAll(ofItem(ofOne)));
        stale.sort(Comparator.comparing(it -> it.read().start()));
        long changes = answers.stream().filter(ItemVersion::changed).count();
        return new StaleReadAudit(answers.size() - changes, changes, stale);
    }

    private static List<StaleRead> ofItem(List<ItemVersion> answers) {
        // By version, since when it or a higher one has been known.
        TreeMap<Long, Duration> known = new TreeMap<>();
        answers.stream().sorted(Comparator.comparing(ItemVersion::end)).forEach(it -> {
            if (known.isEmpty() || it.version() > known.lastKey()) {
                known.put(it.version(), it.end());
            }
        });
        return answers.stream()
                .filter(it -> !it.changed())
                .flatMap(read -> stale(read, known).stream())
                .toList();
    }

    /** {@code known} rises with time as with the version. */
    private static Optional<StaleRead> stale(ItemVersion read, TreeMap<Long, Duration> known) {
        Map.Entry<Long, Duration> newer = known.higherEntry(read.version());
        if (newer == null || newer.getValue().compareTo(read.start()) >= 0) {
            return Optional.empty();
        }
        long highest = known.tailMap(newer.getKey()).entrySet().stream()
                .takeWhile(it -> it.getValue().compareTo(read.start()) < 0)
                .mapToLong(Map.Entry::getKey)
                .max()
                .orElseThrow();
        return Optional.of(new StaleRead(read, highest, newer.getValue()));
    }
}
