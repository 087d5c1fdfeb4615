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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PrometheusInstallerTest {
    @TempDir
    private Path folder;

    private final List<String> said = new ArrayList<>();

    private PrometheusInstaller installer(HostCommands host) {
        return new PrometheusInstaller(host, folder.resolve("prometheus"), said::add);
    }

    /** A Debian whose packages are text files that name the program they hold. */
    private static final class Debian implements HostCommands {
        private final List<String> ran = new ArrayList<>();
        private final boolean root;

        private Debian(boolean root) {
            this.root = root;
        }

        @Override
        public Optional<Path> find(String program) {
            return Set.of("apt-get", "dpkg-deb").contains(program)
                    ? Optional.of(Path.of("/usr/bin", program))
                    : Optional.empty();
        }

        @Override
        public boolean isRoot() {
            return root;
        }

        @Override
        public Result run(Duration limit, Map<String, String> environment, List<String> command) {
            ran.add(String.join(" ", command));
            try {
                if (command.contains("download")) {
                    Path into = Path.of(command.get(1).substring("--chdir=".length()));
                    Files.createFile(into.resolve("prometheus_1.deb"));
                    Files.createFile(into.resolve("prometheus-alertmanager_1.deb"));
                } else if (command.getFirst().equals("dpkg-deb")) {
                    Path programs = Files.createDirectories(Path.of(command.getLast(), "usr/bin"));
                    boolean alertmanager = command.get(2).contains("alertmanager");
                    for (String name :
                            alertmanager ? List.of("prometheus-alertmanager") : List.of("prometheus", "promtool")) {
                        assertThat(Files.createFile(programs.resolve(name))
                                        .toFile()
                                        .setExecutable(true))
                                .isTrue();
                    }
                }
                return new Result(0, "");
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
        }

        @Override
        public void launch(List<String> command, Path log) {
            throw new AssertionError("nothing is to be started, found " + command);
        }
    }

    @Test
    void programsInPathAreTaken() {
        FakeHost host =
                new FakeHost(false, Set.of("prometheus", "promtool", "alertmanager"), Map.of(), Map.of(), () -> {});
        assertThat(installer(host).ensure())
                .isEqualTo(new PrometheusInstaller.Programs(
                        Path.of("/usr/bin/prometheus"),
                        Path.of("/usr/bin/promtool"),
                        Path.of("/usr/bin/alertmanager")));
        assertThat(said).isEmpty();
    }

    @Test
    void onDebianThePackagesAreUnpackedOnceAndNotInstalled() {
        Debian host = new Debian(true);
        Path there = folder.resolve("prometheus");
        PrometheusInstaller.Programs expected = new PrometheusInstaller.Programs(
                there.resolve("usr/bin/prometheus"),
                there.resolve("usr/bin/promtool"),
                there.resolve("usr/bin/prometheus-alertmanager"));
        assertThat(installer(host).ensure()).isEqualTo(expected);
        assertThat(installer(host).ensure()).isEqualTo(expected);
        assertThat(host.ran)
                .startsWith(
                        "apt-get -q update",
                        "env --chdir=" + there + " apt-get -q download prometheus prometheus-alertmanager")
                .hasSize(4)
                .noneMatch(line -> line.contains("install"));
        assertThat(there.resolve("prometheus_1.deb")).doesNotExist();
        assertThat(said)
                .containsExactly("prometheus: none found; unpacking Debian's prometheus prometheus-alertmanager into "
                        + there + " …");
    }

    @Test
    void unpackingTakesNoRights() {
        Debian host = new Debian(false);
        installer(host).ensure();
        assertThat(host.ran).noneMatch(line -> line.contains("update")).hasSize(3);
    }

    @Test
    void elsewhereItSaysWhatToInstall() {
        FakeHost host = new FakeHost(true, Set.of("prometheus"), Map.of(), Map.of(), () -> {});
        assertThatThrownBy(() -> installer(host).ensure())
                .isInstanceOf(EngineException.class)
                .hasMessage("prometheus: expected prometheus, promtool and alertmanager in PATH, found not all;"
                        + " install Prometheus and its Alertmanager, version 2.42 or later");
    }

    @Test
    void anAlertmanagerThatWasUnpackedFindsItsTemplatesInAViewOfItsOwn() throws IOException {
        Path programs = Files.createDirectories(folder.resolve("unpacked/usr/bin"));
        Path templates = Files.createDirectories(folder.resolve("unpacked/usr/share/prometheus/alertmanager"));
        Path alertmanager = programs.resolve("prometheus-alertmanager");
        PrometheusInstaller.Programs found = new PrometheusInstaller.Programs(
                programs.resolve("prometheus"), programs.resolve("promtool"), alertmanager);
        Path system = folder.resolve("system");
        assertThat(found.alertmanagerCommand(system, true)).containsExactly(alertmanager.toString());

        Files.createFile(templates.resolve("default.tmpl"));
        String share = folder.resolve("unpacked/usr/share").toString();
        String mount = "mount --bind \"$0\" /usr/share && exec \"$@\"";
        assertThat(found.alertmanagerCommand(system, true))
                .containsExactly("unshare", "--mount", "sh", "-c", mount, share, alertmanager.toString());
        assertThat(found.alertmanagerCommand(system, false))
                .startsWith("unshare", "--mount", "--user", "--map-root-user", "sh");

        Path installed = Files.createDirectories(system.resolve("usr/share/prometheus/alertmanager"));
        Files.createFile(installed.resolve("default.tmpl"));
        assertThat(found.alertmanagerCommand(system, true)).containsExactly(alertmanager.toString());
    }
}
