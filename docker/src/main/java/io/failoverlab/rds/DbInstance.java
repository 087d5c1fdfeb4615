package io.failoverlab.rds;

import io.failoverlab.ec2.Ec2Instance;
import io.failoverlab.telemetry.Measurement;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/** One MySQL server. The lab speaks to it directly on its subnet's address, as RDS's own agents do. */
public final class DbInstance {
    /** MySQL's port. */
    public static final int PORT = 3306;

    private final Ec2Instance instance;
    private final String address;
    private final DbCredentials credentials;

    public DbInstance(Ec2Instance instance, String address, DbCredentials credentials) {
        this.instance = instance;
        this.address = address;
        this.credentials = credentials;
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

    /**
     * Runs a query and returns all rows as text.
     *
     * @throws SQLException if the server does not answer within five seconds or refuses
     */
    public List<List<String>> query(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url(), connectionProperties());
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            int columns = result.getMetaData().getColumnCount();
            List<List<String>> rows = new ArrayList<>();
            while (result.next()) {
                List<String> row = new ArrayList<>(columns);
                for (int column = 1; column <= columns; column++) {
                    row.add(String.valueOf(result.getString(column)));
                }
                rows.add(List.copyOf(row));
            }
            return rows;
        }
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

    /** {@code DatabaseConnections} now; empty if the database does not answer, since nobody knows then. */
    public List<Measurement> connections(Instant at) {
        try {
            // The lab's own connection is not the application's.
            double connected = Double.parseDouble(query("SHOW GLOBAL STATUS LIKE 'Threads_connected'")
                            .getFirst()
                            .get(1))
                    - 1;
            return List.of(Measurement.of(
                    "AWS/RDS",
                    "DatabaseConnections",
                    Map.of("DBInstanceIdentifier", identifier()),
                    "Count",
                    at.truncatedTo(ChronoUnit.SECONDS),
                    connected));
        } catch (SQLException noAnswer) {
            return List.of();
        }
    }
}
