package io.failoverlab.engine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Sees to it that Prometheus and its Alertmanager are there, to compare with. Debian's packages are unpacked into the lab's folder
 * rather than installed, which would start two services that listen to the whole network.
 */
public final class PrometheusInstaller {
    /** In a folder share. */
    private static final String TEMPLATES = "prometheus/alertmanager/default.tmpl";

    private static final List<String> PACKAGES = List.of("prometheus", "prometheus-alertmanager");

    private final HostCommands host;
    private final Path folder;
    private final Consumer<String> progress;

    /** Where they are. */
    public record Programs(Path prometheus, Path promtool, Path alertmanager) {
        /**
         * How Alertmanager is started. Debian's looks for its templates in {@code /usr/share} and does not start without them: one
         * that was unpacked elsewhere gets a view of the file system of its own, in which they are there.
         */
        public List<String> alertmanagerCommand() {
            return alertmanagerCommand(Path.of("/"), new HostProcesses().isRoot());
        }

        /** @param system the root of the file system */
        List<String> alertmanagerCommand(Path system, boolean root) {
            Path share = alertmanager.resolveSibling("../share").normalize();
            boolean unpacked = Files.exists(share.resolve(TEMPLATES));
            if (!unpacked || Files.exists(system.resolve("usr/share").resolve(TEMPLATES))) {
                return List.of(alertmanager.toString());
            }
            List<String> command = new ArrayList<>(List.of("unshare", "--mount"));
            if (!root) {
                command.addAll(List.of("--user", "--map-root-user"));
            }
            command.addAll(List.of(
                    "sh",
                    "-c",
                    "mount --bind \"$0\" /usr/share && exec \"$@\"",
                    share.toString(),
                    alertmanager.toString()));
            return List.copyOf(command);
        }
    }

    PrometheusInstaller(HostCommands host, Path folder, Consumer<String> progress) {
        this.host = host;
        this.folder = folder;
        this.progress = progress;
    }

    /** @param progress told of each step, a line at a time */
    public static PrometheusInstaller ofThisHost(LabHome home, Consumer<String> progress) {
        return new PrometheusInstaller(
                new HostProcesses(), home.folder().resolve(".lab").resolve("prometheus"), progress);
    }

    /** @throws EngineException if they are not there in the end; the message says what to install */
    public Programs ensure() {
        return find().orElseGet(this::unpack);
    }

    private Programs unpack() {
        AptPackages packages = new AptPackages(host, progress);
        if (!packages.canUnpack()) {
            throw new EngineException(
                    "prometheus: expected prometheus, promtool and alertmanager in PATH, found not all;"
                            + " install Prometheus and its Alertmanager, version 2.42 or later");
        }
        try {
            packages.unpack("prometheus: none found", PACKAGES, folder);
        } catch (IOException failure) {
            throw new UncheckedIOException("Prometheus could not be unpacked into " + folder, failure);
        }
        return find().orElseThrow(
                        () -> new EngineException("prometheus: " + String.join(" ", PACKAGES) + " were unpacked into "
                                + folder + ", but not all of prometheus, promtool and alertmanager are there"));
    }

    private Optional<Programs> find() {
        Optional<Path> prometheus = find("prometheus");
        Optional<Path> promtool = find("promtool");
        Optional<Path> alertmanager = find("prometheus-alertmanager").or(() -> find("alertmanager"));
        return Stream.of(prometheus, promtool, alertmanager).allMatch(Optional::isPresent)
                ? Optional.of(new Programs(prometheus.get(), promtool.get(), alertmanager.get()))
                : Optional.empty();
    }

    private Optional<Path> find(String program) {
        Path unpacked = folder.resolve("usr/bin").resolve(program);
        return Files.isExecutable(unpacked) ? Optional.of(unpacked) : host.find(program);
    }
}
