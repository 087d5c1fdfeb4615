package io.failoverlab.verdict;

import io.failoverlab.history.LedgerReading;
import io.failoverlab.history.LedgerReading.FinalRead;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.BiPredicate;

/**
 * The set test of Jepsen ({@code jepsen.checker/set}) over the ledger of writes: every acknowledged write must be in the
 * final read, an attempted one may be, nothing else may. Beyond Jepsen's, a write has an id that was acknowledged with it:
 * one that is there under another id only is lost, since the client's id leads nowhere.
 *
 * @param keys the keys of every class, in their order
 */
public record LedgerAudit(Map<WriteClass, SortedSet<String>> keys) {
    /** A report shows the first of a class; {@code ledger.json} has all of them. */
    private static final int EXAMPLES = 5;

    public LedgerAudit {
        EnumMap<WriteClass, SortedSet<String>> copy = new EnumMap<>(WriteClass.class);
        for (WriteClass kind : WriteClass.values()) {
            copy.put(kind, Collections.unmodifiableSortedSet(new TreeSet<>(keys.getOrDefault(kind, new TreeSet<>()))));
        }
        keys = Collections.unmodifiableMap(copy);
    }

    /** Compares what the clients know with what was read. */
    public static LedgerAudit of(LedgerReading ledger, FinalRead.Read read) {
        Set<String> attempted = ledger.attempted();
        Map<String, Long> acknowledged = ledger.acknowledged();
        Map<String, List<Long>> found = read.found();
        EnumMap<WriteClass, SortedSet<String>> keys = new EnumMap<>(WriteClass.class);
        keys.put(WriteClass.ATTEMPTED, new TreeSet<>(attempted));
        keys.put(WriteClass.ACKNOWLEDGED, new TreeSet<>(acknowledged.keySet()));
        keys.put(WriteClass.FOUND, new TreeSet<>(found.keySet()));
        keys.put(
                WriteClass.LOST,
                those(
                        acknowledged,
                        (key, id) -> !found.getOrDefault(key, List.of()).contains(id)));
        keys.put(WriteClass.UNKNOWN, without(attempted, acknowledged.keySet()));
        keys.put(
                WriteClass.RECOVERED,
                those(found, (key, ids) -> attempted.contains(key) && !acknowledged.containsKey(key)));
        keys.put(WriteClass.DUPLICATED, those(found, (key, ids) -> ids.size() > 1));
        keys.put(WriteClass.UNEXPECTED, without(found.keySet(), attempted));
        return new LedgerAudit(keys);
    }

    private static <T> SortedSet<String> those(Map<String, T> writes, BiPredicate<String, T> wanted) {
        SortedSet<String> keys = new TreeSet<>();
        writes.forEach((key, value) -> {
            if (wanted.test(key, value)) {
                keys.add(key);
            }
        });
        return keys;
    }

    private static SortedSet<String> without(Collection<String> all, Collection<String> removed) {
        SortedSet<String> rest = new TreeSet<>(all);
        rest.removeAll(removed);
        return rest;
    }

    /** How many writes are of a class. */
    public int count(WriteClass kind) {
        return keys.get(kind).size();
    }

    /** The first keys of a class, at most {@value #EXAMPLES}. */
    public List<String> examples(WriteClass kind) {
        return keys.get(kind).stream().limit(EXAMPLES).toList();
    }

    /** The counts in words. */
    public String sentence() {
        return number(WriteClass.ATTEMPTED) + " attempted, " + number(WriteClass.ACKNOWLEDGED) + " acknowledged, "
                + number(WriteClass.FOUND) + " found, " + number(WriteClass.LOST) + " lost, "
                + number(WriteClass.DUPLICATED) + " stored twice, " + number(WriteClass.UNEXPECTED)
                + " that nobody attempted; " + number(WriteClass.UNKNOWN) + " without an acknowledgement, of which "
                + number(WriteClass.RECOVERED) + " found";
    }

    private String number(WriteClass kind) {
        return Wording.count(count(kind));
    }
}
