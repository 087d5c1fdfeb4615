package io.failoverlab.rds;

import io.failoverlab.clock.LabScheduler;
import io.failoverlab.engine.ContainerEvent;
import io.failoverlab.rds.MultiAz.Fact;
import io.failoverlab.rds.MultiAz.Mode;
import io.failoverlab.rds.MultiAz.Order;
import io.failoverlab.telemetry.Measurement;
import io.failoverlab.telemetry.StackEvent;
import io.failoverlab.telemetry.Telemetry;
import io.failoverlab.topology.Redundancy;
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
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/** Keeps a Multi-AZ database: watches its servers, tells {@link MultiAz} what it sees, and carries its orders out. */
public final class MultiAzController implements AutoCloseable {
    private static final Duration EXPOSURE_EVERY = Duration.ofSeconds(1);
    private static final Duration ORDER_LIMIT = Duration.ofSeconds(10);

    private static final Duration BEFORE_AGAIN = Duration.ofMillis(300);

    private final String identifier;
    private final SemiSync policy;
    private final FailoverClocks clocks;
    private final MultiAzServers servers;
    private final Redundancy redundancy;
    private final StandbyCare care;
    private final LabScheduler scheduler;
    private final Telemetry telemetry;
    private final MultiAz decider;
    private final List<AutoCloseable> running = new ArrayList<>();
    private final Object acting = new Object();
    private final AtomicReference<String> lastTrouble = new AtomicReference<>("");
    private final ActiveCheck check;
    private final ClientArrival arrival;
    private volatile Optional<Gap> forced = Optional.empty();
    private volatile boolean closed;

    /**
     * @param identifier of the DB instance
     * @param redundancy what its standby is
     * @param mode {@link Mode#SYNCED} for a pair that was just set up, {@link Mode#EXPOSED} for a primary that is open and alone,
     *     {@link Mode#DOWN} for servers that have to be looked at
     */
    public MultiAzController(
            String identifier,
            SemiSync policy,
            Redundancy redundancy,
            FailoverClocks clocks,
            MultiAzServers servers,
            Mode mode,
            LabScheduler scheduler,
            Telemetry telemetry) {
        this.identifier = identifier;
        this.policy = policy;
        this.redundancy = redundancy;
        this.clocks = clocks;
        this.servers = servers;
        this.scheduler = scheduler;
        this.telemetry = telemetry;
        this.decider = new MultiAz(servers.primary(), servers.standby(), policy, clocks.misses(), mode);
        this.care = new StandbyCare(redundancy, servers, scheduler, this::news);
        this.arrival = new ClientArrival(identifier, scheduler, telemetry, this::news);
        this.check = new ActiveCheck(servers, policy, redundancy, clocks.checkLimit(), scheduler);
    }

    public void start() {
        List<Order> first;
        synchronized (decider) {
            first = decider.begin();
        }
        carryOut(first);
        running.add(scheduler.every(clocks.checkEvery(), this::check));
        if (redundancy == Redundancy.HOT) {
            running.add(scheduler.every(EXPOSURE_EVERY, this::publishExposure));
        }
    }

    public Mode mode() {
        synchronized (decider) {
            return decider.mode();
        }
    }

    /** In a word for people: in sync, exposed, failing over, down. */
    public String state() {
        return switch (mode()) {
            case SYNCED -> care.state();
            case FAILING_OVER -> "failing over";
            case EXPOSED -> "exposed";
            case DOWN -> "down";
        };
    }

    /**
     * Fails over in order, as RDS's reboot with failover.
     *
     * @param force whether a standby that is not in sync is promoted, too
     * @return what is lost by it; empty if nothing that was acknowledged is
     * @throws IllegalArgumentException with the reason, if it cannot be done now
     */
    public Optional<Gap> failOver(boolean force) {
        if (closed) {
            throw refused("the database is being taken down, or its final snapshot is taken");
        }
        Optional<String> refusal;
        List<Order> orders = List.of();
        synchronized (decider) {
            refusal = decider.refusal().or(this::lossy);
            if (refusal.isEmpty()) {
                forced = Optional.empty();
                orders = decider.on(new Fact.Asked(false), scheduler.instant());
            }
        }
        if (refusal.isPresent()) {
            return outOfSync(
                    refusal.get(), force, () -> StandbyLook.gap(servers, redundancy, check.lastSeen(), isTainted()));
        }
        carryOut(orders);
        return Optional.empty();
    }

    /** One that does not have every write is no refuge without need. */
    private Optional<String> lossy() {
        return redundancy == Redundancy.HOT
                ? Optional.empty()
                : Optional.of("the standby is " + redundancy.label() + ", and may lack the last writes");
    }

    /** @param look at what a standby that is not in sync lacks */
    Optional<Gap> outOfSync(String refusal, boolean force, Supplier<Gap> look) {
        if (mode() == Mode.FAILING_OVER) {
            throw refused(refusal);
        }
        Gap gap;
        List<Order> orders;
        // An order under way must not change the standby between the look at it and the decision.
        synchronized (acting) {
            try {
                gap = look.get();
            } catch (IllegalArgumentException unfit) {
                throw refused(refusal + "; nor can it be forced: " + unfit.getMessage());
            }
            if (!force) {
                throw refused(refusal + "; `lab failover " + identifier
                        + " --force` promotes it all the same, and loses " + gap);
            }
            synchronized (decider) {
                orders = decider.on(new Fact.Asked(true), scheduler.instant());
                forced = orders.isEmpty() ? forced : Optional.of(gap);
            }
        }
        if (orders.isEmpty()) {
            throw refused("the database has changed meanwhile; look at `lab status` and ask again");
        }
        news("the failover to " + servers.standby() + " is forced, and loses " + gap);
        carryOut(orders);
        return Optional.of(gap);
    }

    /** What the failover that is under way loses, if somebody forced it. */
    Optional<Gap> forced() {
        return forced;
    }

    private boolean isTainted() {
        synchronized (decider) {
            return decider.tainted();
        }
    }

    private IllegalArgumentException refused(String why) {
        tell(RdsEvent.FAILOVER_ABANDONED, why);
        return new IllegalArgumentException(RdsEvent.FAILOVER_ABANDONED.id() + ": " + why);
    }

    /** Takes in what the engine reports of a server. */
    public void happened(ContainerEvent event) {
        boolean gone = event.action().equals("die") || event.action().equals("pause");
        boolean asleep = !redundancy.runs()
                && mode() == Mode.SYNCED
                && !event.container().equals(servers.primary());
        if (gone && clocks.byEvents() && servers.knows(event.container()) && !asleep) {
            String why = event.action().equals("die")
                    ? "the server died (exit code " + event.exitCode() + ")"
                    : "its processes are frozen";
            boolean full = event.container().equals(servers.primary()) && servers.isFull(event.container());
            take(full ? new Fact.Full() : new Fact.Gone(event.container(), why, event.at()), scheduler.instant());
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
            case Order.Drain drain -> care.prepare(server, drain.whole(), turn);
            case Order.Promote promote -> promote(server, promote.writes(), turn);
            case Order.Move move -> turn.act(() -> servers.lead(server));
            case Order.Release release -> turn.act(() -> servers.agent(server).waitForStandby(false));
            case Order.Rebuild rebuild -> rebuild(server, rebuild.fresh(), turn);
            case Order.Reopen reopen -> turn.act(() -> reopen(server, reopen.writes(), turn));
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
            care.cutOff(servers.standby());
        } finally {
            ended.join();
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
        if (writes) {
            agent.waitForStandby(false);
            agent.open(true);
        } else {
            agent.endWaitingWritesUntold();
        }
    }

    private void rebuild(String server, boolean fresh, Turn turn) throws SQLException {
        // A zone that is lost has no place for a server.
        while (!servers.mayRun(server)) {
            scheduler.pause(BEFORE_AGAIN);
            turn.require();
        }
        care.build(servers.primary(), server, fresh, forced.isPresent() || redundancy != Redundancy.HOT, turn);
        if (policy == SemiSync.BLOCK) {
            turn.act(() -> servers.agent(servers.primary()).open(true));
        }
        forced = Optional.empty();
    }

    private void reopen(String server, boolean writes, Turn turn) throws SQLException {
        if (!servers.mayRun(server)) {
            throw new SQLException("there is no place for " + server);
        }
        if (servers.isFull(server)) {
            // As RDS shuts it down: it would go on waiting for a minute once there is room.
            servers.fence(server);
            throw new SQLException("its storage is full; `lab modify db --allocated-storage SIZE` gives it more");
        }
        servers.start(server);
        ServerAgent agent = servers.agent(server);
        new AnswerWait(servers::hasEnded, scheduler).await(server, agent::ping, ORDER_LIMIT, turn);
        agent.leaveSource();
        open(server, writes);
        servers.lead(server);
    }

    private void awaitClients() {
        FailoverTimes times;
        synchronized (decider) {
            times = decider.times();
        }
        arrival.await(times, servers.agent(times.to()), () -> closed);
    }

    private void check() {
        Mode now = mode();
        if (now != Mode.FAILING_OVER && now != Mode.DOWN && !closed) {
            take(check.look(now), scheduler.instant());
        }
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
        check.close();
    }
}
