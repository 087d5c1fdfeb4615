package io.failoverlab.app;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.metrics.micrometer.MicrometerMetricsTrackerFactory;
import io.micrometer.core.instrument.MeterRegistry;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The pool of connections, and the rules for using one: every wait is bounded, a failure is never taken for a success,
 * and nothing stays with a server that was demoted.
 *
 * <p>While nobody listens at all, HikariCP tries at growing intervals of up to 5 s: after a long outage the shop can be
 * that much later than its database.
 */
final class Database implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Database.class);
    /** A transaction that a deadlock ended is tried again at once, this many times in all. */
    private static final int ATTEMPTS = 3;

    private final HikariDataSource pool;
    private final Throttle outageLog;
    private final Throttle eviction;
    private final Throttle lookUp;
    private final AddressWatch address;

    /** Something to do on a connection. */
    interface Work<T> {
        T on(Connection connection) throws SQLException;
    }

    /** Opens the pool without waiting for the database. */
    Database(DatabaseSettings settings, MeterRegistry meters, InstantSource clock) {
        this("shop", settings, meters, clock, AddressWatch.Resolver.system());
    }

    /** @param name of the pool in metrics */
    Database(
            String name,
            DatabaseSettings settings,
            MeterRegistry meters,
            InstantSource clock,
            AddressWatch.Resolver resolver) {
        this.pool = new HikariDataSource(poolConfiguration(name, settings, meters));
        this.address = new AddressWatch(settings.url(), resolver);
        this.lookUp = new Throttle(clock, Duration.ofSeconds(1));
        this.outageLog = new Throttle(clock, Duration.ofSeconds(1));
        this.eviction = new Throttle(clock, Duration.ofSeconds(1));
    }

    private static HikariConfig poolConfiguration(String name, DatabaseSettings settings, MeterRegistry meters) {
        HikariConfig config = new HikariConfig();
        config.setPoolName(name);
        config.setDriverClassName("com.mysql.cj.jdbc.Driver");
        config.setJdbcUrl(settings.url());
        config.setUsername(settings.user());
        config.setPassword(settings.password().text());
        config.setDataSourceProperties(settings.driverProperties(settings.socketTimeout()));
        config.setMaximumPoolSize(settings.poolSize());
        config.setConnectionTimeout(settings.poolTimeout().toMillis());
        // The check of a connection that lay idle is part of the wait for one.
        config.setValidationTimeout(settings.poolTimeout().toMillis());
        // Finds connections that died silently; HikariCP's default is 2 minutes.
        config.setKeepaliveTime(Duration.ofMinutes(1).toMillis());
        // Reads get no error from a demoted server: this is how long they can stay with it. The default is 30 minutes.
        config.setMaxLifetime(Duration.ofMinutes(5).toMillis());
        config.setExceptionOverride(new ReadOnlyEviction());
        // An order reads what another transaction committed while its insert waited for that one's key.
        config.setTransactionIsolation("TRANSACTION_READ_COMMITTED");
        config.setInitializationFailTimeout(-1);
        config.setMetricsTrackerFactory(new MicrometerMetricsTrackerFactory(meters));
        return config;
    }

    private Connection connection() throws SQLException {
        if (lookUp.permits()) {
            // Beside the request: a name server that does not answer must not hold it up.
            Thread.ofVirtual().name("address of the database").start(this::leaveServerThatMoved);
        }
        return pool.getConnection();
    }

    /** What the old address leads to may go on answering reads, from rows that grow stale. */
    private void leaveServerThatMoved() {
        if (address.moved()) {
            LOG.info("the database has another address: leaving the old one");
            pool.getHikariPoolMXBean().softEvictConnections();
        }
    }

    /** @throws DatabaseUnavailableException if there is no answer in time */
    <T> T read(Work<T> work) {
        try (Connection connection = connection()) {
            return work.on(connection);
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    /**
     * Does the work and commits. A transaction that a deadlock ended is repeated; one whose end is unknown is not.
     *
     * @throws DatabaseUnavailableException if it is not known to be committed
     */
    <T> T transact(Work<T> work) {
        for (int attempt = 1; ; attempt++) {
            try {
                return commit(work);
            } catch (SQLException e) {
                if (DatabaseFailure.of(e) != DatabaseFailure.DEADLOCK || attempt == ATTEMPTS) {
                    throw failed(e);
                }
            }
        }
    }

    private <T> T commit(Work<T> work) throws SQLException {
        // HikariCP rolls back what was not committed, and restores autocommit, when the connection goes back.
        try (Connection connection = connection()) {
            connection.setAutoCommit(false);
            T result = work.on(connection);
            connection.commit();
            return result;
        }
    }

    /** @throws DatabaseUnavailableException unless the database answers within the time-outs */
    void ping() {
        read(connection -> {
            try (var statement = connection.createStatement()) {
                return statement.execute("SELECT 1");
            }
        });
    }

    private RuntimeException failed(SQLException e) {
        DatabaseFailure failure = DatabaseFailure.of(e);
        return switch (failure) {
            case DEFECT -> new IllegalStateException(failure.reason() + ": " + e.getMessage(), e);
            case READ_ONLY -> {
                // The other connections lead to the same server; reads would go on there and grow stale.
                if (eviction.permits()) {
                    pool.getHikariPoolMXBean().softEvictConnections();
                }
                yield unavailable(failure, e);
            }
            case AWAY, DEADLOCK, LOCK_WAIT, FULL -> unavailable(failure, e);
        };
    }

    private DatabaseUnavailableException unavailable(DatabaseFailure failure, SQLException e) {
        if (outageLog.permits()) {
            LOG.warn(
                    "{} (SQLSTATE {}, error {}): {}",
                    failure.reason(),
                    e.getSQLState(),
                    e.getErrorCode(),
                    DatabaseFailure.describe(e));
        }
        return new DatabaseUnavailableException(failure, e);
    }

    @Override
    public void close() {
        pool.close();
    }
}
