package io.failoverlab.rds;

import io.failoverlab.clock.LabScheduler;
import io.failoverlab.rds.MultiAz.Fact;
import io.failoverlab.rds.MultiAz.Mode;
import io.failoverlab.topology.Redundancy;
import io.failoverlab.topology.SemiSync;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;

/**
 * The active check of a Multi-AZ database: it writes where a write has to come through, and asks around where it does not. Its
 * connection is kept, so that it can still tell when applications have taken every other one: RDS does not fail over for that,
 * since they would take the standby's as well.
 */
final class ActiveCheck implements AutoCloseable {
    private static final Duration PING_LIMIT = Duration.ofMillis(500);

    private final MultiAzServers servers;
    private final SemiSync policy;
    private final Redundancy kind;
    private final LabScheduler scheduler;
    private final AtomicLong beat = new AtomicLong();
    private final KeptAgent primaryAgent;
    private final KeptAgent standbyAgent;
    private volatile Optional<Seen> lastSeen = Optional.empty();

    /**
     * What a primary had when it answered last, while it was the only copy.
     *
     * @param executed its transactions
     */
    record Seen(String server, String executed) {}

    /**
     * @param kind of the standby; one that does not run cannot be asked, and is taken for fit
     * @param limit how long a check's write may take
     */
    ActiveCheck(MultiAzServers servers, SemiSync policy, Redundancy kind, Duration limit, LabScheduler scheduler) {
        this.servers = servers;
        this.policy = policy;
        this.kind = kind;
        this.primaryAgent = new KeptAgent(limit);
        this.standbyAgent = new KeptAgent(limit);
        this.scheduler = scheduler;
    }

    /** One check. */
    Fact look(Mode now) {
        String primary = servers.primary();
        boolean write = now == Mode.SYNCED || policy == SemiSync.FALLBACK;
        Instant begun = scheduler.instant();
        if (isFine(primaryAgent.of(servers.agent(primary).server()), write, now == Mode.EXPOSED)) {
            return written(kind, now, this::standbyFollows, begun);
        }
        CompletableFuture<Boolean> standby = CompletableFuture.supplyAsync(
                () -> !kind.runs() || standbyAnswers(),
                task -> Thread.ofVirtual().name("ping").start(task));
        boolean primaryAnswers = says(primary, ServerAgent::isOpen);
        boolean full = servers.isFull(primary);
        boolean standbyAnswers = standby.join();
        return full ? new Fact.Full() : new Fact.Checked(false, primaryAnswers, standbyAnswers, begun);
    }

    private boolean standbyAnswers() {
        String standby = servers.standby();
        return says(standby, agent -> agent.replication().error().isEmpty()) && !servers.isFull(standby);
    }

    /** No write waits for a warm standby, so that none can tell whether it is there. */
    static Fact.Checked written(Redundancy kind, Mode now, BooleanSupplier standbyFollows, Instant begun) {
        boolean fit = kind != Redundancy.WARM || now != Mode.SYNCED || standbyFollows.getAsBoolean();
        return new Fact.Checked(fit, true, fit, begun);
    }

    private boolean standbyFollows() {
        try {
            return standbyAgent
                    .of(servers.agent(servers.standby()).server())
                    .replication()
                    .follows();
        } catch (SQLException silent) {
            return false;
        }
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

    @Override
    public void close() {
        primaryAgent.close();
        standbyAgent.close();
    }

    /** One connection, to the server that is asked now. */
    private static final class KeptAgent implements AutoCloseable {
        private final Duration limit;
        private volatile Optional<ServerAgent> kept = Optional.empty();

        KeptAgent(Duration limit) {
            this.limit = limit;
        }

        ServerAgent of(DbInstance wanted) {
            if (kept.filter(it -> it.server() == wanted).isEmpty()) {
                close();
                kept = Optional.of(new ServerAgent(wanted, limit));
            }
            return kept.orElseThrow();
        }

        @Override
        public void close() {
            kept.ifPresent(ServerAgent::close);
        }
    }
}
