package io.failoverlab.engine;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.ExecCreateCmd;
import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.command.InspectExecResponse;
import com.github.dockerjava.api.command.LogContainerCmd;
import com.github.dockerjava.api.command.TopContainerResponse;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.ContainerNetwork;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongFunction;
import java.util.stream.Collectors;

/** One container of a run. All methods throw {@link EngineException} if the engine refuses or does not answer. */
public final class EngineContainer {
    private static final int EXIT_CODE_LOOKS = 2000;
    private static final long NO_EXIT_CODE = -1;

    /** An interface: the engine's name of a network and the container's fixed address there. */
    public record Plug(String network, String address) {}

    /** Takes in one file after the other. */
    @FunctionalInterface
    public interface FileReader {
        /**
         * @param name path within the folder
         * @param content to be read before the next file comes
         */
        void file(String name, InputStream content) throws IOException;
    }

    private final DockerClient client;
    private final String id;
    private final String name;

    EngineContainer(DockerClient client, String id, String name) {
        this.client = client;
        this.id = id;
        this.name = name;
    }

    /** The instance's name. */
    public String name() {
        return name;
    }

    public ContainerState state() {
        InspectContainerResponse inspected = Requests.answer(
                "the state of " + name, () -> client.inspectContainerCmd(id).exec());
        InspectContainerResponse.ContainerState state = inspected.getState();
        return new ContainerState(
                Boolean.TRUE.equals(state.getRunning()),
                Boolean.TRUE.equals(state.getPaused()),
                !inspected.getNetworkSettings().getNetworks().isEmpty(),
                state.getExitCodeLong() == null ? 0 : state.getExitCodeLong());
    }

    /** Whether it was not removed, by whomever. */
    public boolean exists() {
        try {
            state();
            return true;
        } catch (EngineException failure) {
            if (failure.getCause() instanceof NotFoundException) {
                return false;
            }
            throw failure;
        }
    }

    /** The networks it is on, with its addresses there. */
    public List<Plug> plugs() {
        return Requests.answer(
                        "the networks of " + name,
                        () -> client.inspectContainerCmd(id).exec())
                .getNetworkSettings()
                .getNetworks()
                .entrySet()
                .stream()
                .map(entry -> new Plug(entry.getKey(), fixedAddress(entry.getValue())))
                .toList();
    }

    /** A container that does not run has no address now, but the one it was given holds. */
    private static String fixedAddress(ContainerNetwork network) {
        ContainerNetwork.Ipam fixed = network.getIpamConfig();
        return fixed == null || fixed.getIpv4Address() == null ? network.getIpAddress() : fixed.getIpv4Address();
    }

    /** Takes it off a network at once: what is sent to its address there is lost without an answer. */
    public void unplug(Plug plug) {
        Requests.answer(
                "taking " + name + " off " + plug.network(),
                () -> client.disconnectFromNetworkCmd()
                        .withContainerId(id)
                        .withNetworkId(plug.network())
                        .withForce(true)
                        .exec());
    }

    /** Puts it back on a network, with the address it had; there, aliases lead to it as well. */
    public void plugIn(Plug plug, String... aliases) {
        Requests.answer(
                "putting " + name + " on " + plug.network(),
                () -> client.connectToNetworkCmd()
                        .withContainerId(id)
                        .withNetworkId(plug.network())
                        .withContainerNetwork(new ContainerNetwork()
                                .withAliases(aliases)
                                .withIpamConfig(new ContainerNetwork.Ipam().withIpv4Address(plug.address()))
                                .withIpv4Address(plug.address()))
                        .exec());
    }

    /** Puts it on the networks of its run that it is not on yet, running or not; there, aliases lead to it as well. */
    public void attach(List<ContainerSpec.Attachment> places, Owner owner, String... aliases) {
        List<Plug> there = plugs();
        places.stream()
                .map(place -> new Plug(Engine.objectName(owner, place.network()), place.address()))
                .filter(plug -> there.stream().noneMatch(it -> it.network().equals(plug.network())))
                .forEach(plug -> plugIn(plug, aliases));
    }

    /** Takes it off all networks of its run but those. */
    public void keepOnly(List<ContainerSpec.Attachment> places, Owner owner) {
        Set<String> kept = places.stream()
                .map(place -> Engine.objectName(owner, place.network()))
                .collect(Collectors.toSet());
        plugs().stream().filter(plug -> !kept.contains(plug.network())).forEach(this::unplug);
    }

    /** Sends a signal, such as {@code KILL} or {@code HUP}, to the container's first process. */
    public void signal(String signal) {
        Requests.answer(
                "SIG" + signal + " for " + name,
                () -> client.killContainerCmd(id).withSignal(signal).exec());
    }

    /** Asks the container to end and kills it after the grace period, in whole seconds. */
    public void stop(Duration grace) {
        Requests.answer(
                "stopping " + name,
                () -> client.stopContainerCmd(id)
                        .withTimeout((int) grace.toSeconds())
                        .exec());
    }

    public void start() {
        Requests.answer("starting " + name, () -> client.startContainerCmd(id).exec());
    }

    /** Grants it that many processors from now on, running or not. */
    public void limitCpus(double cpus) {
        Requests.answer(
                "the processor limit of " + name,
                () -> client.updateContainerCmd(id)
                        .withNanoCPUs((long) (cpus * 1e9))
                        .exec());
    }

    /** Grants it that much memory from now on, and no swap, running or not. */
    public void limitMemory(long bytes) {
        Requests.answer(
                "the memory limit of " + name,
                () -> client.updateContainerCmd(id)
                        .withMemory(bytes)
                        .withMemorySwap(bytes)
                        .exec());
    }

    /** Removes it with what it wrote, running or not; no error if it is gone already. */
    public void remove() {
        try {
            Requests.answer(
                    "removal of " + name,
                    () -> client.removeContainerCmd(id)
                            .withForce(true)
                            .withRemoveVolumes(true)
                            .exec());
        } catch (EngineException failure) {
            if (!(failure.getCause() instanceof NotFoundException)) {
                throw failure;
            }
        }
    }

    /** When its first process was started last; empty if it never was, or is gone. */
    public Optional<Instant> startedAt() {
        try {
            String text = Requests.answer(
                            "the start of " + name,
                            () -> client.inspectContainerCmd(id).exec())
                    .getState()
                    .getStartedAt();
            return Optional.ofNullable(text).map(Instant::parse).filter(at -> at.getEpochSecond() > 0);
        } catch (EngineException failure) {
            if (failure.getCause() instanceof NotFoundException) {
                return Optional.empty();
            }
            throw failure;
        }
    }

    public void pause() {
        Requests.answer("pausing " + name, () -> client.pauseContainerCmd(id).exec());
    }

    public void unpause() {
        Requests.answer("resuming " + name, () -> client.unpauseContainerCmd(id).exec());
    }

    /**
     * Runs a command inside as the container's own user and waits for it.
     *
     * @throws EngineException if it is still running after the limit
     */
    public ExecResult exec(Duration limit, String... command) {
        return exec(limit, client.execCreateCmd(id), command);
    }

    /** As {@link #exec}, as root with the kernel's capabilities: for what the container's own user must not do. */
    public ExecResult execPrivileged(Duration limit, String... command) {
        return HostNamespace.ofThisHost()
                .run(id, firstProcess(), limit, command)
                .orElseGet(() -> execPrivilegedByEngine(limit, command));
    }

    /** As {@link #execPrivileged}, in its network alone: with this machine's programs, where that can be, else with its own. */
    public ExecResult execInNetwork(Duration limit, String... command) {
        return HostNamespace.ofThisHost()
                .runInNetwork(id, firstProcess(), limit, command)
                .orElseGet(() -> execPrivilegedByEngine(limit, command));
    }

    /**
     * Starts a program of this machine in its network, which goes on after this process.
     *
     * @param command made of the id of the container's first process on this machine
     * @return whether it could be started from here
     */
    public boolean launchInNetwork(LongFunction<List<String>> command) {
        long pid = firstProcess();
        return HostNamespace.ofThisHost().launchInNetwork(id, pid, command.apply(pid));
    }

    /** Its id on the engine's machine; 0 if it does not run. */
    private long firstProcess() {
        Long pid = Requests.answer(
                        "the state of " + name,
                        () -> client.inspectContainerCmd(id).exec())
                .getState()
                .getPidLong();
        return pid == null ? 0 : pid;
    }

    private ExecResult execPrivilegedByEngine(Duration limit, String... command) {
        return exec(limit, client.execCreateCmd(id).withUser("root").withPrivileged(true), command);
    }

    private ExecResult exec(Duration limit, ExecCreateCmd create, String... command) {
        return Requests.answer("`" + String.join(" ", command) + "` in " + name, () -> {
            String exec = create.withAttachStdout(true)
                    .withAttachStderr(true)
                    .withCmd(command)
                    .exec()
                    .getId();
            Output output = new Output();
            try {
                if (!client.execStartCmd(exec).exec(output).awaitCompletion(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                    throw new EngineException("`" + String.join(" ", command) + "` in " + name
                            + " was expected to end within " + limit.toSeconds() + " s and still runs");
                }
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                throw new EngineException("interrupted while a command ran in " + name, interrupted);
            }
            return new ExecResult(exitCode(exec), output.stdout(), output.stderr());
        });
    }

    /**
     * The engine closes a command's streams before it writes the exit code down (moby issue 19607): whoever looks in between finds
     * the command running. Each look is a request, of a millisecond or so.
     */
    private long exitCode(String exec) {
        for (int look = 0; look < EXIT_CODE_LOOKS; look++) {
            InspectExecResponse found = client.inspectExecCmd(exec).exec();
            if (found.getExitCodeLong() != null) {
                return found.getExitCodeLong();
            }
            if (!found.isRunning()) {
                break;
            }
        }
        return NO_EXIT_CODE;
    }

    /** Reads every file of a folder inside, whether the container runs or not; none if there is no such folder. */
    public void readFiles(String folder, FileReader reader) {
        ContainerFiles.read(client, id, folder, reader);
    }

    /** Writes a file or folder inside as a tar archive, owners and all, whether the container runs or not. */
    public void archive(String path, OutputStream to) throws IOException {
        try (InputStream tar = Requests.answer(
                path, () -> client.copyArchiveFromContainerCmd(id, path).exec())) {
            tar.transferTo(to);
        }
    }

    /** The processes inside, as {@code ps} on the host prints them: a row of titles, then a row for each. */
    public List<List<String>> processes() {
        TopContainerResponse top = Requests.answer(
                "the processes of " + name,
                () -> client.topContainerCmd(id)
                        .withPsArgs("-o pid,ppid,user,pcpu,rss,etime,args")
                        .exec());
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of(top.getTitles()));
        for (String[] process : top.getProcesses()) {
            rows.add(List.of(process));
        }
        return rows;
    }

    /** The newest lines that the container printed, oldest first. */
    public List<String> lastLogLines(int count) {
        return printed(
                client.logContainerCmd(id).withStdOut(true).withStdErr(true).withTail(count));
    }

    /** What the container printed on its standard error stream since then; engines know that to the second. */
    public List<String> errorLinesSince(Instant since) {
        return printed(client.logContainerCmd(id).withStdErr(true).withSince(Math.toIntExact(since.getEpochSecond())));
    }

    private List<String> printed(LogContainerCmd wanted) {
        return Requests.answer("the log of " + name, () -> {
            Output output = new Output();
            try {
                wanted.exec(output).awaitCompletion(10, TimeUnit.SECONDS);
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
            return output.all().lines().toList();
        });
    }

    /**
     * Hands over each line that the container printed on its standard output since then, and from now on, until closed or
     * until the container ends. What it printed in the second before may be handed over too.
     */
    public AutoCloseable followOutput(Instant since, Consumer<String> line) {
        return Streams.lines(client, id, false, since, line);
    }

    /** Hands over everything printed so far and from now on, both streams, until closed. */
    public AutoCloseable followLog(Consumer<String> line) {
        return Streams.lines(client, id, true, Instant.EPOCH, line);
    }

    /** Hands over the container's counters about once a second while it runs, until closed. */
    public AutoCloseable usage(Consumer<ContainerUsage> listener) {
        return Streams.usage(client, id, listener);
    }
}
