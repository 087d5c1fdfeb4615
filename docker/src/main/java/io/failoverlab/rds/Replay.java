package io.failoverlab.rds;

import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Which transactions of which binary logs bring a snapshot up to a point in time: those that were committed until then. Logs of
 * several servers, as a failover leaves them, follow each other by their first transaction; what is in two of them MySQL
 * applies once.
 */
public final class Replay {
    private record Log(String name, Instant first) {}

    private final Instant from;
    private final Instant until;
    private final List<Log> logs = new ArrayList<>();
    private final GtidSet transactions = new GtidSet();

    /**
     * @param from what was committed before is in the snapshot
     * @param until the point in time, included
     */
    Replay(Instant from, Instant until) {
        this.from = from;
        this.until = until;
    }

    /** Takes in one binary log; it counts if it has a transaction that is wanted. */
    void take(String name, InputStream content) throws IOException {
        List<Instant> wanted = new ArrayList<>();
        BinaryLog.read(content, transaction -> {
            Instant at = transaction.committedAt();
            if (!at.isBefore(from) && !at.isAfter(until)) {
                transactions.add(transaction.server(), transaction.number());
                if (wanted.isEmpty()) {
                    wanted.add(at);
                }
            }
        });
        wanted.forEach(first -> logs.add(new Log(name, first)));
    }

    /** Names of the logs in the order in which they are applied. */
    public List<String> logs() {
        return logs.stream()
                .sorted(Comparator.comparing(Log::first).thenComparing(Log::name))
                .map(Log::name)
                .toList();
    }

    /** What has to be applied, as MySQL writes a set of GTIDs; empty if nothing has. */
    public String transactions() {
        return transactions.toString();
    }
}
