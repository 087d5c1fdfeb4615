package io.failoverlab.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.failoverlab.clock.LabScheduler;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EngineInstallerTest {
    private static final String UPDATE = "apt-get -q update";
    private static final String INSTALL = "apt-get -q install -y --no-install-recommends docker.io iptables";
    private static final Map<String, List<String>> DEBIAN = Map.of(
            "docker.io",
            List.of("dockerd"),
            "chromium",
            List.of("chromium"),
            "chromium-driver",
            List.of("chromedriver"));

    @TempDir
    private Path folder;

    private final List<String> progress = new ArrayList<>();
    private final LabScheduler scheduler = new LabScheduler(failure -> {});
    private ServerSocketChannel engine;

    @AfterEach
    void stop() throws IOException {
        scheduler.close();
        if (engine != null) {
            engine.close();
        }
    }

    @Test
    void engineThatAnswersIsLeftAlone() {
        startEngine();
        FakeHost host = host(true, Set.of("apt-get"));

        installer(host).ensure();

        assertThat(host.ran).isEmpty();
        assertThat(progress).isEmpty();
    }

    @Test
    void engineIsInstalledAndStarted() {
        assumeSystemdIsNotInCharge();
        FakeHost host = host(true, Set.of("apt-get"));

        installer(host).ensure();

        assertThat(host.ran).containsExactly(UPDATE, INSTALL, "setsid dockerd");
        assertThat(progress)
                .containsExactly(
                        "engine: none answers; installing docker.io iptables with apt-get …",
                        "engine: starting it (setsid dockerd >>/var/log/failover-lab-dockerd.log 2>&1) …",
                        "engine: answers");
    }

    @Test
    void installedEngineIsOnlyStarted() {
        assumeSystemdIsNotInCharge();
        FakeHost host = host(true, Set.of("apt-get", "dockerd"));

        installer(host).ensure();

        assertThat(host.ran).containsExactly("setsid dockerd");
    }

    @Test
    void withoutTheRightToInstallItIsSaidWhatToInstall() {
        assertThatThrownBy(() -> installer(host(false, Set.of("apt-get"))).ensure())
                .isInstanceOf(EngineException.class)
                .hasMessage("engine: expected a container engine, found none; as root: apt-get install"
                        + " --no-install-recommends docker.io iptables, or set DOCKER_HOST to one that runs elsewhere");
        assertThatThrownBy(() -> installer(host(true, Set.of())).ensure())
                .hasMessage("engine: expected a container engine, found none; install Docker Engine or Docker Desktop,"
                        + " or set DOCKER_HOST to one that runs elsewhere");
        assertThatThrownBy(() -> installer(host(false, Set.of("dockerd"))).ensure())
                .hasMessageContaining("installed but does not run; as root: ");
    }

    @Test
    void failureOfAptGetIsShown() {
        FakeHost host = new FakeHost(
                true,
                Set.of("apt-get"),
                DEBIAN,
                Map.of(INSTALL, new HostCommands.Result(100, "E: Unable to locate package docker.io\n")),
                () -> {});

        assertThatThrownBy(() -> installer(host).ensure())
                .hasMessage("`" + INSTALL + "` ended with exit code 100:\nE: Unable to locate package docker.io");
    }

    @Test
    void engineNamedByTheUserIsNotReplacedByAnother() {
        FakeHost host = host(true, Set.of("apt-get"));
        EngineEndpoint endpoint = EngineEndpoint.of(
                Map.of("DOCKER_HOST", "unix://" + folder + "/none.sock"), folder, folder.resolve("docker.sock"));

        assertThatThrownBy(() -> new EngineInstaller(endpoint, host, scheduler, progress::add).ensure())
                .hasMessage("engine: DOCKER_HOST is unix://" + folder
                        + "/none.sock, and nothing answers there; start that engine, or unset DOCKER_HOST");
        assertThat(host.ran).isEmpty();
    }

    @Test
    void browserIsInstalledOnceAndElseNamed() {
        FakeHost root = host(true, Set.of("apt-get"));
        new BrowserInstaller(root, progress::add).ensure();
        new BrowserInstaller(root, progress::add).ensure();

        assertThat(root.ran)
                .containsExactly(UPDATE, "apt-get -q install -y --no-install-recommends chromium chromium-driver");
        assertThatThrownBy(() -> new BrowserInstaller(host(false, Set.of("apt-get")), progress::add).ensure())
                .hasMessage("browser: expected Chromium and chromedriver, found none;"
                        + " as root: apt-get install --no-install-recommends chromium chromium-driver");
    }

    private static void assumeSystemdIsNotInCharge() {
        assumeFalse(Files.isDirectory(Path.of("/run/systemd/system")), "systemd starts services here");
    }

    private EngineInstaller installer(HostCommands host) {
        EngineEndpoint endpoint = EngineEndpoint.of(Map.of("DOCKER_HOST", ""), folder, folder.resolve("docker.sock"));
        return new EngineInstaller(endpoint, host, scheduler, progress::add);
    }

    private FakeHost host(boolean root, Set<String> programs) {
        return new FakeHost(root, programs, DEBIAN, Map.of(), this::startEngine);
    }

    /** Something that answers a ping as an engine does. */
    private void startEngine() {
        try {
            engine = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
            engine.bind(UnixDomainSocketAddress.of(folder.resolve("docker.sock")));
        } catch (IOException failure) {
            throw new IllegalStateException(failure);
        }
        Thread.ofVirtual().start(() -> {
            while (true) {
                try (SocketChannel connection = engine.accept()) {
                    connection.read(ByteBuffer.allocate(1024));
                    connection.write(ByteBuffer.wrap("HTTP/1.0 200 OK\r\n\r\nOK".getBytes(StandardCharsets.US_ASCII)));
                } catch (IOException closed) {
                    return;
                }
            }
        });
    }
}
