package io.failoverlab.rds;

import io.failoverlab.clock.LabScheduler;
import io.failoverlab.engine.ContainerEvent;
import io.failoverlab.rds.MultiAz.Fact;
import io.failoverlab.rds.MultiAz.Mode;
import io.failoverlab.rds.MultiAz.Order;
import io.failoverlab.telemetry.Measurement;
import io.failoverlab.telemetry.StackEvent;
import io.failoverlab.telemetry.Telemetry;
import io.failoverlab.topology.SemiSync;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;

/** Keeps a Multi-AZ database: watches its servers, tells {@link MultiAz} what it sees, and carries its orders out. */
public final class MultiAzController implements AutoCloseable {
    private static final Duration EXPOSURE_EVERY = Duration.ofSeconds(1);
    private static final Duration PING_LIMIT = Duration.ofMillis(500);
    private static final Duration ORDER_LIMIT = Duration.ofSeconds(10);
    private static final Duration CLIENT_LIMIT = Duration.ofSeconds(60);
    private static final Duration BEFORE_AGAIN = Duration.ofMillis(300);

    private final String identifier;
    private final SemiSync policy;
    private final FailoverClocks clocks;
    private final MultiAzServers servers;
    private final StandbyBuilder builder;
    private final LabScheduler scheduler;
    private final Telemetry telemetry;
    private final MultiAz decider;
    private final List<AutoCloseable> running = new ArrayList<>();
    private final AtomicLong beat = new AtomicLong();
    private volatile Optional<ServerAgent> checker = Optional.empty();
    private volatile boolean closed;

    /**
     * @param identifier of the DB instance
     * @param mode {@link Mode#SYNCED} for a pair that was just set up, {@link Mode#DOWN} for one that has to be looked at
     */
    public MultiAzController(
            String identifier,
            SemiSync policy,
            FailoverClocks clocks,
            MultiAzServers servers,
            Mode mode,
            LabScheduler scheduler,
            Telemetry telemetry) {
        this.identifier = identifier;
        this.policy = policy;
        this.clocks = clocks;
        this.servers = servers;
        this.scheduler = scheduler;
        this.telemetry = telemetry;
        this.decider = new MultiAz(servers.primary(), servers.standby(), policy, clocks.misses(), mode);
        this.builder = new StandbyBuilder(servers, scheduler, this::news);
    }

    public void start() {
        List<Order> first;
        synchronized (decider) {
            first = decider.begin();
        }
        carryOut(first);
        running.add(scheduler.every(clocks.checkEvery(), this::check));
        running.add(scheduler.every(EXPOSURE_EVERY, this::publishExposure));
    }

    public Mode mode() {
        synchronized (decider) {
            return decider.mode();
        }
    }

    /** In a word for people: in sync, exposed, failing over, down. */
    public String state() {
        return switch (mode()) {
            case SYNCED -> "in sync";
            case FAILING_OVER -> "failing over";
            case EXPOSED -> "exposed";
            case DOWN -> "down";
        };
    }

    /**
     * Fails over in order, as RDS's reboot with failover.
     *
     * @throws IllegalArgumentException with the reason, if it cannot be done now
     */
    public void failOver() {
        Optional<String> refusal;
        List<Order> orders = List.of();
        synchronized (decider) {
            refusal = decider.refusal();
            if (refusal.isEmpty()) {
                orders = decider.on(new Fact.Asked(), scheduler.instant());
            }
        }
        if (refusal.isPresent()) {
            tell(RdsEvent.FAILOVER_ABANDONED, refusal.get());
            throw new IllegalArgumentException(RdsEvent.FAILOVER_ABANDONED.id() + ": " + refusal.get());
        }
        carryOut(orders);
    }

    /** Takes in what the engine reports of a server. */
    public void happened(ContainerEvent event) {
        boolean gone = event.action().equals("die") || event.action().equals("pause");
        if (gone && clocks.byEvents() && servers.knows(event.container())) {
            String why = event.action().equals("die")
                    ? "the server died (exit code " + event.exitCode() + ")"
                    : "its processes are frozen";
            take(new Fact.Gone(event.container(), why, event.at()), scheduler.instant());
        }
    }

    private void take(Fact fact, Instant at) {
        List<Order> orders;
        synchronized (decider) {
            if (closed) {
                return;
            }
            orders = decider.on(fact, at);
            // Written down before it is done: a lab that dies now must not take the old one for the primary.
            if (!decider.primary().equals(servers.primary())) {
                servers.primaryIs(decider.primary());
            }
        }
        carryOut(orders);
    }

    private void carryOut(List<Order> orders) {
        for (Order order : orders) {
            if (order instanceof Order.Tell(String server, RdsEvent event, String detail)) {
                tell(event, detail);
            } else {
                scheduler.launch(() -> carryOut(order));
            }
        }
    }

    private void carryOut(Order order) {
        try {
            attempt(order);
        } catch (SQLException | RuntimeException failure) {
            if (!closed) {
                scheduler.pause(BEFORE_AGAIN);
                take(new Fact.Failed(order, String.valueOf(failure.getMessage())), scheduler.instant());
            }
            return;
        }
        take(new Fact.Done(order), scheduler.instant());
        if (order instanceof Order.Move) {
            awaitClients();
        }
    }

    private void attempt(Order order) throws SQLException {
        switch (order) {
            case Order.Fence(String server) -> fence(server);
            case Order.Drain(String server) -> drain(server);
            case Order.Promote(String server, boolean writes) -> promote(server, writes);
            case Order.Move(String server) -> servers.lead(server);
            case Order.Release(String server) -> servers.agent(server).waitForStandby(false);
            case Order.Rebuild(String server, boolean fresh) -> rebuild(order, server, fresh);
            case Order.Reopen(String server, boolean writes) -> reopen(server, writes);
            case Order.Tell news -> {
                // told at once
            }
        }
    }

    /** Twice over: nothing runs there any more, and what would run there gets no acknowledgement from the standby. */
    private void fence(String server) throws SQLException {
        CompletableFuture<Void> ended = CompletableFuture.runAsync(
                () -> servers.fence(server),
                task -> Thread.ofVirtual().name("fence").start(task));
        servers.agent(servers.standby()).stopReceiving();
        ended.join();
    }

    private void drain(String server) throws SQLException {
        ServerAgent agent = servers.agent(server);
        while (!agent.appliesAll()) {
            String error = agent.replication().error();
            if (!error.isEmpty() || closed) {
                throw new SQLException(server + " does not apply what it received: " + error);
            }
        }
    }

    private void promote(String server, boolean writes) throws SQLException {
        Duration since;
        synchronized (decider) {
            since = Duration.between(decider.times().failed(), scheduler.instant());
        }
        if (since.compareTo(clocks.least()) < 0) {
            scheduler.pause(clocks.least().minus(since));
        }
        ServerAgent agent = servers.agent(server);
        agent.waitForStandby(false);
        agent.open(writes);
    }

    private void rebuild(Order order, String server, boolean fresh) throws SQLException {
        awaitAllowed(order, server);
        builder.build(servers.primary(), server, fresh);
        if (policy == SemiSync.BLOCK) {
            servers.agent(servers.primary()).open(true);
        }
    }

    private void reopen(String server, boolean writes) throws SQLException {
        if (!servers.mayRun(server)) {
            throw new SQLException("there is no place for " + server);
        }
        servers.start(server);
        ServerAgent agent = servers.agent(server);
        if (scheduler.await(ORDER_LIMIT, () -> answers(agent)).isEmpty()) {
            throw new SQLException(server + " does not answer");
        }
        agent.leaveSource();
        agent.waitForStandby(false);
        agent.open(writes);
        servers.lead(server);
    }

    /** A zone that is lost has no place for a server. */
    private void awaitAllowed(Order order, String server) throws SQLException {
        while (!servers.mayRun(server)) {
            scheduler.pause(BEFORE_AGAIN);
            synchronized (decider) {
                if (closed || !decider.pending().equals(Optional.of(order))) {
                    throw new SQLException("the order was taken back");
                }
            }
        }
    }

    private static Optional<Boolean> answers(ServerAgent agent) {
        try {
            agent.ping();
            return Optional.of(true);
        } catch (SQLException notYet) {
            return Optional.empty();
        }
    }

    /** The last phase is not the lab's: the application has to come to the new primary. */
    private void awaitClients() {
        FailoverTimes times;
        synchronized (decider) {
            times = decider.times();
        }
        ServerAgent agent = servers.agent(times.to());
        scheduler.await(CLIENT_LIMIT, () -> {
            try {
                return closed || agent.applications() > 0 ? Optional.of(true) : Optional.empty();
            } catch (SQLException busy) {
                return Optional.empty();
            }
        });
        telemetry.happened(new StackEvent.DatabaseFailedOver(
                scheduler.instant(),
                identifier,
                times.from(),
                times.to(),
                times.why(),
                times.failed(),
                times.decided(),
                times.promoted(),
                times.moved()));
    }

    /** Writes where a write has to come through, and asks around where it does not. */
    private void check() {
        Mode now = mode();
        if (now == Mode.FAILING_OVER || now == Mode.DOWN || closed) {
            return;
        }
        String primary = servers.primary();
        boolean write = now == Mode.SYNCED || policy == SemiSync.FALLBACK;
        Instant begun = scheduler.instant();
        if (isFine(checkerOf(primary), write)) {
            take(new Fact.Checked(true, true, true, begun), scheduler.instant());
            return;
        }
        CompletableFuture<Boolean> standby = CompletableFuture.supplyAsync(
                () -> isThere(servers.standby()),
                task -> Thread.ofVirtual().name("ping").start(task));
        boolean primaryAnswers = isThere(primary);
        take(new Fact.Checked(false, primaryAnswers, standby.join(), begun), scheduler.instant());
    }

    private boolean isFine(ServerAgent agent, boolean write) {
        try {
            if (write) {
                agent.beat(beat.incrementAndGet());
            } else {
                agent.ping();
            }
            return true;
        } catch (SQLException failed) {
            return false;
        }
    }

    private boolean isThere(String server) {
        try (ServerAgent agent = new ServerAgent(servers.agent(server).server(), PING_LIMIT)) {
            agent.ping();
            return true;
        } catch (SQLException silent) {
            return false;
        }
    }

    private ServerAgent checkerOf(String server) {
        DbInstance wanted = servers.agent(server).server();
        Optional<ServerAgent> kept = checker.filter(it -> it.server() == wanted);
        if (kept.isEmpty()) {
            checker.ifPresent(ServerAgent::close);
            checker = Optional.of(new ServerAgent(wanted, clocks.checkLimit()));
        }
        return checker.orElseThrow();
    }

    private void publishExposure() {
        telemetry.measured(List.of(Measurement.of(
                "FailoverLab/RDS",
                "ReplicationExposed",
                Map.of("DBInstanceIdentifier", identifier),
                "None",
                scheduler.instant().truncatedTo(ChronoUnit.SECONDS),
                mode() == Mode.SYNCED ? 0 : 1)));
    }

    private void tell(RdsEvent event, String detail) {
        telemetry.happened(event.with(scheduler.instant(), identifier, detail));
    }

    /** The lab's own, which RDS has no event for. */
    private void news(String text) {
        telemetry.happened(new StackEvent.DatabaseEvent(scheduler.instant(), identifier, "LAB", "recovery", text));
    }

    @Override
    public void close() {
        synchronized (decider) {
            closed = true;
        }
        for (AutoCloseable part : running) {
            try {
                part.close();
            } catch (Exception ended) {
                // a timer that had ended
            }
        }
        checker.ifPresent(ServerAgent::close);
    }
}
