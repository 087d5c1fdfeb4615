package io.failoverlab.bench;

import io.failoverlab.bench.ReplicaPair.Acknowledgement;
import io.failoverlab.clock.LabScheduler;
import io.failoverlab.engine.ContainerSpec;
import io.failoverlab.engine.Engine;
import io.failoverlab.engine.EngineException;
import io.failoverlab.environment.Environment;
import io.failoverlab.environment.Progress;
import io.failoverlab.environment.StackImages;
import io.failoverlab.fault.ActiveFault;
import io.failoverlab.rds.MultiAz.Mode;
import io.failoverlab.rds.MultiAzController;
import io.failoverlab.telemetry.StackEvent;
import io.failoverlab.telemetry.Telemetry;
import io.failoverlab.topology.InstanceType;
import io.failoverlab.topology.Topology;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * What the loss of a database's primary costs the clients: on the lab's whole stack, which stays up from one trial to the next, and
 * beside it on pairs of plain servers that a script fails over. They take turns.
 */
public final class DatabaseBench implements AutoCloseable {
    /** Of a trial's load, before the earliest moment of the fault. */
    private static final Duration BEFORE = Duration.ofSeconds(3);

    /** The fault comes somewhere in it, by the seed: the lab's own clocks must not be met at the same moment again and again. */
    private static final Duration JITTER = Duration.ofSeconds(1);

    /** Of a trial's load, after the fault. */
    private static final Duration AFTER = Duration.ofSeconds(8);

    /** A trial takes that much longer: the pair's start, or the stack's return. */
    private static final Duration AROUND = Duration.ofSeconds(6);

    private static final Duration WARM_UP = Duration.ofSeconds(5);
    private static final Duration GATE = Duration.ofSeconds(90);

    /**
     * What to measure with.
     *
     * @param topology with a Multi-AZ database
     */
    public record Setup(String run, Topology topology, StackImages images, int port) {}

    /**
     * What to measure.
     *
     * @param times trials of the lab with each fault
     * @param peerTimes trials of each peer with each fault
     * @param rate orders a second, and as many pages
     * @param seed of the first trial; each further one has the next
     */
    public record Plan(List<DatabaseFault> faults, int times, int peerTimes, int rate, long seed) {
        /** Asynchronous replication loses what it had not sent: a killed server shows it. */
        int timesOf(FailoverBy by, DatabaseFault fault) {
            return switch (by) {
                case LAB -> times;
                case SCRIPT -> peerTimes;
                case ASYNCHRONOUS -> fault == DatabaseFault.KILL ? peerTimes : 0;
            };
        }

        /** How many trials that is. */
        public int trials() {
            return faults.stream()
                    .mapToInt(fault -> Stream.of(FailoverBy.values())
                            .mapToInt(by -> timesOf(by, fault))
                            .sum())
                    .sum();
        }

        /** About as long as one takes. */
        public Duration each() {
            return BEFORE.plus(JITTER.dividedBy(2)).plus(AFTER).plus(AROUND);
        }
    }

    /** A trial that gave no figures. */
    public record Failure(FailoverBy by, DatabaseFault fault, long seed, String why) {}

    /** What is told while it measures. */
    public interface Listener {
        void ended(FailoverTrial trial);

        /** The rest goes on. */
        void failed(Failure failure);
    }

    private final LabScheduler scheduler;
    private final BenchedStack benched;
    private final Environment stack;
    private final FailoverNews news;
    private final ScriptTrials scripts;
    private final URI service;

    private DatabaseBench(
            LabScheduler scheduler, BenchedStack benched, FailoverNews news, ScriptTrials scripts, URI service) {
        this.scheduler = scheduler;
        this.benched = benched;
        this.stack = benched.stack();
        this.news = news;
        this.scripts = scripts;
        this.service = service;
    }

    /**
     * Removes what dead labs left, then brings the stack up.
     *
     * @throws io.failoverlab.session.LabIsUp if another lab of this engine is up
     */
    public static DatabaseBench up(
            Setup setup, Engine engine, LabScheduler scheduler, Progress progress, Telemetry telemetry)
            throws IOException {
        Topology topology = setup.topology();
        FailoverNews news = new FailoverNews(telemetry);
        BenchedStack benched = BenchedStack.up(
                new BenchedStack.Setup(setup.run(), topology, setup.images(), setup.port()),
                engine,
                scheduler,
                progress,
                news);
        InstanceType type = topology.primaryDatabase().type();
        ScriptTrials scripts = new ScriptTrials(new ReplicaPair.Setup(
                engine,
                scheduler,
                setup.run() + "-pair",
                setup.images().database(),
                new ContainerSpec.Limits(topology.cores(type), type.memoryBytes(), type.pidsLimit()),
                benched.folder().resolve("pair")));
        // On its own address: the engine's port forwarding is no part of it.
        URI service = URI.create("http://" + topology.loadBalancer().primary().address() + ":8080");
        return new DatabaseBench(scheduler, benched, news, scripts, service);
    }

    /**
     * Measures everything that the plan has.
     *
     * @throws BenchFailed if the stack does not come back after a trial; those before it were told
     */
    public void run(Plan plan, Listener told) {
        awaitRedundant("its start");
        warmUp(plan.rate());
        long seed = plan.seed();
        for (int time = 0; time < Math.max(plan.times(), plan.peerTimes()); time++) {
            for (DatabaseFault fault : plan.faults()) {
                for (FailoverBy by : FailoverBy.values()) {
                    if (time < plan.timesOf(by, fault)) {
                        attempt(plan, by, fault, seed++, told);
                    }
                }
            }
        }
    }

    private void attempt(Plan plan, FailoverBy by, DatabaseFault fault, long seed, Listener told) {
        try {
            told.ended(trial(plan, by, fault, seed));
        } catch (IllegalStateException | UncheckedIOException | EngineException failure) {
            if (Thread.currentThread().isInterrupted()) {
                throw failure;
            }
            told.failed(new Failure(by, fault, seed, failure.getMessage()));
        }
        awaitRedundant(fault.word());
    }

    private FailoverTrial trial(Plan plan, FailoverBy by, DatabaseFault fault, long seed) {
        Duration before = BEFORE.plusMillis(new SplittableRandom(seed).nextLong(JITTER.toMillis()));
        return switch (by) {
            case LAB -> ofLab(plan.rate(), fault, seed, before);
            case SCRIPT ->
                scripts.run(by, Acknowledgement.AFTER_SYNC, Optional.of(plan.rate()), fault, seed, before, AFTER);
            case ASYNCHRONOUS ->
                scripts.run(by, Acknowledgement.ASYNCHRONOUS, Optional.empty(), fault, seed, before, AFTER);
        };
    }

    /** The client's code is compiled while it runs, and so is the shop's. */
    private void warmUp(int rate) {
        load(rate, "warm-up", WARM_UP);
    }

    /** What a load of orders and pages, as many of each, got. */
    private record Load(List<Answer> orders, List<Answer> pages, Instant end) {
        Duration late() {
            return Stream.concat(orders.stream(), pages.stream())
                    .map(Answer::late)
                    .max(Duration::compareTo)
                    .orElse(Duration.ZERO);
        }
    }

    private Load load(int rate, String trial, Duration time) {
        Instant end = scheduler.instant().plus(time);
        CompletableFuture<List<Answer>> pages = beside(() -> send(RequestSource.pages(service), rate, time));
        RequestSource.Orders all = new RequestSource.Orders(1, trial, Optional.empty(), false);
        List<Answer> orders = send(RequestSource.with(service, all), rate, time);
        return new Load(orders, pages.join(), end);
    }

    private List<Answer> send(RequestSource requests, int rate, Duration time) {
        try (LoadClient client = new LoadClient(scheduler)) {
            return client.open(requests, rate, time);
        }
    }

    private static <T> CompletableFuture<T> beside(Supplier<T> work) {
        return CompletableFuture.supplyAsync(
                work, task -> Thread.ofPlatform().daemon().name("pages").start(task));
    }

    private FailoverTrial ofLab(int rate, DatabaseFault fault, long seed, Duration before) {
        String trial = Long.toString(seed);
        String primary = stack.database().identifier();
        AtomicReference<ActiveFault> active = new AtomicReference<>();
        scheduler.after(before, () -> active.set(stack.inject(fault.fault(), primary, Optional.empty())));
        Load load;
        try {
            load = load(rate, trial, before.plus(AFTER));
        } finally {
            // The lab puts another server in the place of the old one; this is for a trial in which it does not.
            if (active.get() != null && stack.database().identifier().equals(primary)) {
                stack.heal(active.get());
            }
        }
        Instant faultAt = effective(fault, active.get()).injectedAt();
        StackEvent.DatabaseFailedOver failover = scheduler
                .await(GATE, () -> news.failover(faultAt))
                .orElseThrow(() -> new IllegalStateException("no failover was told within " + GATE));
        Instant redundant = scheduler
                .await(GATE, () -> news.redundant(faultAt))
                .orElseThrow(() -> new IllegalStateException("there was no standby again within " + GATE));
        return new FailoverTrial(
                FailoverBy.LAB,
                fault,
                seed,
                Silence.longest(load.orders(), faultAt, load.end()),
                Optional.of(Silence.longest(load.pages(), faultAt, load.end())),
                FailoverPhases.of(faultAt, failover.decided(), failover.promoted(), failover.moved(), failover.at()),
                Optional.of(Duration.between(faultAt, redundant)),
                OrderAudit.of(load.orders(), found(trial)),
                Optional.of(load.late()));
    }

    /** Without its fault a trial would show how well all is borne. */
    private static ActiveFault effective(DatabaseFault fault, ActiveFault active) {
        if (active == null || !active.tookEffect()) {
            throw new IllegalStateException("expected " + fault.word() + " to take effect, found "
                    + (active == null ? "that it was not injected" : active.evidence()));
        }
        return active;
    }

    /** The trial's orders as the primary has them: by their customers, so that one under another key is found, too. */
    private List<Order> found(String trial) {
        List<Order> orders = new ArrayList<>();
        try {
            for (List<String> row : stack.database()
                    .query("SELECT idempotency_key, customer, item_id, quantity FROM orders WHERE customer LIKE '"
                            + RequestSource.customers(trial) + "%'")) {
                orders.add(new Order(row.get(0), RequestSource.content(row.get(1), row.get(2), row.get(3))));
            }
            return orders;
        } catch (SQLException unreadable) {
            throw new IllegalStateException(
                    "the orders could not be read back: " + unreadable.getMessage(), unreadable);
        }
    }

    private void awaitRedundant(String after) {
        MultiAzController keeper = stack.multiAz().orElseThrow();
        boolean synced = scheduler
                .await(GATE, () -> keeper.mode() == Mode.SYNCED ? Optional.of(true) : Optional.empty())
                .isPresent();
        if (!synced || !stack.awaitInService(GATE, what -> {})) {
            throw new BenchFailed("expected the stack whole again within " + GATE + " of " + after
                    + ", found its database " + keeper.state() + " and out of service " + stack.outOfService());
        }
    }

    @Override
    public void close() {
        benched.close();
    }
}
