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
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * The active check of a Multi-AZ database: it writes where a write has to come through, and asks around where it does not. Its
 * connection is kept, so that it can still tell when applications have taken every other one: RDS does not fail over for that,
 * since they would take the standby's as well.
 */
final class ActiveCheck implements AutoCloseable {
    private static final Duration PING_LIMIT = Duration.ofMillis(500);
    /** A write that takes longer than most is not waited for before it is known that its servers can be reached. */
    private static final Duration SOON = Duration.ofMillis(100);

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
        boolean write = now == Mode.SYNCED || policy == SemiSync.FALLBACK;
        boolean acknowledged = now == Mode.SYNCED && kind == Redundancy.HOT;
        String primary = servers.primary();
        Contact contact = new Contact(
                address(primary), acknowledged ? Optional.of(address(servers.standby())) : Optional.empty());
        Instant begun = scheduler.instant();
        ServerAgent agent = primaryAgent.of(servers.agent(primary).server());
        CompletableFuture<Boolean> fine = aside(() -> isFine(agent, write, now == Mode.EXPOSED));
        if (!isWorthWaiting(fine, SOON, contact::isThere)) {
            primaryAgent.leave();
            return miss(begun, primary, contact.withPrimary());
        }
        return fine.join() ? written(kind, now, this::standbyFollows, begun) : miss(begun, primary, true);
    }

    /** @param canComeBack whether servers are there from which the answer could come; asked only of one that does not come soon */
    static boolean isWorthWaiting(CompletableFuture<Boolean> answer, Duration soon, BooleanSupplier canComeBack) {
        boolean came = answer.thenApply(it -> true)
                .completeOnTimeout(false, soon.toMillis(), TimeUnit.MILLISECONDS)
                .join();
        return came || canComeBack.getAsBoolean() || answer.isDone();
    }

    /** @param reached whether it makes sense to ask the primary again */
    private Fact miss(Instant begun, String primary, boolean reached) {
        CompletableFuture<Boolean> standby = aside(() -> !kind.runs() || standbyAnswers());
        boolean primaryAnswers = reached && says(primary, ServerAgent::isOpen);
        boolean full = servers.isFull(primary);
        boolean standbyAnswers = standby.join();
        return full ? new Fact.Full() : new Fact.Checked(false, primaryAnswers, standbyAnswers, begun);
    }

    private String address(String server) {
        return servers.agent(server).server().address();
    }

    private static <T> CompletableFuture<T> aside(Supplier<T> task) {
        return CompletableFuture.supplyAsync(
                task, thread -> Thread.ofVirtual().name("check").start(thread));
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

        /** The next question has a connection of its own; this one is closed once its server, or its limit, lets it go. */
        void leave() {
            Optional<ServerAgent> left = kept;
            kept = Optional.empty();
            left.ifPresent(agent -> Thread.ofVirtual().name("check").start(agent::close));
        }

        @Override
        public void close() {
            kept.ifPresent(ServerAgent::close);
        }
    }
}
