package io.failoverlab.environment;

import io.failoverlab.clock.LabScheduler;
import io.failoverlab.ec2.Ec2Instance;
import io.failoverlab.fault.Services;
import io.failoverlab.rds.DbInstance;
import io.failoverlab.rds.MultiAz;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** What faults do to the stack as a whole. */
final class StackServices implements Services {
    private static final Duration GONE_LIMIT = Duration.ofSeconds(60);
    private static final Duration FAILOVER_LIMIT = Duration.ofSeconds(60);
    private static final int MOST_CONNECTIONS = 5_000;

    /** MySQL's ER_CON_COUNT_ERROR: all are taken. */
    private static final int TOO_MANY_CONNECTIONS = 1040;

    private final Environment environment;
    private final Fleet fleet;
    private final DatabaseTier database;
    private final LabScheduler scheduler;
    private final Map<String, List<Connection>> taken = new ConcurrentHashMap<>();

    StackServices(Environment environment, Fleet fleet, DatabaseTier database, LabScheduler scheduler) {
        this.environment = environment;
        this.fleet = fleet;
        this.database = database;
        this.scheduler = scheduler;
    }

    @Override
    public void requireTerminable(String name) {
        fleet.requireUnprotected(name);
    }

    /** The operating system shuts down while the instance is a target still, as on AWS; only then is it taken out. */
    @Override
    public String terminate(String name) {
        Ec2Instance instance = fleet.instance(name);
        try {
            fleet.requireUnprotected(name);
            shutDownForGood(instance);
        } catch (RuntimeException failure) {
            startAgain(instance, failure);
            throw failure;
        }
        return name + " (" + instance.id() + ") shut down and is gone for good";
    }

    private void shutDownForGood(Ec2Instance instance) {
        instance.stop();
        if (environment.group().isEmpty()) {
            environment.scaling().terminate(instance.name());
        } else if (scheduler.await(GONE_LIMIT, () -> isGone(instance)).isEmpty()) {
            throw new IllegalStateException(
                    "expected the group to terminate " + instance.name() + " within " + GONE_LIMIT.toSeconds() + " s");
        }
    }

    /** What is not terminated is not left stopped either; does nothing while it runs. */
    private static void startAgain(Ec2Instance instance, RuntimeException failure) {
        try {
            instance.start();
        } catch (RuntimeException gone) {
            failure.addSuppressed(gone);
        }
    }

    /** Another one may have its name by now. */
    private Optional<Boolean> isGone(Ec2Instance instance) {
        return fleet.find(instance.name())
                        .filter(there -> there.id().equals(instance.id()))
                        .isEmpty()
                ? Optional.of(true)
                : Optional.empty();
    }

    @Override
    public String primary(String name) {
        String identifier = fleet.topology().databaseIdentifier();
        if (!name.equals("db") && !name.equals(identifier)) {
            throw new IllegalArgumentException("expected the database, db or " + identifier + ", found " + name);
        }
        return database.primary();
    }

    @Override
    public String failOver(String name) {
        String from = database.primary();
        environment.failOver(name, false);
        return scheduler
                .await(
                        FAILOVER_LIMIT,
                        () -> Optional.of(database.primary()).filter(now -> !now.equals(from) && !isFailingOver()))
                .map(now -> now + " is the primary")
                .orElseThrow(() -> new IllegalStateException(
                        from + " was still the primary after " + FAILOVER_LIMIT.toSeconds() + " s"));
    }

    /** The new primary is written down before it is open and clients are led to it. */
    private boolean isFailingOver() {
        return environment
                .multiAz()
                .filter(keeper -> keeper.mode() == MultiAz.Mode.FAILING_OVER)
                .isPresent();
    }

    @Override
    public Taken takeConnections(String name) {
        DbInstance server = database.server();
        List<Connection> held = taken.computeIfAbsent(server.identifier(), none -> new CopyOnWriteArrayList<>());
        try {
            while (held.size() < MOST_CONNECTIONS) {
                held.add(server.connect());
            }
            return new Taken(false, held.size() + " connections are taken, and the server has more");
        } catch (SQLException refused) {
            return new Taken(
                    refused.getErrorCode() == TOO_MANY_CONNECTIONS,
                    held.size() + " connections are taken; the next one: " + refused.getMessage());
        }
    }

    @Override
    public String giveConnections(String server) {
        List<Connection> held = Optional.ofNullable(taken.remove(server)).orElse(List.of());
        for (Connection connection : held) {
            try {
                // A server that is gone would let each of them wait for an answer.
                connection.abort(Runnable::run);
            } catch (SQLException closed) {
                // and so it is given back
            }
        }
        return held.isEmpty() ? "they ended with the lab that had them" : held.size() + " connections are given back";
    }

    @Override
    public String holdName(String name) {
        return "the name of " + fleet.topology().databaseIdentifier() + " leads to " + database.primary()
                + " from now on, also after a failover";
    }

    @Override
    public String releaseName(String server) {
        return database.leadToPrimary();
    }
}
