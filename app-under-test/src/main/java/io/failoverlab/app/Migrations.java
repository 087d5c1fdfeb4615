package io.failoverlab.app;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;
import java.util.zip.CRC32;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Waits for the database and brings its schema up to date. Replicas that start together take turns by Flyway's lock in
 * the database; one that finds everything done leaves Flyway out, which would take most of its start to find out the same.
 */
final class Migrations {
    private static final Logger LOG = LoggerFactory.getLogger(Migrations.class);
    static final Duration LONGEST_WAIT = Duration.ofSeconds(60);
    private static final Duration BETWEEN_ATTEMPTS = Duration.ofSeconds(1);
    /** Longer than the 10 s that Flyway lets the server wait for its lock, and than any single migration. */
    private static final Duration SOCKET_TIMEOUT = Duration.ofSeconds(60);

    private final DatabaseSettings settings;
    private final InstantSource clock;
    private final PauseScheduler scheduler;

    Migrations(DatabaseSettings settings, InstantSource clock, PauseScheduler scheduler) {
        this.settings = settings;
        this.clock = clock;
        this.scheduler = scheduler;
    }

    /** @throws StartException if the database cannot be reached within {@link #LONGEST_WAIT}, or not be migrated */
    void run() throws StartException, InterruptedException {
        if (awaitDatabase()) {
            LOG.info("the schema is up to date");
            return;
        }
        try {
            flyway().migrate();
        } catch (FlywayException e) {
            throw new StartException("expected to bring the schema of " + settings.url() + " up to date, found: "
                    + e.getMessage() + "; see its table flyway_schema_history");
        }
    }

    /** @return whether there is nothing to migrate */
    private boolean awaitDatabase() throws StartException, InterruptedException {
        Properties properties = settings.driverProperties(settings.socketTimeout());
        properties.setProperty("user", settings.user());
        properties.setProperty("password", settings.password().text());
        Instant begin = clock.instant();
        for (int attempt = 1; ; attempt++) {
            try (Connection connection = DriverManager.getConnection(settings.url(), properties)) {
                return isUpToDate(connection);
            } catch (SQLException e) {
                Duration waited = Duration.between(begin, clock.instant());
                if (waited.plus(BETWEEN_ATTEMPTS).compareTo(LONGEST_WAIT) > 0) {
                    throw new StartException("expected the database at " + settings.url() + " within "
                            + LONGEST_WAIT.toSeconds() + " s, found: " + DatabaseFailure.describe(e)
                            + "; check SHOP_DB_URL, user, password and that the database runs");
                }
                LOG.info(
                        "attempt {}, {} s: no database yet: {}",
                        attempt,
                        waited.toSeconds(),
                        DatabaseFailure.describe(e));
                scheduler.pause(BETWEEN_ATTEMPTS);
            }
        }
    }

    /** Only for certain: what is anything else than these migrations, all successful, is for Flyway to judge. */
    static boolean isUpToDate(Connection connection) {
        String sql = "SELECT version, checksum, success FROM flyway_schema_history ORDER BY installed_rank";
        List<String> found = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                found.add(rows.getString(1) + " " + rows.getInt(2) + " " + rows.getBoolean(3));
            }
        } catch (SQLException noHistoryYet) {
            return false;
        }
        return found.equals(expected());
    }

    static List<String> expected() {
        return List.of("1 " + checksumOfTables() + " true", "2 " + new SeedItems().getChecksum() + " true");
    }

    /** As Flyway reckons it: over the lines, without their ends. */
    private static int checksumOfTables() {
        CRC32 checksum = new CRC32();
        try (InputStream script = Migrations.class.getResourceAsStream("/db/migration/V1__tables.sql")) {
            new String(script.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .forEach(line -> checksum.update(line.getBytes(StandardCharsets.UTF_8)));
        } catch (IOException damaged) {
            throw new UncheckedIOException("expected the migrations in the shop's jar", damaged);
        }
        return (int) checksum.getValue();
    }

    Flyway flyway() {
        Properties properties = settings.driverProperties(SOCKET_TIMEOUT);
        properties.setProperty("rewriteBatchedStatements", "true");
        Map<String, String> jdbcProperties = properties.stringPropertyNames().stream()
                .collect(Collectors.toMap(name -> name, properties::getProperty));
        return Flyway.configure()
                .dataSource(settings.url(), settings.user(), settings.password().text())
                .jdbcProperties(jdbcProperties)
                .locations("classpath:db/migration")
                .javaMigrations(new SeedItems())
                .cleanDisabled(true)
                .load();
    }
}
