package io.failoverlab.rds;

import io.failoverlab.ec2.Ec2Instance;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.function.Supplier;

/** One MySQL server. The lab speaks to it directly on its subnet's address, as RDS's own agents do. */
public final class DbInstance {
    /** MySQL's port. */
    public static final int PORT = 3306;

    private final Ec2Instance instance;
    private final String address;
    private final DbCredentials credentials;
    private final Supplier<Optional<Storage>> storage;

    /** With as much storage as the disk has. */
    public DbInstance(Ec2Instance instance, String address, DbCredentials credentials) {
        this(instance, address, credentials, () -> Storage.of(instance));
    }

    /** @param storage tells what its volume has, if that is known */
    public DbInstance(
            Ec2Instance instance, String address, DbCredentials credentials, Supplier<Optional<Storage>> storage) {
        this.instance = instance;
        this.address = address;
        this.credentials = credentials;
        this.storage = storage;
    }

    /** What its volume has; empty if nobody can tell now. */
    public Optional<Storage> storage() {
        return storage.get();
    }

    /** DB instance identifier, such as {@code db-1}. */
    public String identifier() {
        return instance.name();
    }

    /** The server it runs on. */
    public Ec2Instance instance() {
        return instance;
    }

    /** JDBC address for applications, without credentials. */
    public String url() {
        return "jdbc:mysql://" + address + ":" + PORT + "/" + DbCredentials.DATABASE;
    }

    /** Whether it accepts a connection and answers a query as the application's user. */
    public boolean isAvailable() {
        try {
            return query("SELECT 1").equals(List.of(List.of("1")));
        } catch (SQLException notYet) {
            return false;
        }
    }

    /** As {@link #isAvailable()}, also while applications are kept out. */
    public boolean answersAdministrator() {
        try (Connection connection = connectAsAdministrator(Duration.ofSeconds(1))) {
            return connection.isValid(1);
        } catch (SQLException notYet) {
            return false;
        }
    }

    /**
     * Runs a query and returns all rows as text.
     *
     * @throws SQLException if the server does not answer within five seconds or refuses
     */
    public List<List<String>> query(String sql) throws SQLException {
        try (Connection connection = connect()) {
            return Sql.rows(connection, sql);
        }
    }

    /**
     * A connection as the application's user.
     *
     * @throws SQLException if the server does not answer or refuses
     */
    public Connection connect() throws SQLException {
        return DriverManager.getConnection(url(), connectionProperties());
    }

    private Properties connectionProperties() {
        Properties properties = new Properties();
        properties.setProperty("user", DbCredentials.USER);
        properties.setProperty("password", credentials.password());
        properties.setProperty("connectTimeout", "1000");
        properties.setProperty("socketTimeout", "5000");
        properties.setProperty("allowPublicKeyRetrieval", "true");
        properties.setProperty("sslMode", "DISABLED");
        return properties;
    }

    /** Its address, in its own subnet. */
    public String address() {
        return address;
    }

    DbCredentials credentials() {
        return credentials;
    }

    /**
     * A connection with every right, which is let in also while applications are kept out.
     *
     * @throws SQLException if the server does not answer within that time or refuses
     */
    Connection connectAsAdministrator(Duration limit) throws SQLException {
        Properties properties = connectionProperties();
        properties.setProperty("user", "root");
        properties.setProperty("password", credentials.rootPassword());
        properties.setProperty("connectTimeout", Long.toString(limit.toMillis()));
        properties.setProperty("socketTimeout", Long.toString(limit.toMillis()));
        return DriverManager.getConnection("jdbc:mysql://" + address + ":" + PORT + "/", properties);
    }

    /**
     * A connection of the lab as RDS's own administrator.
     *
     * @param limit of each statement
     * @throws SQLException if the server does not answer within a second or refuses
     */
    Connection administer(Duration limit) throws SQLException {
        Properties properties = connectionProperties();
        properties.setProperty("user", "root");
        properties.setProperty("password", credentials.rootPassword());
        properties.setProperty("socketTimeout", Long.toString(limit.toMillis()));
        return DriverManager.getConnection("jdbc:mysql://" + address + ":" + PORT + "/", properties);
    }

    /**
     * A connection of the lab's own monitoring, to be kept: each new one would count among the attempts to connect.
     *
     * @throws SQLException if the server does not answer within a second or refuses
     */
    Connection connectToMonitor() throws SQLException {
        Properties properties = connectionProperties();
        properties.setProperty("user", DbCredentials.MONITOR);
        properties.setProperty("password", credentials.monitorPassword());
        properties.setProperty("socketTimeout", "1000");
        return DriverManager.getConnection("jdbc:mysql://" + address + ":" + PORT + "/", properties);
    }
}
