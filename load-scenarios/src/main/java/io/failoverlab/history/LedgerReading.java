package io.failoverlab.history;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The ledger of writes: what the clients attempted and had acknowledged, and what the database held when it was read after
 * the load (the set test of Jepsen: every acknowledged add must be in the final read).
 *
 * @param attempted the keys of the writes that were started, one each
 * @param acknowledged key to the id that the application acknowledged
 * @param finalRead what the database held afterwards
 */
public record LedgerReading(Set<String> attempted, Map<String, Long> acknowledged, FinalRead finalRead) {

    public LedgerReading {
        attempted = Collections.unmodifiableSortedSet(new TreeSet<>(attempted));
        acknowledged = Collections.unmodifiableSortedMap(new TreeMap<>(acknowledged));
        Require.present("ledger.finalRead", finalRead);
        if (!attempted.containsAll(acknowledged.keySet())) {
            Set<String> strange = new TreeSet<>(acknowledged.keySet());
            strange.removeAll(attempted);
            throw new IllegalArgumentException(
                    "ledger.acknowledged: expected keys of ledger.attempted only, found " + strange);
        }
    }

    /** The ledger of a run that was not meant to write. */
    public static LedgerReading noWrites() {
        return off("nothing was written");
    }

    /** The ledger of a run that nobody kept. */
    public static LedgerReading off(String reason) {
        return new LedgerReading(Set.of(), Map.of(), new FinalRead.NotRead(reason));
    }

    /** The read of the database after the load. */
    public sealed interface FinalRead {

        /**
         * It was read.
         *
         * @param from the database that was read, such as {@code db-1}: the primary at that time
         * @param found key to the ids stored under it: one, or several where the write was stored more than once
         */
        record Read(String from, Map<String, List<Long>> found) implements FinalRead {
            public Read {
                Require.text("ledger.finalRead.from", from);
                SortedMap<String, List<Long>> copy = new TreeMap<>();
                found.forEach((key, ids) -> copy.put(key, List.copyOf(ids)));
                found = Collections.unmodifiableSortedMap(copy);
            }
        }

        /** It could not be read, so nothing can be said about the writes. */
        record NotRead(String reason) implements FinalRead {
            public NotRead {
                Require.text("ledger.finalRead.reason", reason);
            }
        }
    }
}
