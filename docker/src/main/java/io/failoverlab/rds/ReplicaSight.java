package io.failoverlab.rds;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What is seen of a read replica, and what it needs next. Pure.
 *
 * @param shut whether it keeps applications out, as every server does that has started and was not opened yet
 * @param source address of the server that it replicates from; empty if it replicates from nobody
 * @param receiving whether it gets, or tries to get, what its source writes
 * @param applying whether it applies what it got
 * @param delaySeconds that it waits on purpose before it applies
 * @param behindSeconds how far it is behind its source; empty while MySQL cannot tell
 * @param error why it does not go on; empty while it does
 */
record ReplicaSight(
        boolean shut,
        String source,
        boolean receiving,
        boolean applying,
        long delaySeconds,
        OptionalLong behindSeconds,
        String error) {
    /** What has to be done. */
    enum Need {
        NOTHING,
        /** Follow another source than it does. */
        SOURCE,
        /** Go on replicating: its server has started anew. */
        START,
        /** Let applications in, once it has caught up. */
        OPENING
    }

    /** What RDS publishes while replication is not active (RDS User Guide, "Monitoring read replication"). */
    static final double UNKNOWN_LAG = -1;

    /** @param status columns of {@code SHOW REPLICA STATUS}; none if it replicates from nobody */
    static ReplicaSight of(boolean shut, Map<String, String> status) {
        String error = Optional.of(status.getOrDefault("Last_SQL_Error", ""))
                .filter(it -> !it.isEmpty())
                .orElse(status.getOrDefault("Last_IO_Error", ""));
        return new ReplicaSight(
                shut,
                status.getOrDefault("Source_Host", ""),
                !status.getOrDefault("Replica_IO_Running", "No").equals("No"),
                status.getOrDefault("Replica_SQL_Running", "No").equals("Yes"),
                Long.parseLong(status.getOrDefault("SQL_Delay", "0")),
                status.containsKey("Seconds_Behind_Source")
                        ? OptionalLong.of(Long.parseLong(status.get("Seconds_Behind_Source")))
                        : OptionalLong.empty(),
                error);
    }

    /** @param wanted address of the source that it should have */
    Need need(String wanted) {
        if (!source.equals(wanted)) {
            return Need.SOURCE;
        }
        if (!shut) {
            // Who stopped replication on a server that runs has a reason.
            return Need.NOTHING;
        }
        return replicates() ? Need.OPENING : Need.START;
    }

    boolean replicates() {
        return receiving && applying;
    }

    /** {@code ReplicaLag} in seconds. */
    double lag() {
        return behindSeconds.isPresent() ? behindSeconds.getAsLong() : UNKNOWN_LAG;
    }

    /** For people. */
    String words() {
        if (!replicates()) {
            return error.isEmpty() ? "replication is stopped" : "replication has stopped: " + error;
        }
        String delay = delaySeconds == 0 ? "" : ", delayed by " + delaySeconds + " s";
        String behind = behindSeconds.isPresent()
                ? behindSeconds.getAsLong() + " s behind " + source
                : "not connected to " + source;
        return (shut ? "catching up, " : "") + behind + delay;
    }
}
