package io.failoverlab.history;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The ledger of writes: what the clients attempted and had acknowledged, and what the database held when it was read after
 * the load (the set test of Jepsen: every acknowledged add must be in the final read).
 *
 * @param attempted writes started, each under a key of its own
 * @param acknowledged key to the id that the application acknowledged
 * @param finalRead what the database held afterwards
 */
public record LedgerReading(long attempted, Map<String, Long> acknowledged, FinalRead finalRead) {

    public LedgerReading {
        acknowledged = Collections.unmodifiableSortedMap(new TreeMap<>(acknowledged));
        Require.present("ledger.finalRead", finalRead);
        if (attempted < acknowledged.size()) {
            throw new IllegalArgumentException("ledger.attempted: expected at least the " + acknowledged.size()
                    + " writes that were acknowledged, found " + attempted);
        }
    }

    /** The ledger of a run that was not meant to write. */
    public static LedgerReading noWrites() {
        return new LedgerReading(0, Map.of(), new FinalRead.NotRead("nothing was written"));
    }

    /** The read of the database after the load. */
    public sealed interface FinalRead {

        /**
         * It was read.
         *
         * @param found key to the ids stored under it: one, or several where the write was stored more than once
         */
        record Read(Map<String, List<Long>> found) implements FinalRead {
            public Read {
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
