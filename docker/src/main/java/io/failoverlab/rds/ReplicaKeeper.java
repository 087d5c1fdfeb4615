package io.failoverlab.rds;

import io.failoverlab.clock.LabScheduler;
import io.failoverlab.telemetry.Measurement;
import io.failoverlab.telemetry.StackEvent;
import io.failoverlab.telemetry.Telemetry;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Keeps a read replica: asynchronous, read-only, of whichever server is the primary. Looks at it every second, publishes {@code
 * ReplicaLag}, and sees to what it needs. A replica that does not answer has no datapoint: nobody knows then.
 */
public final class ReplicaKeeper implements AutoCloseable {
    private static final Duration EVERY = Duration.ofSeconds(1);
    private static final Duration ANSWER_LIMIT = Duration.ofSeconds(1);
    private static final Duration CATCH_UP_LIMIT = Duration.ofSeconds(60);

    private final String replica;
    private final RdsMetrics metrics;
    private final MultiAzServers servers;
    private final StandbyBuilder builder;
    private final LabScheduler scheduler;
    private final Telemetry telemetry;
    private final Object acting = new Object();
    private volatile Optional<AutoCloseable> looking = Optional.empty();
    private volatile Optional<ReplicaSight> last = Optional.empty();
    private volatile boolean closed;
    /** What its source had when a replica that is shut was asked first: with all of that it is opened. */
    private Optional<String> goal = Optional.empty();

    private boolean toldReplicating;
    private String lastTrouble = "";

    /**
     * @param replica its DB instance identifier
     * @param dbClass such as {@code db.t3.small}
     * @param servers those that may be its source, and itself by its name
     */
    public ReplicaKeeper(
            String replica, String dbClass, MultiAzServers servers, LabScheduler scheduler, Telemetry telemetry) {
        this.replica = replica;
        this.metrics = RdsMetrics.of(replica, dbClass);
        this.servers = servers;
        this.scheduler = scheduler;
        this.telemetry = telemetry;
        this.builder = new StandbyBuilder(servers, scheduler, this::news);
    }

    /** Makes a replica of a server that is new and shut; throws {@link IllegalStateException} if that cannot be done. */
    public void setUp() {
        try {
            ServerAgent source = servers.agent(servers.primary());
            builder.copy(source, replica, new Turn(acting, () -> true));
            agent().replicate(source.server());
            builder.awaitCaughtUp(source, agent(), CATCH_UP_LIMIT);
            agent().open(false);
        } catch (SQLException failure) {
            throw new IllegalStateException(
                    "the read replica " + replica + " could not be set up: " + failure.getMessage(), failure);
        }
    }

    public void start() {
        looking = Optional.of(scheduler.every(EVERY, this::look));
    }

    /** For people, such as {@code 0 s behind 10.0.20.10}. */
    public String state() {
        return last.map(ReplicaSight::words).orElse("does not answer");
    }

    /** Address of the server that it follows now; empty if it follows nobody, or nobody knows. */
    public Optional<String> source() {
        return last.filter(seen -> seen.replicates() && seen.behindSeconds().isPresent())
                .map(ReplicaSight::source);
    }

    private ServerAgent agent() {
        return servers.agent(replica);
    }

    private ReplicaSight see() throws SQLException {
        return ReplicaSight.of(!agent().isOpen(), agent().replicaStatus());
    }

    private void look() {
        synchronized (acting) {
            if (closed) {
                return;
            }
            try {
                ReplicaSight seen = see();
                last = Optional.of(seen);
                publish(seen.lag());
                tell(seen);
                act(seen);
            } catch (SQLException silent) {
                last = Optional.empty();
            }
        }
    }

    private void publish(double lag) {
        List<Measurement> found = new ArrayList<>();
        metrics.gauge(found, "ReplicaLag", "Seconds", scheduler.instant(), lag);
        telemetry.measured(found);
    }

    private void tell(ReplicaSight seen) {
        boolean replicates = seen.replicates() && !seen.shut();
        if (replicates && !toldReplicating) {
            event(RdsEvent.REPLICATION_RESUMED, "from " + seen.source());
        } else if (toldReplicating && !seen.replicates()) {
            event(RdsEvent.REPLICATION_STOPPED, seen.error());
        }
        toldReplicating = seen.replicates() && (replicates || toldReplicating);
    }

    private void act(ReplicaSight seen) {
        try {
            switch (seen.need(servers.agent(servers.primary()).server().address())) {
                case NOTHING -> goal = Optional.empty();
                case SOURCE -> follow();
                case START -> agent().startReplica();
                case OPENING -> openIfCaughtUp();
            }
        } catch (SQLException failure) {
            String why = String.valueOf(failure.getMessage());
            if (!why.equals(lastTrouble)) {
                lastTrouble = why;
                news(replica + " waits: " + why);
            }
        }
    }

    /** After a failover: by GTID, unless it has what the new primary has not, or the new primary's logs begin too late. */
    private void follow() throws SQLException {
        DbInstance source = servers.agent(servers.primary()).server();
        try (ServerAgent primary = new ServerAgent(source, ANSWER_LIMIT)) {
            if (!primary.isOpen() || !servers.mayRun(replica)) {
                return;
            }
            goal = Optional.empty();
            agent().stopReplica();
            String executed = agent().executed();
            String extra = primary.minus(executed, primary.executed());
            boolean logsDo = primary.minus(primary.purged(), executed).isEmpty();
            if (!extra.isEmpty() || !logsDo) {
                news(replica + " is made anew from " + source.identifier() + ": "
                        + (extra.isEmpty() ? "the logs begin too late for it" : "it has what is not there, " + extra));
                servers.replace(replica);
                builder.copy(primary, replica, new Turn(acting, () -> !closed));
            }
            agent().replicate(source);
        }
    }

    private void openIfCaughtUp() throws SQLException {
        if (goal.isEmpty()) {
            DbInstance source = servers.agent(servers.primary()).server();
            try (ServerAgent primary = new ServerAgent(source, ANSWER_LIMIT)) {
                goal = Optional.of(primary.executed());
            }
        }
        if (agent().minus(goal.get(), agent().executed()).isEmpty()) {
            agent().open(false);
            goal = Optional.empty();
        }
    }

    /**
     * Makes a DB instance of its own of it: it applies what it has received, follows nobody any more, and takes writes.
     *
     * @param writeDown done before the point of no return: a lab that dies after it must not make a replica of it again
     * @throws IllegalArgumentException with the reason, if it cannot be done; it goes on as a replica then
     */
    public void promote(Runnable writeDown) {
        synchronized (acting) {
            if (closed) {
                throw new IllegalArgumentException(
                        "expected a read replica, found " + replica + ", which is none any more");
            }
            try {
                // In this order: with neither thread running MySQL would throw away what was received and not applied.
                agent().applyAtOnce();
                agent().stopReceiving();
                Instant end = scheduler.instant().plus(CATCH_UP_LIMIT);
                while (!agent().appliesAll()) {
                    if (scheduler.instant().isAfter(end)) {
                        throw new SQLException(
                                "it has not applied what it received in " + CATCH_UP_LIMIT.toSeconds() + " s");
                    }
                }
            } catch (SQLException failure) {
                goOn();
                throw new IllegalArgumentException(
                        "expected " + replica + " to apply what it received, found: " + failure.getMessage(), failure);
            }
            writeDown.run();
            close();
            try {
                agent().leaveSource();
                agent().open(true);
            } catch (SQLException failure) {
                throw new IllegalStateException(
                        replica + " is promoted and could not be opened: " + failure.getMessage(), failure);
            }
            event(RdsEvent.REPLICATION_TERMINATED, replica + " is promoted to a DB instance of its own");
        }
    }

    /**
     * Ends the replication of a server that a lab had decided to promote when it died; nothing happens to one that replicates from
     * nobody, or does not answer: it starts as one of its own.
     */
    public static void endReplication(DbInstance server) {
        try (ServerAgent agent = new ServerAgent(server, ANSWER_LIMIT)) {
            // A restore replays logs on a channel of its own.
            if ("".equals(agent.replicaStatus().get("Channel_Name"))) {
                agent.leaveSource();
                agent.open(true);
            }
        } catch (SQLException silent) {
            // nobody follows anybody after a start
        }
    }

    private void goOn() {
        try {
            agent().startReplica();
        } catch (SQLException silent) {
            // the next start of its server brings replication back
        }
    }

    private void event(RdsEvent event, String detail) {
        telemetry.happened(event.with(scheduler.instant(), replica, detail));
    }

    /** The lab's own, which RDS has no event for. */
    private void news(String text) {
        telemetry.happened(new StackEvent.DatabaseEvent(scheduler.instant(), replica, "LAB", "read replica", text));
    }

    @Override
    public void close() {
        closed = true;
        synchronized (acting) {
            looking.ifPresent(ReplicaKeeper::cancel);
        }
    }

    private static void cancel(AutoCloseable timer) {
        try {
            timer.close();
        } catch (Exception ended) {
            // it had ended
        }
    }
}
