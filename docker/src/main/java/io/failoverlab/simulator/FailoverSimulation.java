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

/**
 * A Multi-AZ database under an hour of random faults, then a quiet end. Three rules: there are never two servers on which a write
 * would be acknowledged, the primary has every acknowledged write whenever it takes a new one, and in the end the pair is in
 * sync again. Everything follows from the seed.
 */
public final class FailoverSimulation {
    /** Which lab is simulated; all but the first are wrong, for the tests. */
    enum Lab {
        REAL,
        /** Semi-synchronous replication falls back after a time-out, and the old primary is left as it is. */
        FALLS_BACK_AND_DOES_NOT_FENCE,
        TAKES_THE_OLD_PRIMARY_BACK,
        RELEASES_WRITES_UNTOLD
    }

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
    private static final int CHECK_EVERY = 250;
    private static final int WRITE_EVERY = 500;
    private static final int AGAIN_AFTER = 300;
    private static final int THRESHOLD = 2;

    private final SimulatedTime time = new SimulatedTime();
    private final Journal journal = new Journal(time);
    private final SplittableRandom random;
    private final SimulatedDatabase database = new SimulatedDatabase();
    private final MultiAz decider;
    private final Lab lab;
    private final long seed;
    private int failovers;
    private int faults;

    FailoverSimulation(long seed, Lab lab) {
        this.seed = seed;
        this.random = new SplittableRandom(seed);
        this.lab = lab;
        SemiSync policy = random.nextBoolean() ? SemiSync.FALLBACK : SemiSync.BLOCK;
        this.decider = new MultiAz("db-1", "db-2", policy, THRESHOLD, Mode.SYNCED);
        journal.tell("policy " + policy);
    }

    /** Simulates one database. */
    public static Result of(long seed) {
        return new FailoverSimulation(seed, Lab.REAL).run();
    }

    Result run() {
        Optional<Violation> found = Optional.empty();
        try {
            time.after(CHECK_EVERY, this::check);
            time.after(WRITE_EVERY, this::write);
            time.after(1_000, this::fault);
            long end = FAULTS_LAST + QUIET_LASTS;
            while (time.step(end)) {
                requireOneWritable();
            }
            require(
                    decider.mode() == Mode.SYNCED,
                    "in sync in the end",
                    decider.mode().toString());
        } catch (Violation.Found violated) {
            found = Optional.of(violated.violation());
        }
        return new Result(seed, failovers, faults, found, journal.toString());
    }

    private void requireOneWritable() {
        List<String> writable = database.writable();
        require(writable.size() <= 1, "never two writable servers", writable.toString());
    }

    private void require(boolean holds, String rule, String found) {
        if (!holds) {
            throw new Violation.Found(new Violation(rule, time.elapsed(), found));
        }
    }

    private void write() {
        database.writeByName();
        // A client that was never told of the new address, or somebody on the server itself.
        database.write(database.server(random.nextBoolean() ? "db-1" : "db-2"));
        time.after(WRITE_EVERY, this::write);
    }

    private void check() {
        time.after(CHECK_EVERY, this::check);
        if (decider.mode() == Mode.FAILING_OVER || decider.mode() == Mode.DOWN) {
            return;
        }
        Server primary = database.server(decider.primary());
        Server standby = database.server(decider.standby());
        boolean written = primary.answers() && (!primary.open || database.write(primary));
        Instant begun = time.instant();
        Fact checked = new Fact.Checked(written, primary.answers(), standby.answers(), begun);
        time.after(random.nextInt(5, written ? 20 : 1_500), () -> tell(checked));
    }

    private void tell(Fact fact) {
        journal.tell(fact.toString());
        carryOut(decider.on(fact, time.instant()));
    }

    private void carryOut(List<Order> orders) {
        for (Order order : orders) {
            if (!(order instanceof Order.Tell)) {
                int takes = order instanceof Order.Rebuild ? random.nextInt(1_000, 8_000) : random.nextInt(2, 150);
                time.after(takes, () -> finish(order));
            }
        }
    }

    /** The order's effect comes at its end; what the engine refuses is tried again. */
    private void finish(Order order) {
        if (random.nextInt(20) != 0 && attempt(order)) {
            tell(new Fact.Done(order));
        } else {
            time.after(AGAIN_AFTER, () -> tell(new Fact.Failed(order, "refused")));
        }
    }

    private boolean attempt(Order order) {
        Server server = database.server(order.server());
        Server other = database.other(server);
        return switch (order) {
            case Order.Fence fence -> fence(server, other);
            case Order.Drain drain -> server.answers();
            case Order.Promote promote -> server.answers() && open(server, promote.writes());
            case Order.Move move -> {
                database.lead(server.name);
                failovers++;
                yield true;
            }
            case Order.Release release -> server.answers() && release(server);
            case Order.Rebuild rebuild -> rebuild(rebuild, server, other);
            case Order.Reopen reopen -> reopen(server, reopen.writes());
            case Order.Tell news -> true;
        };
    }

    private boolean fence(Server server, Server standby) {
        if (lab == Lab.FALLS_BACK_AND_DOES_NOT_FENCE) {
            server.waits = false;
            return true;
        }
        standby.follows = false;
        server.end();
        return true;
    }

    private boolean open(Server server, boolean writes) {
        require(
                server.data.containsAll(database.acknowledged()),
                "who is opened has every acknowledged write",
                server.name + " misses some");
        server.follows = false;
        server.waits = false;
        server.open = writes;
        return true;
    }

    private static boolean release(Server server) {
        server.waits = false;
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

    private boolean rebuild(Order.Rebuild rebuild, Server standby, Server primary) {
        boolean wanted = decider.pending().equals(Optional.of((Order) rebuild));
        if (!wanted || !primary.answers() || standby.cut) {
            return false;
        }
        boolean fresh = rebuild.fresh() && lab != Lab.TAKES_THE_OLD_PRIMARY_BACK;
        standby.end();
        standby.start();
        if (fresh) {
            standby.data.clear();
        }
        standby.data.addAll(primary.data);
        standby.follows = true;
        primary.waits = true;
        primary.open = true;
        require(
                primary.data.containsAll(standby.data),
                "a standby has nothing that its primary has not",
                standby.name + " has more");
        return true;
    }

    private void fault() {
        if (time.elapsed() > FAULTS_LAST) {
            database.all().forEach(it -> {
                it.cut = false;
                it.frozen = false;
                it.start();
            });
            journal.tell("quiet");
            return;
        }
        time.after(random.nextInt(500, 30_000), this::fault);
        faults++;
        Server server = database.server(random.nextBoolean() ? "db-1" : "db-2");
        int kind = random.nextInt(8);
        journal.tell("fault " + kind + " on " + server.name);
        switch (kind) {
            case 0, 1 -> {
                if (server.running) {
                    server.end();
                    gone(server, "it died");
                }
            }
            case 2 -> {
                if (server.running && !server.frozen) {
                    server.frozen = true;
                    gone(server, "it is frozen");
                    time.after(random.nextInt(100, 20_000), () -> server.frozen = false);
                }
            }
            case 3 -> {
                server.cut = true;
                time.after(random.nextInt(100, 20_000), () -> server.cut = false);
            }
            // Somebody starts it by hand.
            case 4, 5 -> server.start();
            case 6 -> {
                if (lab == Lab.RELEASES_WRITES_UNTOLD) {
                    database.server(decider.primary()).waits = false;
                    database.server(decider.standby()).follows = false;
                }
            }
            default -> tell(new Fact.Asked());
        }
    }

    private void gone(Server server, String why) {
        Instant happened = time.instant();
        time.after(random.nextInt(10, 80), () -> tell(new Fact.Gone(server.name, why, happened)));
    }
}
