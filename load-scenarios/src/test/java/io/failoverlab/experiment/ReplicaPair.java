package io.failoverlab.experiment;

import static org.awaitility.Awaitility.await;

import io.failoverlab.engine.ContainerSpec;
import io.failoverlab.engine.Engine;
import io.failoverlab.engine.EngineContainer;
import io.failoverlab.engine.NetworkSpec;
import io.failoverlab.engine.Owner;
import io.failoverlab.environment.Leftovers;
import io.failoverlab.rds.DbCredentials;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

/** A primary and a standby that follows it over a slow line, real MySQL, with no more than the negative control needs. */
final class ReplicaPair implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final String BLOCK = "10.231.0.";
    private static final int PORT = 3306;
    /** Where the host is on the network. */
    private static final String GATEWAY = BLOCK + "1";

    private static final long DELAY_MILLIS = 300;

    /** When the primary acknowledges a commit. */
    enum Acknowledgement {
        /** As soon as it is on its own disk. */
        ASYNCHRONOUS("OFF"),
        /** Once the standby has received it; before, no other session sees it (lossless). */
        AFTER_SYNC("ON");

        private final String semiSync;

        Acknowledgement(String semiSync) {
            this.semiSync = semiSync;
        }
    }

    private final Engine engine;
    private final Owner owner;
    private final String rootPassword;
    private final Server primary;
    private final Server standby;
    private final SlowLink link;

    ReplicaPair(Engine engine, String image, Path folder, Acknowledgement acknowledgement)
            throws IOException, SQLException {
        this.engine = engine;
        this.owner =
                Owner.ofThisProcess("ledger-control-" + ProcessHandle.current().pid());
        // Made by us, since a server that is not root cannot look into JUnit's own folder.
        Path secrets = folder.resolve("secrets");
        DbCredentials.random(new SecureRandom()).writeForDatabase(secrets);
        this.rootPassword = Files.readString(secrets.resolve("db-root-password"));
        try {
            engine.createNetwork(new NetworkSpec("pair", BLOCK + "0/24", GATEWAY, true), owner);
            this.primary = new Server("db-1", image, secrets, 4, acknowledgement);
            this.standby = new Server("db-2", image, secrets, 5, acknowledgement);
            this.link = new SlowLink(
                    new InetSocketAddress(GATEWAY, 0), new InetSocketAddress(primary.address, PORT), DELAY_MILLIS);
            await().atMost(LIMIT).until(() -> primary.answers() && standby.answers());
            follow(acknowledgement);
        } catch (IOException | SQLException | RuntimeException failure) {
            new Leftovers(engine).removeRun(owner.run());
            throw failure;
        }
    }

    private void follow(Acknowledgement acknowledgement) throws SQLException {
        primary.execute("CREATE USER repl@'%' IDENTIFIED BY '" + replicationPassword() + "'");
        primary.execute("GRANT REPLICATION SLAVE ON *.* TO repl@'%'");
        if (acknowledgement == Acknowledgement.AFTER_SYNC) {
            // From here on a commit waits until there is a standby to confirm it.
            primary.execute("SET GLOBAL rpl_semi_sync_source_enabled = ON");
        }
        standby.execute("SET GLOBAL super_read_only = ON");
        standby.follow(GATEWAY, link.port());
        primary.execute("CREATE TABLE orders (id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,"
                + " idempotency_key VARCHAR(64) NOT NULL UNIQUE)");
        await().atMost(LIMIT).until(() -> standby.has("orders"));
        await().atMost(LIMIT)
                .until(() -> primary.status("Rpl_semi_sync_source_status").equals(acknowledgement.semiSync));
    }

    /** MySQL takes no more than 32 characters for this one. */
    private String replicationPassword() {
        return rootPassword.substring(0, 32);
    }

    Server primary() {
        return primary;
    }

    Server standby() {
        return standby;
    }

    /** Its host is lost, and all that it had sent and that had not arrived. */
    void killPrimary() {
        link.close();
        primary.container.signal("KILL");
    }

    /** As a careful failover does it: the standby applies all it has received, then takes writes. */
    void promoteStandby() throws SQLException {
        standby.execute("STOP REPLICA IO_THREAD");
        String received = standby.replica("Retrieved_Gtid_Set");
        standby.rows("SELECT WAIT_FOR_EXECUTED_GTID_SET('" + received + "', 30)");
        standby.execute("STOP REPLICA");
        standby.execute("RESET REPLICA ALL");
        standby.execute("SET GLOBAL super_read_only = OFF");
        standby.execute("SET GLOBAL read_only = OFF");
    }

    /** What one must never do. */
    void takeTheOldPrimaryBackAsItWas() {
        primary.container.start();
        await().atMost(LIMIT).until(primary::answers);
    }

    @Override
    public void close() {
        link.close();
        new Leftovers(engine).removeRun(owner.run());
    }

    /** One of the two. */
    final class Server {
        private final String name;
        private final String address;
        private final EngineContainer container;

        private Server(String name, String image, Path secrets, int number, Acknowledgement acknowledgement) {
            this.name = name;
            this.address = BLOCK + number;
            this.container = engine.start(
                    new ContainerSpec(
                            name,
                            ContainerSpec.Kind.DATABASE,
                            image,
                            List.of(new ContainerSpec.Attachment("pair", address)),
                            List.of(
                                    "mysqld",
                                    "--server-id=" + number,
                                    "--plugin-load-add=semisync_source.so",
                                    "--plugin-load-add=semisync_replica.so",
                                    "--loose-rpl-semi-sync-source-wait-point=AFTER_SYNC",
                                    // It never falls back by itself.
                                    "--loose-rpl-semi-sync-source-timeout=1000000000",
                                    "--loose-rpl-semi-sync-replica-enabled=" + acknowledgement.semiSync),
                            Map.of(),
                            List.of(new ContainerSpec.Mount(secrets, "/run/secrets/lab")),
                            new ContainerSpec.Limits(1, 1L << 30, 200),
                            List.of("/tmp", "/run/mysqld"),
                            Optional.empty(),
                            Map.of()),
                    owner);
        }

        LedgerCheck.Source source() {
            return new LedgerCheck.Source(name, this::rows);
        }

        Connection connect() throws SQLException {
            Properties properties = new Properties();
            properties.setProperty("user", "root");
            properties.setProperty("password", rootPassword);
            properties.setProperty("connectTimeout", "1000");
            properties.setProperty("socketTimeout", "40000");
            properties.setProperty("allowPublicKeyRetrieval", "true");
            properties.setProperty("sslMode", "DISABLED");
            return DriverManager.getConnection("jdbc:mysql://" + address + ":" + PORT + "/shop", properties);
        }

        void execute(String sql) throws SQLException {
            try (Connection connection = connect();
                    Statement statement = connection.createStatement()) {
                statement.execute(sql);
            }
        }

        List<List<String>> rows(String sql) throws SQLException {
            try (Connection connection = connect();
                    Statement statement = connection.createStatement();
                    ResultSet result = statement.executeQuery(sql)) {
                List<List<String>> rows = new ArrayList<>();
                while (result.next()) {
                    List<String> row = new ArrayList<>();
                    for (int column = 1; column <= result.getMetaData().getColumnCount(); column++) {
                        row.add(result.getString(column));
                    }
                    rows.add(row);
                }
                return rows;
            }
        }

        String value(String sql) throws SQLException {
            return rows(sql).getFirst().getFirst();
        }

        String status(String variable) throws SQLException {
            return rows("SHOW GLOBAL STATUS LIKE '" + variable + "'").getFirst().get(1);
        }

        /** A field of the replica's status. */
        String replica(String field) throws SQLException {
            try (Connection connection = connect();
                    Statement statement = connection.createStatement();
                    ResultSet status = statement.executeQuery("SHOW REPLICA STATUS")) {
                status.next();
                return status.getString(field);
            }
        }

        void follow(String host, int port) throws SQLException {
            execute("CHANGE REPLICATION SOURCE TO SOURCE_HOST = '" + host + "', SOURCE_PORT = " + port
                    + ", SOURCE_USER = 'repl', SOURCE_PASSWORD = '" + replicationPassword()
                    + "', SOURCE_AUTO_POSITION = 1, GET_SOURCE_PUBLIC_KEY = 1, SOURCE_CONNECT_RETRY = 1");
            execute("START REPLICA");
        }

        void follow(Server other) throws SQLException {
            follow(other.address, PORT);
        }

        private boolean has(String table) throws SQLException {
            return !rows("SHOW TABLES LIKE '" + table + "'").isEmpty();
        }

        private boolean answers() {
            try {
                return value("SELECT 1").equals("1");
            } catch (SQLException notYet) {
                return false;
            }
        }
    }
}
