package io.failoverlab.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.model.AccessMode;
import com.github.dockerjava.api.model.Bind;
import com.github.dockerjava.api.model.Capability;
import com.github.dockerjava.api.model.Volume;
import io.failoverlab.clock.LabScheduler;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.testcontainers.containers.ContainerLaunchException;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.startupcheck.OneShotStartupCheckStrategy;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.mysql.MySQLContainer;
import org.testcontainers.nginx.NginxContainer;
import org.testcontainers.utility.DockerImageName;

class ContainerImagesIT {
    private static DockerClient client;
    private static Images images;

    @TempDir
    private Path folder;

    @BeforeAll
    static void buildWhatIsMissing() {
        assumeTrue(EngineEndpoint.ofThisProcess().answers(), "no container engine");
        client = Engine.connect().client();
        try (LabScheduler scheduler = new LabScheduler(failure -> {})) {
            images = new ContainerImages(client, LabHome.find(), scheduler).ensure(System.out::println);
        }
    }

    @Test
    void imagesThatAreThereAreNotBuiltAgain() {
        List<String> lines = new ArrayList<>();
        try (LabScheduler scheduler = new LabScheduler(failure -> {})) {
            Images again = new ContainerImages(client, LabHome.find(), scheduler).ensure(lines::add);

            assertThat(again).isEqualTo(images);
        }
        assertThat(lines).isEmpty();
    }

    @Test
    void versionsAreTheRealOnesAndNewEnough() {
        assertThat(images.web().version()).startsWith("25.");
        assertThat(images.nginx().version()).matches("1\\.(2[89]|[3-9]\\d)\\.\\d+");
        assertThat(images.mysql().version()).matches("(8\\.4|9\\.\\d+)\\.\\d+");
    }

    @Test
    void noImageRunsAsRoot() {
        assertThat(images.all()).allSatisfy(image -> {
            try (GenericContainer<?> container = lockedDown(image)
                    .withCreateContainerCmdModifier(command -> command.withEntrypoint("sleep", "60"))) {
                container.start();
                assertThat(output(container, "id", "-u")).isNotEqualTo("0").matches("\\d+");
            }
        });
    }

    @Test
    void nginxAnswersOnAReadOnlyRootFileSystem() throws Exception {
        try (GenericContainer<?> nginx = lockedDown(images.nginx())
                .withExposedPorts(8080)
                .waitingFor(Wait.forHttp("/").forPort(8080))) {
            nginx.start();

            assertThat(get(nginx.getMappedPort(8080))).isEqualTo(200);
        }
    }

    @Test
    void nginxImageWorksWithTheStockContainerOfTestcontainers() throws Exception {
        try (NginxContainer nginx = new NginxContainer(
                DockerImageName.parse(images.nginx().reference()).asCompatibleSubstituteFor("nginx"))) {
            nginx.start();

            assertThat(get(nginx.getMappedPort(80))).isEqualTo(200);
        }
    }

    @Test
    void mysqlAnswersWithItsSecretAndRefusesWithout() throws Exception {
        // every character that a shell or SQL could take for its own
        String password = "p'a\"s\\s `$(id)` %_;--";
        secrets(password, "root-secret");
        try (GenericContainer<?> mysql = mysqlWithSecrets()) {
            mysql.start();
            String url = "jdbc:mysql://127.0.0.1:" + mysql.getMappedPort(3306) + "/shop";

            assertThat(query(url, "shop", password, "SELECT CURRENT_USER()")).isEqualTo("shop@%");
            assertThat(query(url, "root", "root-secret", "SELECT @@gtid_mode, @@sync_binlog"))
                    .isEqualTo("ON,1");
            assertThatThrownBy(() -> query(url, "shop", "", "SELECT 1")).hasMessageContaining("Access denied");
            assertThatThrownBy(() -> query(url, "root", "", "SELECT 1")).hasMessageContaining("Access denied");
            assertThatThrownBy(() -> query(url, "shop", password, "SELECT * FROM mysql.user"))
                    .hasMessageContaining("denied");
            assertThat(output(mysql, "ls", "/tmp")).doesNotContain("accounts");
        }
    }

    @Test
    void eachDatabaseHasAnIdentityOfItsOwnAndKeepsItOverARestart() throws Exception {
        secrets("secret", "root-secret");
        String question = "SELECT @@server_uuid";
        try (GenericContainer<?> first = mysqlWithSecrets();
                GenericContainer<?> second = mysqlWithSecrets()) {
            first.start();
            second.start();
            String identity = query(mysqlUrl(first), "shop", "secret", question);

            assertThat(query(mysqlUrl(second), "shop", "secret", question)).isNotEqualTo(identity);

            client.restartContainerCmd(first.getContainerId()).exec();
            int port = Integer.parseInt(client.inspectContainerCmd(first.getContainerId())
                    .exec()
                    .getNetworkSettings()
                    .getPorts()
                    .getBindings()
                    .values()
                    .iterator()
                    .next()[0]
                    .getHostPortSpec());
            String url = "jdbc:mysql://127.0.0.1:" + port + "/shop?initialTimeout=1";
            await().ignoreExceptions()
                    .untilAsserted(() ->
                            assertThat(query(url, "shop", "secret", question)).isEqualTo(identity));
        }
    }

    @Test
    void mysqlImageWorksWithTheStockContainerOfTestcontainers() throws Exception {
        try (MySQLContainer mysql = new MySQLContainer(
                DockerImageName.parse(images.mysql().reference()).asCompatibleSubstituteFor("mysql"))) {
            mysql.start();

            assertThat(query(mysql.getJdbcUrl(), mysql.getUsername(), mysql.getPassword(), "SELECT CURRENT_USER()"))
                    .isEqualTo("test@%");
        }
    }

    @Test
    void mysqlWithoutAnyPasswordDoesNotStart() {
        assertThat(outputOfFailingStart(images.mysql(), "mysqld")).contains("no password for root");
    }

    @Test
    void serverThatCannotStartEndsItsInstance() {
        assertThat(outputOfFailingStart(images.nginx(), "nginx", "-c", "/nowhere"))
                .contains("\"/nowhere\" failed");
    }

    @Test
    void serverThatIsKilledLeavesItsInstanceUp() {
        try (GenericContainer<?> nginx = lockedDown(images.nginx())
                .withExposedPorts(8080)
                .waitingFor(Wait.forHttp("/").forPort(8080))) {
            nginx.start();
            output(nginx, "sh", "-c", "kill -9 $(cat /tmp/nginx.pid)");

            await().until(() -> nginx.getLogs().contains("killed by signal 9"));
            assertThat(nginx.isRunning()).isTrue();
        }
    }

    @Test
    void instanceThatIsStoppedLeavesTimeToItsServer() {
        try (GenericContainer<?> nginx = lockedDown(images.nginx())
                .withExposedPorts(8080)
                .waitingFor(Wait.forHttp("/").forPort(8080))) {
            nginx.start();
            client.stopContainerCmd(nginx.getContainerId()).withTimeout(30).exec();

            assertThat(client.inspectContainerCmd(nginx.getContainerId())
                            .exec()
                            .getState()
                            .getExitCodeLong())
                    .isZero();
        }
    }

    @Test
    void webImageStartsFromItsAotCache() {
        // With this mode the JVM ends at once if it cannot use the cache, instead of going on without it.
        assertThat(outputOfFailingStart(images.web(), Map.of("JDK_JAVA_OPTIONS", "-XX:AOTMode=on"), "--nothing"))
                .contains("expected no argument");
    }

    private GenericContainer<?> mysqlWithSecrets() {
        return lockedDown(images.mysql())
                .withCreateContainerCmdModifier(command -> command.getHostConfig()
                        .withBinds(new Bind(folder.toString(), new Volume("/run/secrets/lab"), AccessMode.ro)))
                .withExposedPorts(3306)
                .waitingFor(Wait.forLogMessage(".*ready for connections.*port: 3306.*", 1));
    }

    private static String mysqlUrl(GenericContainer<?> mysql) {
        return "jdbc:mysql://127.0.0.1:" + mysql.getMappedPort(3306) + "/shop";
    }

    private void secrets(String password, String rootPassword) throws IOException {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.writeString(folder.resolve("db-password"), password);
        Files.writeString(folder.resolve("db-root-password"), rootPassword);
    }

    @SuppressWarnings("resource")
    private static GenericContainer<?> lockedDown(Image image) {
        return new GenericContainer<>(image.reference())
                .withTmpFs(Map.of("/tmp", "rw,nosuid,nodev,mode=1777"))
                .withCreateContainerCmdModifier(command -> command.getHostConfig()
                        .withReadonlyRootfs(true)
                        .withCapDrop(Capability.ALL)
                        .withSecurityOpts(List.of("no-new-privileges")));
    }

    private static String outputOfFailingStart(Image image, String... command) {
        return outputOfFailingStart(image, Map.of(), command);
    }

    private static String outputOfFailingStart(Image image, Map<String, String> environment, String... command) {
        StringBuffer output = new StringBuffer();
        try (GenericContainer<?> container = lockedDown(image)
                .withEnv(environment)
                .withCommand(command)
                .withStartupCheckStrategy(new OneShotStartupCheckStrategy())
                .withLogConsumer(frame -> output.append(frame.getUtf8String()))) {
            assertThatThrownBy(container::start).isInstanceOf(ContainerLaunchException.class);
        }
        return output.toString();
    }

    private static String output(GenericContainer<?> container, String... command) {
        try {
            return container.execInContainer(command).getStdout().strip();
        } catch (IOException | InterruptedException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private static int get(int port) throws Exception {
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(
                            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/"))
                                    .build(),
                            HttpResponse.BodyHandlers.discarding())
                    .statusCode();
        }
    }

    private static String query(String url, String user, String password, String question) throws SQLException {
        String options = (url.contains("?") ? "&" : "?") + "useSSL=false&allowPublicKeyRetrieval=true";
        try (Connection connection = DriverManager.getConnection(url + options, user, password);
                ResultSet row = connection.createStatement().executeQuery(question)) {
            row.next();
            List<String> columns = new ArrayList<>();
            for (int column = 1; column <= row.getMetaData().getColumnCount(); column++) {
                columns.add(row.getString(column));
            }
            return String.join(",", columns);
        }
    }
}
