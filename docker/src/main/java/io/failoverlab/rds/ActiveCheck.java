package io.failoverlab.rds;

import io.failoverlab.clock.LabScheduler;
import io.failoverlab.rds.MultiAz.Fact;
import io.failoverlab.rds.MultiAz.Mode;
import io.failoverlab.topology.SemiSync;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;

/** The active check of a Multi-AZ database: it writes where a write has to come through, and asks around where it does not. */
final class ActiveCheck implements AutoCloseable {
    private static final Duration PING_LIMIT = Duration.ofMillis(500);

    private final MultiAzServers servers;
    private final SemiSync policy;
    private final boolean standbyRuns;
    private final Duration limit;
    private final LabScheduler scheduler;
    private final AtomicLong beat = new AtomicLong();
    private volatile Optional<ServerAgent> checker = Optional.empty();
    private volatile Optional<Seen> lastSeen = Optional.empty();

    /**
     * What a primary had when it answered last, while it was the only copy.
     *
     * @param executed its transactions
     */
    record Seen(String server, String executed) {}

    /**
     * @param standbyRuns whether it can be asked; one that does not run is taken for fit
     * @param limit how long a check's write may take
     */
    ActiveCheck(MultiAzServers servers, SemiSync policy, boolean standbyRuns, Duration limit, LabScheduler scheduler) {
        this.servers = servers;
        this.policy = policy;
        this.standbyRuns = standbyRuns;
        this.limit = limit;
        this.scheduler = scheduler;
    }

    /** One check. */
    Fact.Checked look(Mode now) {
        String primary = servers.primary();
        boolean write = now == Mode.SYNCED || policy == SemiSync.FALLBACK;
        Instant begun = scheduler.instant();
        if (isFine(checkerOf(primary), write, now == Mode.EXPOSED)) {
            return new Fact.Checked(true, true, true, begun);
        }
        CompletableFuture<Boolean> standby = CompletableFuture.supplyAsync(
                () -> !standbyRuns
                        || says(
                                servers.standby(),
                                agent -> agent.replication().error().isEmpty()),
                task -> Thread.ofVirtual().name("ping").start(task));
        boolean primaryAnswers = says(primary, ServerAgent::isOpen);
        return new Fact.Checked(false, primaryAnswers, standby.join(), begun);
    }

    Optional<Seen> lastSeen() {
        return lastSeen;
    }

    private boolean isFine(ServerAgent agent, boolean write, boolean alone) {
        try {
            if (write) {
                agent.beat(beat.incrementAndGet());
            } else if (!agent.isOpen()) {
                return false;
            }
            if (alone) {
                lastSeen = Optional.of(new Seen(agent.server().identifier(), agent.executed()));
            }
            return true;
        } catch (SQLException failed) {
            return false;
        }
    }

    private interface Question {
        boolean ask(ServerAgent agent) throws SQLException;
    }

    private boolean says(String server, Question question) {
        try (ServerAgent agent = new ServerAgent(servers.agent(server).server(), PING_LIMIT)) {
            return question.ask(agent);
        } catch (SQLException silent) {
            return false;
        }
    }

    private ServerAgent checkerOf(String server) {
        DbInstance wanted = servers.agent(server).server();
        Optional<ServerAgent> kept = checker.filter(it -> it.server() == wanted);
        if (kept.isEmpty()) {
            checker.ifPresent(ServerAgent::close);
            checker = Optional.of(new ServerAgent(wanted, limit));
        }
        return checker.orElseThrow();
    }

    @Override
    public void close() {
        checker.ifPresent(ServerAgent::close);
    }
}
