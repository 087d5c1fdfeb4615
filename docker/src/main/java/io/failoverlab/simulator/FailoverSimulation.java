package io.failoverlab.simulator;

import io.failoverlab.rds.MultiAz;
import io.failoverlab.rds.MultiAz.Fact;
import io.failoverlab.rds.MultiAz.Mode;
import io.failoverlab.rds.MultiAz.Order;
import io.failoverlab.simulator.SimulatedDatabase.Server;
import io.failoverlab.topology.SemiSync;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;

/**
 * A Multi-AZ database under an hour of random faults, then a quiet end. The rules: there are never two servers on which a write
 * would be acknowledged, the primary has every acknowledged write whenever it takes a new one, but for those that somebody gave
 * up by force, with {@link SemiSync#BLOCK} none is acknowledged that one server alone has, a server that answers under the name
 * takes writes again after a while, and in the end the pair is in sync. Everything follows from the seed.
 */
public final class FailoverSimulation {
    /**
     * What came of it.
     *
     * @param failovers that were completed
     * @param violation of a rule, if one was found; it ended the simulation
     * @param journal a line for each thing that came to pass
     */
    public record Result(long seed, int failovers, int faults, Optional<Violation> violation, String journal) {}

    private static final long FAULTS_LAST = Duration.ofHours(1).toMillis();
    private static final long QUIET_LASTS = Duration.ofMinutes(5).toMillis();
    private static final int WRITE_EVERY = 500;
    private static final int AGAIN_AFTER = 300;
    private static final long LONGEST_WAIT = Duration.ofMinutes(3).toMillis();

    private final SimulatedTime time = new SimulatedTime();
    private final Journal journal = new Journal(time);
    private final SplittableRandom random;
    private final SimulatedDatabase database = new SimulatedDatabase();
    private final MultiAz decider;
    private final FailoverLab lab;
    private final long seed;
    private final SemiSync policy;
    /** The lab's clocks, with the engine's events, or AWS's, which have to find everything by themselves. */
    private final boolean byEvents;
    /** Whether people force failovers; where they do they end states that the lab alone has to end. */
    private final boolean forces;

    private long lastWritten;
    private int failovers;
    private int faults;
    /** What the failover under way loses is not lost against a promise. */
    private boolean forced;

    FailoverSimulation(long seed, FailoverLab lab) {
        this.seed = seed;
        this.random = new SplittableRandom(seed);
        this.lab = lab;
        this.policy = random.nextBoolean() ? SemiSync.FALLBACK : SemiSync.BLOCK;
        this.byEvents = random.nextBoolean();
        this.forces = random.nextBoolean();
        this.decider = new MultiAz("db-1", "db-2", policy, byEvents ? 2 : 3, Mode.SYNCED);
        journal.tell("policy " + policy + (byEvents ? ", lab clocks" : ", AWS clocks"));
    }

    /** Simulates one database. */
    public static Result of(long seed) {
        return new FailoverSimulation(seed, FailoverLab.REAL).run();
    }

    Result run() {
        Optional<Violation> found = Optional.empty();
        try {
            time.after(checkEvery(), this::check);
            time.after(WRITE_EVERY, this::write);
            time.after(1_000, this::fault);
            while (time.step(FAULTS_LAST + QUIET_LASTS)) {
                requireThatPromisesAreKept();
            }
            require(
                    decider.mode() == Mode.SYNCED,
                    "in sync in the end",
                    decider.mode().toString());
            require(database.writeByName(), "writes are taken in the end", "no acknowledgement");
        } catch (Violation.Found violated) {
            found = Optional.of(violated.violation());
        }
        return new Result(seed, failovers, faults, found, journal.toString());
    }

    private void requireThatPromisesAreKept() {
        List<String> writable = database.writable();
        require(writable.size() <= 1, "never two writable servers", writable.toString());
        int alone = policy == SemiSync.BLOCK ? database.toldAlone() : 0;
        require(alone == 0, "with block nobody is told of a write that one server alone has", alone + " were");
    }

    private void require(boolean holds, String rule, String found) {
        if (!holds) {
            throw new Violation.Found(new Violation(rule, time.elapsed(), found));
        }
    }

    private int checkEvery() {
        return byEvents ? 250 : 10_000;
    }

    private void write() {
        boolean alone = !database.other(database.named()).answers();
        if (database.writeByName() || !database.named().answers() || policy == SemiSync.BLOCK && alone) {
            lastWritten = time.elapsed();
        }
        require(
                time.elapsed() - lastWritten < LONGEST_WAIT,
                "a server that answers takes writes again",
                database.named().name + " does not");
        // A client that was never told of the new address, or somebody on the server itself.
        database.write(database.server(random.nextBoolean() ? "db-1" : "db-2"));
        database.all().stream().filter(it -> random.nextInt(4) == 0).forEach(Server::applyAll);
        time.after(WRITE_EVERY, this::write);
    }

    private void check() {
        time.after(checkEvery(), this::check);
        if (decider.mode() == Mode.FAILING_OVER || decider.mode() == Mode.DOWN) {
            return;
        }
        Server primary = database.server(decider.primary());
        Server standby = database.server(decider.standby());
        boolean reads = decider.mode() == Mode.EXPOSED && policy == SemiSync.BLOCK;
        boolean open = primary.answers() && primary.entered;
        boolean written = open && (reads || database.write(primary));
        Instant begun = time.instant();
        Fact checked = new Fact.Checked(
                written,
                open || lab == FailoverLab.TAKES_A_SHUT_PRIMARY_FOR_OPEN && primary.answers(),
                standby.answers() && (standby.applies || lab == FailoverLab.TAKES_A_RESTARTED_STANDBY_FOR_ONE),
                begun);
        time.after(random.nextInt(5, written ? 20 : 1_500), () -> tell(checked));
    }

    private void tell(Fact fact) {
        journal.tell(fact.toString());
        carryOut(decider.on(fact, time.instant()));
    }

    private void carryOut(List<Order> orders) {
        for (Order order : orders) {
            if (!(order instanceof Order.Tell)) {
                time.after(random.nextInt(2, 150), () -> finish(order));
            }
        }
    }

    /** A late order acts no more. */
    private boolean isWanted(Order order) {
        return decider.isWaitedFor(order) || lab == FailoverLab.TAKES_A_LATE_ORDER_FOR_ONE_LIKE_IT;
    }

    private Order likeIt(Order order) {
        return decider.pending()
                .filter(it -> lab == FailoverLab.TAKES_A_LATE_ORDER_FOR_ONE_LIKE_IT)
                .filter(it -> it.getClass() == order.getClass() && it.server().equals(order.server()))
                .orElse(order);
    }

    /** What the engine refuses is tried again. */
    private void finish(Order order) {
        if (!isWanted(order) || random.nextInt(20) == 0) {
            fail(order);
        } else if (order instanceof Order.Rebuild rebuild) {
            rebuild(rebuild);
        } else if (attempt(order)) {
            tell(new Fact.Done(likeIt(order)));
        } else {
            fail(order);
        }
    }

    private void fail(Order order) {
        time.after(AGAIN_AFTER, () -> tell(new Fact.Failed(likeIt(order), "refused")));
    }

    private boolean attempt(Order order) {
        Server server = database.server(order.server());
        Server other = database.other(server);
        return switch (order) {
            case Order.Fence fence -> fence(server, other);
            case Order.Drain drain -> drain(server, drain.whole());
            case Order.Promote promote -> server.answers() && open(server, promote.writes());
            case Order.Move move -> {
                database.lead(server.name);
                failovers++;
                yield true;
            }
            case Order.Release release -> server.answers() && release(server);
            case Order.Reopen reopen -> reopen(server, reopen.writes());
            case Order.Rebuild it -> throw new IllegalArgumentException("it takes several steps");
            case Order.Tell news -> true;
        };
    }

    private boolean fence(Server server, Server standby) {
        if (lab == FailoverLab.FALLS_BACK_AND_DOES_NOT_FENCE) {
            server.waits = false;
            return true;
        }
        standby.follows = false;
        server.end();
        return true;
    }

    private boolean drain(Server server, boolean whole) {
        boolean restarted = server.answers() && !server.applies;
        return server.applyAll() || restarted && (!whole || lab == FailoverLab.TAKES_A_RESTARTED_STANDBY_FOR_ONE);
    }

    private boolean open(Server server, boolean writes) {
        if (forced) {
            database.acknowledged().retainAll(server.data);
            forced = false;
        }
        require(
                server.data.containsAll(database.acknowledged()),
                "who is opened has every acknowledged write",
                server.name + " misses some");
        server.follow(false);
        if (writes || lab == FailoverLab.TELLS_WHO_WAITS_WHEN_IT_REOPENS) {
            database.release(server);
        } else {
            server.endWaitingUntold();
        }
        server.open = writes;
        server.entered = true;
        return true;
    }

    private boolean release(Server server) {
        if (lab != FailoverLab.LEAVES_WRITES_WAITING) {
            database.release(server);
        }
        return true;
    }

    private boolean reopen(Server server, boolean writes) {
        server.start();
        if (!server.answers()) {
            return false;
        }
        open(server, writes);
        database.lead(server.name);
        return true;
    }

    /** A copy, then what was written meanwhile, then the primary waits for it; anything may come between. */
    private void rebuild(Order.Rebuild order) {
        Server standby = database.server(order.server());
        Server primary = database.other(standby);
        standby.start();
        boolean unfit = order.fresh() || !primary.data.containsAll(standby.data);
        boolean copied = standby.data.isEmpty()
                || random.nextInt(10) == 0
                || unfit && lab != FailoverLab.TAKES_THE_OLD_PRIMARY_BACK;
        if (!standby.answers() || copied && primary.waits && !primary.answers()) {
            fail(order);
            return;
        }
        if (copied) {
            require(
                    !standby.name.equals(database.named().name),
                    "the primary's data is not thrown away",
                    standby.name + " is replaced");
            endWaitingWrites(primary);
            standby.end();
            standby.data.clear();
            standby.start();
        }
        step(order, copied ? random.nextInt(1_000, 30_000) : 50, () -> {
            boolean stuck = copied && !primary.waiting.isEmpty();
            if (!primary.answers() || !standby.answers() || stuck) {
                return false;
            }
            standby.follow(true);
            database.catchUp(primary, standby);
            step(order, random.nextInt(10, 2_000), () -> {
                if (!primary.answers()) {
                    return false;
                }
                primary.waits = true;
                step(order, random.nextInt(10, 2_000), () -> inSync(order, primary, standby));
                return true;
            });
            return true;
        });
    }

    /** A copy waits for them, and they for whom it is made. */
    private void endWaitingWrites(Server primary) {
        if (lab == FailoverLab.TELLS_WHO_WAITS_BEFORE_IT_COPIES) {
            database.release(primary);
        }
        if (primary.waits && lab != FailoverLab.COPIES_WHILE_WRITES_WAIT) {
            primary.endWaitingUntold();
        }
    }

    private boolean inSync(Order.Rebuild order, Server primary, Server standby) {
        if (!primary.answers() || !primary.waits || !standby.follows || !standby.applyAll()) {
            return false;
        }
        // What was written while it did not answer.
        database.catchUp(primary, standby);
        require(
                primary.data.containsAll(standby.data),
                "a standby has nothing that its primary has not",
                standby.name + " has more");
        primary.open |= policy == SemiSync.BLOCK;
        primary.entered |= policy == SemiSync.BLOCK;
        tell(new Fact.Done(likeIt(order)));
        return true;
    }

    private void step(Order order, int takes, BooleanSupplier act) {
        time.after(takes, () -> {
            if (!isWanted(order) || random.nextInt(20) == 0 || !act.getAsBoolean()) {
                fail(order);
            }
        });
    }

    /** At times longer than any patience. */
    private int lasts() {
        return random.nextInt(5) == 0 ? random.nextInt(60_000, 400_000) : random.nextInt(100, 20_000);
    }

    private void fault() {
        if (time.elapsed() > FAULTS_LAST) {
            database.all().forEach(Server::heal);
            journal.tell("quiet");
            return;
        }
        time.after(random.nextInt(500, byEvents ? 30_000 : 100_000), this::fault);
        faults++;
        Server server = database.server(random.nextBoolean() ? "db-1" : "db-2");
        int kind = random.nextInt(8);
        journal.tell("fault " + kind + " on " + server.name);
        switch (kind) {
            case 0, 1 -> {
                if (server.running) {
                    server.end();
                    gone(server, "it died");
                    if (kind == 1) {
                        time.after(random.nextInt(1_000, 20_000), server::start);
                    }
                }
            }
            case 2 -> {
                if (server.running && !server.frozen) {
                    server.frozen = true;
                    gone(server, "it is frozen");
                    time.after(lasts(), () -> server.frozen = false);
                }
            }
            case 3 -> {
                server.cut = true;
                time.after(lasts(), () -> server.cut = false);
            }
            // Somebody starts it by hand.
            case 4, 5 -> server.start();
            case 6 -> {
                if (lab == FailoverLab.RELEASES_WRITES_UNTOLD) {
                    database.server(decider.primary()).waits = false;
                    database.server(decider.standby()).follows = false;
                }
            }
            default -> ask();
        }
    }

    /** A failover, by force if the standby is not in sync but a copy of the primary. */
    private void ask() {
        Server primary = database.server(decider.primary());
        Server standby = database.server(decider.standby());
        boolean outOfSync = decider.mode() == Mode.EXPOSED || decider.mode() == Mode.DOWN;
        boolean copy = primary.answers() ? primary.data.containsAll(standby.data) : !decider.tainted();
        boolean force = forces && outOfSync && standby.answers() && !standby.data.isEmpty() && copy;
        forced |= force;
        tell(new Fact.Asked(force));
    }

    private void gone(Server server, String why) {
        if (!byEvents) {
            return;
        }
        Instant happened = time.instant();
        time.after(random.nextInt(10, 80), () -> tell(new Fact.Gone(server.name, why, happened)));
    }
}
