package io.failoverlab.app;

import static org.assertj.core.api.Assumptions.assumeThat;

import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.ExposedPort;
import com.github.dockerjava.api.model.PortBinding;
import com.github.dockerjava.api.model.Ports;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.mysql.MySQLContainer;
import org.testcontainers.utility.DockerImageName;

/** A real MySQL in a container, published on loopback only, in which each test has a schema of its own. */
final class TestDatabase implements AutoCloseable {
    private static final String IMAGE = System.getProperty("lab.image.mysql", "failover-lab/mysql:local");

    private final String password;
    private final MySQLContainer container;

    private TestDatabase(String password) {
        this.password = password;
        container = new MySQLContainer(DockerImageName.parse(IMAGE).asCompatibleSubstituteFor("mysql"))
                .withUsername("shop")
                .withPassword(password)
                .withCreateContainerCmdModifier(command -> command.getHostConfig()
                        .withPortBindings(new PortBinding(Ports.Binding.bindIp("127.0.0.1"), ExposedPort.tcp(3306))));
        container.start();
    }

    /** Aborts the test where there is no engine or no image. */
    static TestDatabase start() {
        assumeThat(DockerClientFactory.instance().isDockerAvailable())
                .as("a container engine is needed; ./lab doctor tells how to get one")
                .isTrue();
        assumeThat(imageExists())
                .as("image %s is needed; build it with ./lab images build", IMAGE)
                .isTrue();
        return new TestDatabase(UUID.randomUUID().toString());
    }

    /** Another server with the same accounts. */
    TestDatabase another() {
        return new TestDatabase(password);
    }

    private static boolean imageExists() {
        try {
            DockerClientFactory.lazyClient().inspectImageCmd(IMAGE).exec();
            return true;
        } catch (NotFoundException e) {
            return false;
        }
    }

    void createSchema(String schema) throws SQLException {
        execute("CREATE DATABASE " + schema);
        execute("GRANT ALL ON " + schema + ".* TO 'shop'@'%'");
    }

    String url(String schema) {
        return "jdbc:mysql://127.0.0.1:" + container.getMappedPort(MySQLContainer.MYSQL_PORT) + "/" + schema;
    }

    Settings settings(String schema, String urlParameters, String instanceId) {
        DatabaseSettings database = new DatabaseSettings(
                url(schema) + urlParameters,
                "shop",
                new Secret(password),
                Duration.ofSeconds(1),
                Duration.ofSeconds(3),
                5,
                Duration.ofSeconds(1));
        return new Settings(
                "127.0.0.1", 0, instanceId, "ap-northeast-1a", database, Optional.empty(), 5, Duration.ofMillis(400));
    }

    Connection root() throws SQLException {
        return DriverManager.getConnection(url("mysql"), "root", password);
    }

    void execute(String sql) throws SQLException {
        try (Connection connection = root();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** The first column of every row. */
    List<Long> numbers(String sql) throws SQLException {
        try (Connection connection = root();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            List<Long> numbers = new ArrayList<>();
            while (rows.next()) {
                numbers.add(rows.getLong(1));
            }
            return numbers;
        }
    }

    void pause() {
        container
                .getDockerClient()
                .pauseContainerCmd(container.getContainerId())
                .exec();
    }

    void unpause() {
        container
                .getDockerClient()
                .unpauseContainerCmd(container.getContainerId())
                .exec();
    }

    @Override
    public void close() {
        container.stop();
    }
}
