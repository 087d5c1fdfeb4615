package io.failoverlab.engine;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.CreateContainerCmd;
import com.github.dockerjava.api.model.AccessMode;
import com.github.dockerjava.api.model.Bind;
import com.github.dockerjava.api.model.Capability;
import com.github.dockerjava.api.model.ContainerNetwork;
import com.github.dockerjava.api.model.ExposedPort;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.PortBinding;
import com.github.dockerjava.api.model.Ports;
import com.github.dockerjava.api.model.Volume;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.mysql.MySQLContainer;
import org.testcontainers.nginx.NginxContainer;
import org.testcontainers.utility.DockerImageName;

/**
 * Starts containers through Testcontainers. A Testcontainers container joins one network; the others are attached
 * between creation and start, so that the first process sees all its interfaces.
 */
final class LabContainers {
    static final String NAME_LABEL = "io.failoverlab.name";

    private LabContainers() {}

    static void start(ContainerSpec spec, Owner owner, DockerClient client) {
        Hook hook = new Hook(spec, owner, client);
        DockerImageName image = DockerImageName.parse(spec.image());
        GenericContainer<?> container = switch (spec.kind()) {
            case APPLICATION -> new Application(image, hook);
            case LOAD_BALANCER -> new Balancer(image.asCompatibleSubstituteFor("nginx"), hook);
            case DATABASE -> new Database(image.asCompatibleSubstituteFor("mysql"), hook);
        };
        // Testcontainers would publish what its types expose, and wait until it can be reached from outside.
        container.setExposedPorts(List.of());
        container.withStartupAttempts(1);
        container.withCreateContainerCmdModifier(hook::shape);
        container.start();
    }

    /** What the three types have in common. */
    private record Hook(ContainerSpec spec, Owner owner, DockerClient client) {

        void shape(CreateContainerCmd command) {
            Map<String, String> labels = new HashMap<>(command.getLabels() == null ? Map.of() : command.getLabels());
            labels.putAll(owner.labels());
            labels.putAll(spec.labels());
            labels.put(NAME_LABEL, spec.name());
            ContainerSpec.Attachment primary = spec.attachments().getFirst();
            command.withName(Engine.objectName(owner, spec.name()))
                    .withHostName(spec.name())
                    .withLabels(labels)
                    .withEnv(spec.environment().entrySet().stream()
                            .map(variable -> variable.getKey() + "=" + variable.getValue())
                            .sorted()
                            .toList())
                    .withCmd(spec.command())
                    .withIpv4Address(primary.address())
                    .withHostConfig(hostConfig().withNetworkMode(Engine.objectName(owner, primary.network())));
            if (!spec.entrypoint().isEmpty()) {
                command.withEntrypoint(spec.entrypoint());
            }
        }

        private HostConfig hostConfig() {
            Ports ports = new Ports();
            spec.publication()
                    .ifPresent(publication -> ports.add(new PortBinding(
                            Ports.Binding.bindIpAndPort("127.0.0.1", publication.hostPort()),
                            ExposedPort.tcp(publication.containerPort()))));
            return new HostConfig()
                    .withPortBindings(ports)
                    .withPublishAllPorts(false)
                    .withNanoCPUs((long) (spec.limits().cpus() * 1e9))
                    .withMemory(spec.limits().memoryBytes())
                    .withMemorySwap(spec.limits().memoryBytes())
                    .withPidsLimit(spec.limits().pids())
                    .withReadonlyRootfs(true)
                    .withCapDrop(Capability.ALL)
                    .withSecurityOpts(List.of("no-new-privileges"))
                    .withTmpFs(spec.tmpfs().stream()
                            .collect(Collectors.toMap(path -> path, path -> "rw,nosuid,nodev,mode=1777,size=64m")))
                    .withBinds(Stream.concat(
                                    spec.mounts().stream()
                                            .map(mount -> new Bind(
                                                    mount.folder()
                                                            .toAbsolutePath()
                                                            .toString(),
                                                    new Volume(mount.path()),
                                                    AccessMode.ro)),
                                    spec.volumes().stream()
                                            .map(volume -> new Bind(
                                                    Engine.objectName(owner, volume.name()),
                                                    new Volume(volume.path()),
                                                    AccessMode.rw)))
                            .toList());
        }

        void attachFurtherNetworks(String containerId) {
            spec.attachments().stream()
                    .skip(1)
                    .forEach(attachment -> client.connectToNetworkCmd()
                            .withContainerId(containerId)
                            .withNetworkId(Engine.objectName(owner, attachment.network()))
                            .withContainerNetwork(new ContainerNetwork()
                                    .withIpamConfig(new ContainerNetwork.Ipam().withIpv4Address(attachment.address()))
                                    .withIpv4Address(attachment.address()))
                            .exec());
        }
    }

    private static final class Application extends GenericContainer<Application> {
        private final Hook hook;

        Application(DockerImageName image, Hook hook) {
            super(image);
            this.hook = hook;
        }

        @Override
        protected void containerIsCreated(String containerId) {
            hook.attachFurtherNetworks(containerId);
        }

        @Override
        protected void waitUntilContainerStarted() {
            // readiness is the target group's decision
        }
    }

    private static final class Balancer extends NginxContainer {
        private final Hook hook;

        Balancer(DockerImageName image, Hook hook) {
            super(image);
            this.hook = hook;
        }

        @Override
        protected void containerIsCreated(String containerId) {
            hook.attachFurtherNetworks(containerId);
        }

        @Override
        protected void waitUntilContainerStarted() {
            // the configuration it serves is checked by generation, not by port
        }
    }

    private static final class Database extends MySQLContainer {
        private final Hook hook;

        Database(DockerImageName image, Hook hook) {
            super(image);
            this.hook = hook;
        }

        @Override
        protected void containerIsCreated(String containerId) {
            hook.attachFurtherNetworks(containerId);
        }

        @Override
        public String getJdbcUrl() {
            return "jdbc:mysql://" + hook.spec().attachments().getFirst().address() + ":" + MYSQL_PORT;
        }

        @Override
        protected void waitUntilContainerStarted() {
            // its port is not published; the database instance waits on its own address
        }
    }
}
