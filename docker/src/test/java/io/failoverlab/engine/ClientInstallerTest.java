package io.failoverlab.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClientInstallerTest {
    @TempDir
    private Path folder;

    private final List<String> said = new ArrayList<>();
    private final List<String> ran = new ArrayList<>();

    @BeforeEach
    void writeLists() throws IOException {
        Files.createDirectories(folder.resolve("sources/java"));
        Files.createDirectories(folder.resolve("sources/node"));
        Files.writeString(folder.resolve("sources/java/pom.xml"), "2.29.0");
        Files.writeString(folder.resolve("sources/node/package.json"), "3");
        Files.writeString(folder.resolve("sources/node/package-lock.json"), "3.1");
    }

    private ClientInstaller installer(HostCommands host) {
        return new ClientInstaller(
                host, folder.resolve("system"), folder.resolve("sources"), folder.resolve("clients"), said::add);
    }

    /** Programs that do what they are told at once, apt-get among them. */
    private final class Host implements HostCommands {
        private final Set<String> programs;
        private final int exitCode;

        private Host(int exitCode, String... programs) {
            this.exitCode = exitCode;
            this.programs = Set.of(programs);
        }

        @Override
        public Optional<Path> find(String program) {
            return programs.contains(program) ? Optional.of(Path.of("/usr/bin", program)) : Optional.empty();
        }

        @Override
        public boolean isRoot() {
            return true;
        }

        @Override
        public Result run(Duration limit, Map<String, String> environment, List<String> command) {
            ran.add(String.join(" ", command));
            if (command.contains("awscli")) {
                installPython();
            }
            return new Result(command.getFirst().equals("npm") ? exitCode : 0, "npm error 404");
        }

        @Override
        public void launch(List<String> command, Path log) {
            throw new AssertionError("nothing is to be started, found " + command);
        }
    }

    private void installPython() {
        try {
            Path aws = Files.createDirectories(folder.resolve("system/usr/bin")).resolve("aws");
            assertThat(Files.createFile(aws).toFile().setExecutable(true)).isTrue();
            Files.createDirectories(folder.resolve("system/usr/lib/python3/dist-packages/boto3"));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @Test
    void everythingIsInstalledOnceAndAgainWhenTheListChanges() throws IOException {
        Host host = new Host(0, "apt-get", "npm", "mvn");
        Path clients = folder.resolve("clients");
        installer(host).ensure();
        assertThat(ran)
                .containsExactly(
                        "apt-get -q update",
                        "apt-get -q install -y --no-install-recommends awscli python3-boto3",
                        "npm ci --ignore-scripts --no-audit --no-fund --prefix " + clients.resolve("node"),
                        "mvn -q -B -f " + folder.resolve("sources/java/pom.xml")
                                + " dependency:copy-dependencies -DoutputDirectory=" + clients.resolve("java"));
        assertThat(said).hasSize(3);
        ran.clear();
        installer(host).ensure();
        assertThat(ran).isEmpty();
        Files.writeString(folder.resolve("sources/node/package-lock.json"), "3.2");
        installer(host).ensure();
        assertThat(ran).hasSize(1).first().asString().startsWith("npm ci");
    }

    @Test
    void whatFailedIsToldAndTriedAgain() {
        installPython();
        assertThatThrownBy(() -> installer(new Host(1, "npm", "mvn")).ensure())
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("ended with exit code 1:\nnpm error 404");
        installer(new Host(0, "npm", "mvn")).ensure();
        assertThat(ran).hasSize(3);
    }

    @Test
    void elsewhereItSaysWhatToInstall() {
        assertThatThrownBy(() -> installer(new Host(0, "npm", "mvn")).ensure())
                .isInstanceOf(EngineException.class)
                .hasMessage("clients: expected Debian's /usr/bin/aws and its boto3, found not both;"
                        + " install them on a Debian");
    }
}
