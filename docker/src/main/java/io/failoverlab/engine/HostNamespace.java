package io.failoverlab.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Runs commands in a container's network and files with this machine's own rights, where this process is root and the container
 * one of this machine. It takes a third of the time that the engine needs to start one, and works where the engine itself lacks
 * a capability, as in a nested machine, and so can start nothing privileged.
 */
final class HostNamespace {
    private static final Path NOWHERE = Path.of("/dev/null");

    private final HostCommands host;
    private final Path proc;

    HostNamespace(HostCommands host, Path proc) {
        this.host = host;
        this.proc = proc;
    }

    static HostNamespace ofThisHost() {
        return new HostNamespace(new HostProcesses(), Path.of("/proc"));
    }

    /**
     * Empty if it cannot be done from here.
     *
     * @param container its full id
     * @param pid of its first process, as the engine knows it
     */
    Optional<ExecResult> run(String container, long pid, Duration limit, String... command) {
        return run(container, pid, limit, List.of("-n", "-m"), command);
    }

    /** As {@link #run}, in the container's network alone: with this machine's programs and files. */
    Optional<ExecResult> runInNetwork(String container, long pid, Duration limit, String... command) {
        return run(container, pid, limit, List.of("-n"), command);
    }

    /** Starts a program of this machine in the container's network, which goes on after this process; false if that cannot be. */
    boolean launchInNetwork(String container, long pid, List<String> command) {
        if (!canEnter(container, pid)) {
            return false;
        }
        host.launch(line(pid, List.of("-n"), command), NOWHERE);
        return true;
    }

    private Optional<ExecResult> run(
            String container, long pid, Duration limit, List<String> namespaces, String... command) {
        if (!canEnter(container, pid)) {
            return Optional.empty();
        }
        HostCommands.Result result = host.run(limit, Map.of(), line(pid, namespaces, List.of(command)));
        return Optional.of(new ExecResult(result.exitCode(), result.output(), result.ok() ? "" : result.output()));
    }

    private boolean canEnter(String container, long pid) {
        return host.isRoot() && host.find("nsenter").isPresent() && isOf(container, pid);
    }

    private static List<String> line(long pid, List<String> namespaces, List<String> command) {
        List<String> line = new ArrayList<>(List.of("nsenter", "-t", Long.toString(pid)));
        line.addAll(namespaces);
        line.add("--");
        line.addAll(command);
        return line;
    }

    /** With an engine on another machine the number would be that of somebody else's process. */
    private boolean isOf(String container, long pid) {
        try {
            return pid > 0
                    && Files.readString(proc.resolve(Long.toString(pid)).resolve("cgroup"))
                            .contains(container);
        } catch (IOException noSuchProcess) {
            return false;
        }
    }
}
