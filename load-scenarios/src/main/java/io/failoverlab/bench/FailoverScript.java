package io.failoverlab.bench;

import io.failoverlab.clock.LabScheduler;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;

/**
 * A failover as a short script does it: it asks the primary over one connection, again and again; when that fails, and a new
 * connection fails as well, it promotes the standby and leads the writers there. It fences nobody and moves no name.
 */
final class FailoverScript {
    private static final Duration EVERY = Duration.ofMillis(20);
    private static final Duration CONNECT_LIMIT = Duration.ofMillis(100);
    private static final Duration ANSWER_LIMIT = Duration.ofMillis(250);

    private final LabScheduler scheduler;
    private final ReplicaPair pair;
    private final JdbcWriters writers;

    /** When it did what. */
    record Times(Instant decided, Instant promoted) {}

    FailoverScript(LabScheduler scheduler, ReplicaPair pair, JdbcWriters writers) {
        this.scheduler = scheduler;
        this.pair = pair;
        this.writers = writers;
    }

    /** Runs on a thread of its own until it has failed over. */
    CompletableFuture<Times> start() {
        CompletableFuture<Times> times = new CompletableFuture<>();
        scheduler.launch(() -> {
            try (Connection standby = pair.standby().connect()) {
                awaitFailure();
                Instant decided = scheduler.instant();
                pair.promoteStandby(standby);
                writers.leadTo(pair.standby());
                times.complete(new Times(decided, scheduler.instant()));
            } catch (SQLException | RuntimeException failure) {
                times.completeExceptionally(failure);
            }
        });
        return times;
    }

    private void awaitFailure() {
        while (true) {
            try (Connection primary = pair.primary().connect(CONNECT_LIMIT, ANSWER_LIMIT)) {
                askUntilItFails(primary);
            } catch (SQLException noConnection) {
                return;
            }
        }
    }

    private void askUntilItFails(Connection primary) {
        try (Statement question = primary.createStatement()) {
            while (true) {
                question.execute("SELECT 1");
                scheduler.pause(EVERY);
            }
        } catch (SQLException failed) {
            // a new connection has to tell
        }
    }
}
