package io.failoverlab.engine;

import io.failoverlab.clock.LabScheduler;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Sees to it that a container engine answers: takes the one that does, starts the one that is installed, or installs
 * Docker where this process may do that (root on Debian or Ubuntu).
 */
public final class EngineInstaller {
    private static final List<String> PACKAGES = List.of("docker.io", "iptables");
    private static final String ELSEWHERE = "Docker Engine or Docker Desktop";
    private static final Duration START_LIMIT = Duration.ofSeconds(60);
    private static final Duration COMMAND_LIMIT = Duration.ofSeconds(90);
    private static final Path LOG = Path.of("/var/log/failover-lab-dockerd.log");
    private static final Path SYSTEMD = Path.of("/run/systemd/system");
    private static final int LOG_LINES = 20;

    private final EngineEndpoint endpoint;
    private final HostCommands host;
    private final LabScheduler scheduler;
    private final Consumer<String> progress;

    EngineInstaller(EngineEndpoint endpoint, HostCommands host, LabScheduler scheduler, Consumer<String> progress) {
        this.endpoint = endpoint;
        this.host = host;
        this.scheduler = scheduler;
        this.progress = progress;
    }

    /** @param progress told of each step, a line at a time; not called if an engine answers already */
    public static EngineInstaller ofThisHost(LabScheduler scheduler, Consumer<String> progress) {
        return new EngineInstaller(EngineEndpoint.ofThisProcess(), new HostProcesses(), scheduler, progress);
    }

    /** @throws EngineException if none answers in the end; the message says what to install or to start */
    public void ensure() {
        switch (endpoint.ask()) {
            case EngineEndpoint.Answer.Engine() -> {
                // nothing to do
            }
            case EngineEndpoint.Answer.Forbidden(Path socket) ->
                throw new EngineException("engine: user "
                        + System.getProperty("user.name") + " may not use " + socket
                        + "; as root: usermod -aG docker " + System.getProperty("user.name") + ", then log in again");
            case EngineEndpoint.Answer.Silence() -> bringUp();
        }
    }

    private void bringUp() {
        if (endpoint.named().isPresent()) {
            throw new EngineException("engine: DOCKER_HOST is "
                    + endpoint.named().get() + ", and nothing answers there; start that engine, or unset DOCKER_HOST");
        }
        if (host.find("dockerd").isEmpty()) {
            install();
        } else if (!host.isRoot()) {
            throw new EngineException("engine: Docker is installed but does not run; as root: " + startCommand());
        }
        if (!endpoint.answers()) {
            start();
        }
    }

    private void install() {
        AptPackages packages = new AptPackages(host, progress);
        if (!packages.available()) {
            throw new EngineException("engine: expected a container engine, found none; "
                    + packages.advice(PACKAGES, ELSEWHERE) + ", or set DOCKER_HOST to one that runs elsewhere");
        }
        packages.install("engine: none answers", PACKAGES);
    }

    private void start() {
        progress.accept("engine: starting it (" + startCommand() + ") …");
        if (Files.isDirectory(SYSTEMD)) {
            HostCommands.Result result = host.run(COMMAND_LIMIT, Map.of(), List.of("systemctl", "start", "docker"));
            if (!result.ok()) {
                throw new EngineException("engine: `systemctl start docker` ended with exit code " + result.exitCode()
                        + ": " + result.lastLines(LOG_LINES) + "; `journalctl -u docker` tells more");
            }
        } else {
            // A session of its own: it outlives this process and is not hit by a Ctrl-C meant for it.
            host.launch(List.of("setsid", "dockerd"), LOG);
        }
        Optional<Boolean> answered =
                scheduler.await(START_LIMIT, () -> endpoint.answers() ? Optional.of(true) : Optional.empty());
        if (answered.isEmpty()) {
            throw new EngineException("engine: it did not answer within " + START_LIMIT.toSeconds()
                    + " s after its start; the end of " + LOG + ":\n" + endOfLog());
        }
        progress.accept("engine: answers");
    }

    private static String startCommand() {
        return Files.isDirectory(SYSTEMD) ? "systemctl start docker" : "setsid dockerd >>" + LOG + " 2>&1";
    }

    private static String endOfLog() {
        try (Stream<String> lines = Files.lines(LOG)) {
            return new HostCommands.Result(0, String.join("\n", lines.toList())).lastLines(LOG_LINES);
        } catch (IOException unreadable) {
            return "(not readable)";
        }
    }
}
