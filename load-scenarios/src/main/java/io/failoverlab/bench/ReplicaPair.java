package io.failoverlab.bench;

import io.failoverlab.clock.LabScheduler;
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

/**
 * Two MySQL servers of the lab's own image, the second of which replicates the first, on a network of their own, and nobody who
 * keeps them: what there is without the lab. They have a table of orders.
 */
public final class ReplicaPair implements AutoCloseable {
    /** The host's address on their network. */
    public static final String GATEWAY = "10.231.0.1";

    private static final String BLOCK = "10.231.0.";
    private static final int PORT = 3306;
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final Duration CONNECT_LIMIT = Duration.ofSeconds(1);
    private static final Duration ANSWER_LIMIT = Duration.ofSeconds(40);

    /** When the primary acknowledges a commit. */
    public enum Acknowledgement {
        /** As soon as it is on its own disk. */
        ASYNCHRONOUS,
        /** Once the standby has received it; before, no other session sees it (lossless). */
        AFTER_SYNC
    }

    /** The way that replication takes. */
    public interface Route {
        /** Where the standby finds the primary. */
        InetSocketAddress to(InetSocketAddress primary) throws IOException;
    }

    /**
     * What they are made of.
     *
     * @param run its name, of nothing else
     * @param image of the database
     * @param limits of each
     * @param folder that is there and holds their passwords
     */
    public record Setup(
            Engine engine,
            LabScheduler scheduler,
            String run,
            String image,
            ContainerSpec.Limits limits,
            Path folder) {}

    private final Setup setup;
    private final Owner owner;
    private final String rootPassword;
    private final String replicationPassword;
    private final Server primary;
    private final Server standby;

    private ReplicaPair(Setup setup, Owner owner) throws IOException {
        this.setup = setup;
        this.owner = owner;
        Path secrets = setup.folder().resolve("secrets");
        DbCredentials.random(new SecureRandom()).writeForDatabase(secrets);
        this.rootPassword = Files.readString(secrets.resolve("db-root-password"));
        this.replicationPassword = Files.readString(secrets.resolve("db-replication-password"));
        setup.engine().createNetwork(new NetworkSpec("pair", BLOCK + "0/24", GATEWAY, true), owner);
        this.primary = new Server("db-1", 4, secrets);
        this.standby = new Server("db-2", 5, secrets);
    }

    /**
     * Starts them; returns once the standby follows.
     *
     * @throws BenchFailed if it does not
     */
    public static ReplicaPair start(Setup setup, Acknowledgement acknowledgement, Route route)
            throws IOException, SQLException {
        Owner owner = Owner.ofThisProcess(setup.run());
        try {
            ReplicaPair pair = new ReplicaPair(setup, owner);
            pair.await("both servers to answer", () -> pair.primary.answers() && pair.standby.answers());
            pair.follow(acknowledgement, route);
            return pair;
        } catch (IOException | SQLException | RuntimeException failure) {
            new Leftovers(setup.engine()).removeRun(owner.run());
            throw failure;
        }
    }

    private void follow(Acknowledgement acknowledgement, Route route) throws IOException, SQLException {
        boolean semiSynchronous = acknowledgement == Acknowledgement.AFTER_SYNC;
        if (semiSynchronous) {
            // From here on a commit waits until there is a standby to confirm it.
            primary.execute("SET GLOBAL rpl_semi_sync_source_enabled = ON");
            standby.execute("SET GLOBAL rpl_semi_sync_replica_enabled = ON");
        }
        standby.execute("SET GLOBAL super_read_only = ON");
        standby.follow(route.to(primary.address()));
        primary.execute("CREATE TABLE orders (id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,"
                + " idempotency_key VARCHAR(64) NOT NULL UNIQUE)");
        await(
                "the standby to follow",
                () -> standby.rows("SHOW TABLES LIKE 'orders'").size() == 1);
        String waiting = semiSynchronous ? "ON" : "OFF";
        await(
                "semi-synchronous replication to be " + waiting,
                () -> primary.status("Rpl_semi_sync_source_status").equals(waiting));
    }

    private interface Condition {
        boolean holds() throws SQLException;
    }

    private void await(String what, Condition condition) {
        setup.scheduler()
                .await(LIMIT, () -> {
                    try {
                        return condition.holds() ? Optional.of(true) : Optional.empty();
                    } catch (SQLException notYet) {
                        return Optional.empty();
                    }
                })
                .orElseThrow(() -> new BenchFailed("expected " + what + " within " + LIMIT));
    }

    public Server primary() {
        return primary;
    }

    public Server standby() {
        return standby;
    }

    /** The standby applies all that it has received, then takes writes; nobody sees to it that the primary takes none. */
    public void promoteStandby() throws SQLException {
        try (Connection connection = standby.connect()) {
            promoteStandby(connection);
        }
    }

    /** @param connection to the standby */
    void promoteStandby(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("STOP REPLICA IO_THREAD");
            String received;
            try (ResultSet status = statement.executeQuery("SHOW REPLICA STATUS")) {
                status.next();
                received = status.getString("Retrieved_Gtid_Set").replace("\n", "");
            }
            statement.execute("SELECT WAIT_FOR_EXECUTED_GTID_SET('" + received + "', 30)");
            statement.execute("STOP REPLICA");
            statement.execute("RESET REPLICA ALL");
            statement.execute("SET GLOBAL super_read_only = OFF");
            statement.execute("SET GLOBAL read_only = OFF");
        }
    }

    /** Starts the primary again with the data that it had: what one must never do. */
    public void takeTheOldPrimaryBackAsItWas() {
        primary.container.start();
        await("the old primary to answer", primary::answers);
    }

    @Override
    public void close() {
        new Leftovers(setup.engine()).removeRun(owner.run());
    }

    /** One of the two. */
    public final class Server {
        private final String address;
        private final EngineContainer container;

        private Server(String name, int number, Path secrets) {
            this.address = BLOCK + number;
            this.container = setup.engine()
                    .start(
                            new ContainerSpec(
                                    name,
                                    ContainerSpec.Kind.DATABASE,
                                    setup.image(),
                                    List.of(new ContainerSpec.Attachment("pair", address)),
                                    List.of(),
                                    Map.of(),
                                    List.of(new ContainerSpec.Mount(secrets, "/run/secrets/lab")),
                                    setup.limits(),
                                    List.of("/tmp", "/run/mysqld"),
                                    Optional.empty(),
                                    Map.of()),
                            owner);
        }

        public String name() {
            return container.name();
        }

        public EngineContainer container() {
            return container;
        }

        private InetSocketAddress address() {
            return new InetSocketAddress(address, PORT);
        }

        /** With every right, to the database of the orders. */
        public Connection connect() throws SQLException {
            return connect(CONNECT_LIMIT, ANSWER_LIMIT);
        }

        /**
         * @param connecting how long connecting may take
         * @param answering how long an answer may take
         */
        Connection connect(Duration connecting, Duration answering) throws SQLException {
            Properties properties = new Properties();
            properties.setProperty("user", "root");
            properties.setProperty("password", rootPassword);
            properties.setProperty("connectTimeout", Long.toString(connecting.toMillis()));
            properties.setProperty("socketTimeout", Long.toString(answering.toMillis()));
            properties.setProperty("allowPublicKeyRetrieval", "true");
            properties.setProperty("sslMode", "DISABLED");
            return DriverManager.getConnection(
                    "jdbc:mysql://" + address + ":" + PORT + "/" + DbCredentials.DATABASE, properties);
        }

        private void execute(String sql) throws SQLException {
            try (Connection connection = connect();
                    Statement statement = connection.createStatement()) {
                statement.execute(sql);
            }
        }

        /** All rows of the answer, as text. */
        public List<List<String>> rows(String sql) throws SQLException {
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

        /** The only value of an answer. */
        public String value(String sql) throws SQLException {
            return rows(sql).getFirst().getFirst();
        }

        private String status(String variable) throws SQLException {
            return rows("SHOW GLOBAL STATUS LIKE '" + variable + "'").getFirst().get(1);
        }

        /** A field of the replica's status. */
        public String replica(String field) throws SQLException {
            try (Connection connection = connect();
                    Statement statement = connection.createStatement();
                    ResultSet status = statement.executeQuery("SHOW REPLICA STATUS")) {
                status.next();
                return status.getString(field);
            }
        }

        /** Becomes the replica of another. */
        public void follow(Server other) throws SQLException {
            follow(other.address());
        }

        private void follow(InetSocketAddress source) throws SQLException {
            execute("CHANGE REPLICATION SOURCE TO SOURCE_HOST = '" + source.getHostString() + "', SOURCE_PORT = "
                    + source.getPort() + ", SOURCE_USER = 'lab_replication', SOURCE_PASSWORD = '" + replicationPassword
                    + "', SOURCE_AUTO_POSITION = 1, GET_SOURCE_PUBLIC_KEY = 1, SOURCE_CONNECT_RETRY = 1");
            execute("START REPLICA");
        }

        private boolean answers() throws SQLException {
            return value("SELECT 1").equals("1");
        }
    }
}
