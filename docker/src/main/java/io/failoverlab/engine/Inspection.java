package io.failoverlab.engine;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.command.InspectExecResponse;
import com.github.dockerjava.api.exception.ConflictException;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.Capability;
import com.github.dockerjava.api.model.Container;
import com.github.dockerjava.api.model.Device;
import com.github.dockerjava.api.model.ExposedPort;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.Info;
import com.github.dockerjava.api.model.Ports;
import com.github.dockerjava.api.model.RestartPolicy;
import com.github.dockerjava.api.model.SwarmInfo;
import io.failoverlab.audit.ContainerFacts;
import io.failoverlab.audit.EngineFacts;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** What the engine tells of itself and of the lab's containers, for an audit. */
public final class Inspection {
    private static final String INACTIVE = "inactive";
    private static final int LONGEST_COMMAND = 200;

    private final DockerClient client;

    Inspection(DockerClient client) {
        this.client = client;
    }

    public EngineFacts engine() {
        Info info = Requests.answer("its security", () -> client.infoCmd().exec());
        List<String> options = Optional.ofNullable(info.getSecurityOptions()).orElse(List.of());
        boolean swarm = Optional.ofNullable(info.getSwarm())
                .map(SwarmInfo::getLocalNodeState)
                .filter(state -> !INACTIVE.equalsIgnoreCase(state.toString()))
                .isPresent();
        return new EngineFacts(swarm, has(options, "apparmor"), has(options, "selinux"));
    }

    private static boolean has(List<String> options, String name) {
        return options.stream().anyMatch(option -> option.equals(name) || option.startsWith("name=" + name));
    }

    /** Every container of any lab on this engine, running or not, by name. */
    public List<ContainerFacts> containers() {
        List<Container> found = Requests.answer(
                "its containers",
                () -> client.listContainersCmd()
                        .withShowAll(true)
                        .withLabelFilter(List.of(Owner.RUN_LABEL))
                        .exec());
        return found.stream()
                .map(Container::getId)
                .flatMap(id -> facts(id).stream())
                .sorted(java.util.Comparator.comparing(ContainerFacts::name))
                .toList();
    }

    /** Empty if it has gone meanwhile. */
    private Optional<ContainerFacts> facts(String id) {
        return Requests.answer("the configuration of " + id, () -> {
            try {
                return Optional.of(facts(client.inspectContainerCmd(id).exec()));
            } catch (NotFoundException gone) {
                return Optional.empty();
            }
        });
    }

    private ContainerFacts facts(InspectContainerResponse inspected) {
        HostConfig host = inspected.getHostConfig();
        RestartPolicy restart = host.getRestartPolicy();
        boolean running = Boolean.TRUE.equals(inspected.getState().getRunning());
        return new ContainerFacts(
                name(inspected),
                rights(inspected),
                namespaces(inspected),
                new ContainerFacts.Limits(
                        number(host.getMemory()),
                        number(host.getNanoCPUs()),
                        number(host.getCpuShares()),
                        number(host.getPidsLimit())),
                mounts(inspected),
                ports(host),
                running ? processes(inspected.getId()) : List.of(),
                restart == null || restart.getName() == null ? "" : restart.getName(),
                restart == null || restart.getMaximumRetryCount() == null ? 0 : restart.getMaximumRetryCount(),
                inspected.getConfig().getHealthcheck() != null,
                text(host.getCgroupParent()),
                privilegedCommands(inspected));
    }

    private static String name(InspectContainerResponse inspected) {
        Map<String, String> labels = inspected.getConfig().getLabels();
        String label = labels == null ? null : labels.get(LabContainers.NAME_LABEL);
        return label != null ? label : inspected.getName().replaceFirst("^/", "");
    }

    private static ContainerFacts.Rights rights(InspectContainerResponse inspected) {
        HostConfig host = inspected.getHostConfig();
        Object profile = inspected.getRawValues().get("AppArmorProfile");
        return new ContainerFacts.Rights(
                Boolean.TRUE.equals(host.getPrivileged()),
                names(host.getCapAdd()),
                names(host.getCapDrop()),
                Optional.ofNullable(host.getSecurityOpts()).orElse(List.of()),
                profile == null ? "" : profile.toString(),
                Boolean.TRUE.equals(host.getReadonlyRootfs()),
                of(host.getDevices()).map(Device::getPathOnHost).toList());
    }

    private static List<String> names(Capability[] capabilities) {
        return of(capabilities).map(Capability::name).toList();
    }

    private static ContainerFacts.Namespaces namespaces(InspectContainerResponse inspected) {
        HostConfig host = inspected.getHostConfig();
        return new ContainerFacts.Namespaces(
                text(host.getNetworkMode()),
                List.copyOf(inspected.getNetworkSettings().getNetworks().keySet()),
                text(host.getPidMode()),
                text(host.getIpcMode()),
                text(host.getUtSMode()),
                text(host.getUsernsMode()));
    }

    /** The client's own type of a mount knows neither what kind it is nor how it spreads. */
    private static List<ContainerFacts.Mount> mounts(InspectContainerResponse inspected) {
        if (!(inspected.getRawValues().get("Mounts") instanceof List<?> mounts)) {
            return List.of();
        }
        return mounts.stream()
                .filter(Map.class::isInstance)
                .map(mount -> (Map<?, ?>) mount)
                .map(mount -> new ContainerFacts.Mount(
                        Objects.toString(mount.get("Source"), ""),
                        Objects.toString(mount.get("Destination"), ""),
                        "bind".equals(mount.get("Type")),
                        Boolean.TRUE.equals(mount.get("RW")),
                        Objects.toString(mount.get("Propagation"), "")))
                .toList();
    }

    private static List<ContainerFacts.Port> ports(HostConfig host) {
        List<ContainerFacts.Port> found = new ArrayList<>();
        if (host.getPortBindings() != null) {
            host.getPortBindings()
                    .getBindings()
                    .forEach((port, bindings) -> of(bindings).forEach(binding -> found.add(port(port, binding))));
        }
        return found;
    }

    /** A binding without a port takes any free one. */
    private static ContainerFacts.Port port(ExposedPort port, Ports.Binding binding) {
        String onHost = text(binding.getHostPortSpec()).replaceFirst("-.*", "");
        return new ContainerFacts.Port(
                text(binding.getHostIp()), onHost.isEmpty() ? 0 : Integer.parseInt(onHost), port.getPort());
    }

    private List<String> processes(String id) {
        try {
            return Arrays.stream(client.topContainerCmd(id)
                            .withPsArgs("-o pid,args")
                            .exec()
                            .getProcesses())
                    .map(row -> row[row.length - 1])
                    .toList();
        } catch (ConflictException | NotFoundException ended) {
            return List.of();
        }
    }

    private List<String> privilegedCommands(InspectContainerResponse inspected) {
        List<String> ids = Optional.ofNullable(inspected.getExecIds()).orElse(List.of());
        return ids.stream().flatMap(id -> privilegedCommand(id).stream()).toList();
    }

    private Optional<String> privilegedCommand(String id) {
        try {
            InspectExecResponse.ProcessConfig process =
                    client.inspectExecCmd(id).exec().getProcessConfig();
            if (process == null || !Boolean.TRUE.equals(process.isPrivileged())) {
                return Optional.empty();
            }
            List<String> words =
                    new ArrayList<>(Optional.ofNullable(process.getArguments()).orElse(List.of()));
            String shell = text(process.getEntryPoint());
            // The line that a shell was given says what it did.
            String line = shell.equals("sh") ? words.getLast() : shell + " " + String.join(" ", words);
            return Optional.of(line.length() > LONGEST_COMMAND ? line.substring(0, LONGEST_COMMAND) + "…" : line);
        } catch (NotFoundException ended) {
            return Optional.empty();
        }
    }

    private static <T> Stream<T> of(T[] values) {
        return values == null ? Stream.empty() : Arrays.stream(values);
    }

    private static long number(Number value) {
        return value == null ? 0 : value.longValue();
    }

    private static String text(String value) {
        return value == null ? "" : value;
    }
}
