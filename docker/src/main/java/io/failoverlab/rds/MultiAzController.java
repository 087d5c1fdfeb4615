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
import java.util.concurrent.atomic.AtomicReference;

/** Keeps a Multi-AZ database: watches its servers, tells {@link MultiAz} what it sees, and carries its orders out. */
public final class MultiAzController implements AutoCloseable {
    private static final Duration EXPOSURE_EVERY = Duration.ofSeconds(1);
    private static final Duration PING_LIMIT = Duration.ofMillis(500);
    private static final Duration ORDER_LIMIT = Duration.ofSeconds(10);
    /** A standby may have to apply a lot. */
    private static final Duration DRAIN_LIMIT = Duration.ofSeconds(120);

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
    private final Object acting = new Object();
    private final AtomicReference<String> lastTrouble = new AtomicReference<>("");
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
            attempt(order, new Turn(acting, () -> isWaitedFor(order)));
        } catch (SQLException | RuntimeException failure) {
            if (isWaitedFor(order)) {
                String why = String.valueOf(failure.getMessage());
                String text = order.getClass().getSimpleName() + " of " + order.server() + " failed: " + why;
                if (!text.equals(lastTrouble.getAndSet(text))) {
                    news(text);
                }
                scheduler.pause(BEFORE_AGAIN);
                take(new Fact.Failed(order, why), scheduler.instant());
            }
            return;
        }
        take(new Fact.Done(order), scheduler.instant());
        if (order instanceof Order.Move) {
            awaitClients();
        }
    }

    private boolean isWaitedFor(Order order) {
        synchronized (decider) {
            return !closed && decider.isWaitedFor(order);
        }
    }

    private void attempt(Order order, Turn turn) throws SQLException {
        String server = order.server();
        switch (order) {
            case Order.Fence fence -> turn.act(() -> fence(server));
            case Order.Drain drain -> drain(server, turn);
            case Order.Promote promote -> promote(server, promote.writes(), turn);
            case Order.Move move -> turn.act(() -> servers.lead(server));
            case Order.Release release -> turn.act(() -> servers.agent(server).waitForStandby(false));
            case Order.Rebuild rebuild -> rebuild(server, rebuild.fresh(), turn);
            case Order.Reopen reopen -> turn.act(() -> reopen(server, reopen.writes()));
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
        try {
            servers.agent(servers.standby()).stopReceiving();
        } finally {
            ended.join();
        }
    }

    private void drain(String server, Turn turn) throws SQLException {
        Instant end = scheduler.instant().plus(DRAIN_LIMIT);
        while (!servers.agent(server).appliesAll()) {
            turn.require();
            if (scheduler.instant().isAfter(end)) {
                throw new SQLException(
                        server + " has not applied what it received in " + DRAIN_LIMIT.toSeconds() + " s");
            }
        }
    }

    private void promote(String server, boolean writes, Turn turn) throws SQLException {
        Duration since;
        synchronized (decider) {
            since = Duration.between(decider.times().failed(), scheduler.instant());
        }
        if (since.compareTo(clocks.least()) < 0) {
            scheduler.pause(clocks.least().minus(since));
        }
        turn.act(() -> open(server, writes));
    }

    private void open(String server, boolean writes) throws SQLException {
        // Written down before it is done: a lab that dies now must not take the old one for the primary.
        if (!server.equals(servers.primary())) {
            servers.primaryIs(server);
        }
        ServerAgent agent = servers.agent(server);
        agent.waitForStandby(false);
        agent.open(writes);
    }

    private void rebuild(String server, boolean fresh, Turn turn) throws SQLException {
        // A zone that is lost has no place for a server.
        while (!servers.mayRun(server)) {
            scheduler.pause(BEFORE_AGAIN);
            turn.require();
        }
        builder.build(servers.primary(), server, fresh, turn);
        if (policy == SemiSync.BLOCK) {
            turn.act(() -> servers.agent(servers.primary()).open(true));
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
        open(server, writes);
        servers.lead(server);
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
        Optional<Boolean> came = scheduler.await(CLIENT_LIMIT, () -> {
            try {
                return closed || agent.applications() > 0 ? Optional.of(true) : Optional.empty();
            } catch (SQLException busy) {
                return Optional.empty();
            }
        });
        if (closed) {
            return;
        }
        if (came.isEmpty()) {
            news("no client came to " + times.to() + " within " + CLIENT_LIMIT.toSeconds() + " s of the failover");
            return;
        }
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
                () -> says(
                        servers.standby(), agent -> agent.replication().error().isEmpty()),
                task -> Thread.ofVirtual().name("ping").start(task));
        boolean primaryAnswers = says(primary, ServerAgent::isOpen);
        take(new Fact.Checked(false, primaryAnswers, standby.join(), begun), scheduler.instant());
    }

    private boolean isFine(ServerAgent agent, boolean write) {
        try {
            if (write) {
                agent.beat(beat.incrementAndGet());
                return true;
            }
            return agent.isOpen();
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
        // After the step that is under way, which has limits of its own: a server that is being replaced must not be
        // left out.
        synchronized (acting) {
            for (AutoCloseable part : running) {
                try {
                    part.close();
                } catch (Exception ended) {
                    // a timer that had ended
                }
            }
        }
        checker.ifPresent(ServerAgent::close);
    }
}
