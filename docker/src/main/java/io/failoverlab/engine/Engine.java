package io.failoverlab.engine;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.Container;
import com.github.dockerjava.api.model.ContainerConfig;
import com.github.dockerjava.api.model.Network;
import com.github.dockerjava.api.model.Version;
import io.failoverlab.clock.LabScheduler;
import java.io.InputStream;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.testcontainers.DockerClientFactory;

/**
 * The container engine of this machine. Everything it creates carries the {@link Owner}'s labels, and it changes
 * nothing that does not carry them. Every request but a stream is answered within {@link #REQUEST_LIMIT} or fails.
 */
public final class Engine {
    /** How long the engine may take to answer one request. */
    public static final Duration REQUEST_LIMIT = Duration.ofSeconds(30);

    private final DockerClient client;

    private Engine(DockerClient client) {
        this.client = client;
    }

    /**
     * Connects to the engine that Testcontainers finds: the one {@code DOCKER_HOST} names, or the usual socket's.
     *
     * @throws EngineException if none answers
     */
    public static Engine connect() {
        return Requests.answer("a connection", () -> {
            try {
                return new Engine(DockerClientFactory.instance().client());
            } catch (IllegalStateException none) {
                throw new EngineException(
                        "no container engine answers; start Docker, or run `lab doctor` to see what is missing", none);
            }
        });
    }

    /** The lab's own images on this engine. */
    public ContainerImages images(LabHome home, InstantSource clock) {
        return new ContainerImages(client, home, clock);
    }

    /**
     * What an image's own entry point and command are together: what starts its program.
     *
     * @throws EngineException if the engine does not have the image
     */
    public List<String> startCommand(String image) {
        return Requests.answer("the image " + image, () -> {
            try {
                ContainerConfig config = client.inspectImageCmd(image).exec().getConfig();
                return Stream.of(config.getEntrypoint(), config.getCmd())
                        .filter(words -> words != null)
                        .flatMap(Stream::of)
                        .toList();
            } catch (NotFoundException none) {
                throw new EngineException(
                        "expected the image " + image + " on this engine, found none; `docker pull " + image
                                + "` or `docker build -t " + image + " …` brings it there",
                        none);
            }
        });
    }

    /** What this engine tells of itself and of the lab's containers. */
    public Inspection inspection() {
        return new Inspection(client);
    }

    /** For the other parts of this package. */
    DockerClient client() {
        return client;
    }

    /** Name and version, such as {@code Docker 28.2.2 (API 1.50)}. */
    public String version() {
        Version version =
                Requests.answer("its version", () -> client.versionCmd().exec());
        return "Docker " + version.getVersion() + " (API " + version.getApiVersion() + ")";
    }

    /** The memory of the machine that the engine runs on, in bytes. */
    public long memoryBytes() {
        return Requests.answer("its memory", () -> client.infoCmd().exec().getMemTotal());
    }

    /** Creates a network of the owner's run. */
    public void createNetwork(NetworkSpec spec, Owner owner) {
        Requests.answer(
                "network " + spec.name(),
                () -> client.createNetworkCmd()
                        .withName(objectName(owner, spec.name()))
                        .withDriver("bridge")
                        .withInternal(spec.internal())
                        .withCheckDuplicate(true)
                        .withLabels(owner.labels())
                        .withIpam(new Network.Ipam()
                                .withConfig(new Network.Ipam.Config()
                                        .withSubnet(spec.cidr())
                                        .withGateway(spec.gateway())))
                        .exec());
    }

    /**
     * Creates a container with all its networks attached and starts it; returns as soon as its first process runs.
     *
     * @throws EngineException if the engine refuses it
     */
    public EngineContainer start(ContainerSpec spec, Owner owner) {
        return Requests.answer("container " + spec.name(), () -> {
            LabContainers.start(spec, owner, client);
            return find(owner.run(), spec.name())
                    .orElseThrow(() -> new EngineException("container " + spec.name() + " vanished while it started"));
        });
    }

    /** The container of that name in a run, running or not. */
    public Optional<EngineContainer> find(String run, String name) {
        return containers(run).stream()
                .filter(container -> container.name().equals(name))
                .findFirst();
    }

    /** All containers of a run, running or not, by name. */
    public List<EngineContainer> containers(String run) {
        List<Container> found = Requests.answer(
                "its containers",
                () -> client.listContainersCmd()
                        .withShowAll(true)
                        .withLabelFilter(Map.of(Owner.RUN_LABEL, run))
                        .exec());
        return found.stream()
                .filter(container -> container.getLabels().containsKey(LabContainers.NAME_LABEL))
                .map(container -> new EngineContainer(
                        client, container.getId(), container.getLabels().get(LabContainers.NAME_LABEL)))
                .sorted(java.util.Comparator.comparing(EngineContainer::name))
                .toList();
    }

    /**
     * Listens to what happens to the containers of a run, from now on, until closed.
     *
     * @param trouble told when the engine breaks off, after which it is asked again, or when the listener fails
     */
    public AutoCloseable events(
            String run, LabScheduler scheduler, Consumer<ContainerEvent> listener, Consumer<String> trouble) {
        return EventStream.open(
                (since, next, ended) -> Streams.events(client, run, since, next, ended), scheduler, listener, trouble);
    }

    /** Subnets of the engine's networks that no lab made, by network name. */
    public Map<String, List<String>> foreignSubnets() {
        Map<String, List<String>> subnets = new java.util.TreeMap<>();
        for (Network network :
                Requests.answer("its networks", () -> client.listNetworksCmd().exec())) {
            boolean ours = Owner.fromLabels(labelsOf(network)).isPresent();
            List<Network.Ipam.Config> configs =
                    network.getIpam() == null ? null : network.getIpam().getConfig();
            if (!ours && configs != null) {
                subnets.put(
                        network.getName(),
                        configs.stream()
                                .map(Network.Ipam.Config::getSubnet)
                                .filter(java.util.Objects::nonNull)
                                .toList());
            }
        }
        return subnets;
    }

    /**
     * Takes over a run whose owner is gone: labels stay as they were written, so a volume of that run carries the new
     * owner's.
     */
    public void takeOver(Owner owner) {
        Requests.answer(
                "a volume that says who owns the run",
                () -> client.createVolumeCmd()
                        .withName(objectName(owner, "owner-" + owner.pid()))
                        .withLabels(owner.labels())
                        .exec());
    }

    /** Creates a volume of the owner's run, which is removed with it; nothing happens if there is one of that name. */
    public void createVolume(String name, Owner owner) {
        Requests.answer(
                "volume " + name,
                () -> client.createVolumeCmd()
                        .withName(objectName(owner, name))
                        .withLabels(owner.labels())
                        .exec());
    }

    /**
     * As {@link #createVolume(String, Owner)}, in memory and with an end: what is written beyond it fails for want of space. A
     * container that does nothing keeps it while others stop and start.
     *
     * @param image that the container is made of
     */
    public void createVolume(String name, long bytes, String image, Owner owner) {
        Requests.answer(
                "volume " + name,
                () -> client.createVolumeCmd()
                        .withName(objectName(owner, name))
                        .withLabels(owner.labels())
                        .withDriver("local")
                        .withDriverOpts(Map.of("type", "tmpfs", "device", "tmpfs", "o", "size=" + bytes))
                        .exec());
        Requests.answer(
                "the keeper of volume " + name, () -> OneRun.keep(client, image, objectName(owner, name), owner));
    }

    /**
     * Gives a volume that has an end another one, also while it is in use.
     *
     * @throws EngineException if this engine cannot
     */
    public void resizeVolume(String name, long bytes, Owner owner) {
        ExecResult result = keeper(name, owner)
                .execPrivileged(REQUEST_LIMIT, "mount", "-o", "remount,rw,nosuid,nodev,size=" + bytes, OneRun.KEPT_AT);
        if (result.exitCode() != 0) {
            throw new EngineException("the volume " + name + " could not be resized: "
                    + result.stderr().strip());
        }
    }

    /**
     * Runs a command where a volume that has an end is kept.
     *
     * @param command for the path that it is mounted at there
     */
    public ExecResult askKeeper(String name, Owner owner, Function<String, String[]> command) {
        return keeper(name, owner).exec(REQUEST_LIMIT, command.apply(OneRun.KEPT_AT));
    }

    private EngineContainer keeper(String name, Owner owner) {
        String keeper = OneRun.keeperOf(objectName(owner, name));
        String id = Requests.answer(
                "the keeper of volume " + name,
                () -> client.inspectContainerCmd(keeper).exec().getId());
        return new EngineContainer(client, id, keeper);
    }

    /**
     * Puts files into a volume that nobody uses yet. Its owner is that of the path in the image.
     *
     * @param path where the image, and the containers that will use it, have the volume
     * @param tar an archive
     */
    public void fillVolume(String name, String image, String path, InputStream tar, Owner owner) {
        OneRun.fill(client, image, objectName(owner, name), path, tar, owner);
    }

    /** Removes a volume that has an end, which nothing may use any more; nothing happens if there is none. */
    public void removeVolume(String name, Owner owner) {
        String volume = objectName(owner, name);
        String keeper = OneRun.keeperOf(volume);
        remove(new Leftover(Leftover.Type.CONTAINER, keeper, keeper, owner));
        remove(new Leftover(Leftover.Type.VOLUME, volume, volume, owner));
    }

    /**
     * Runs a command in a container of its own, without a network, and removes it.
     *
     * @throws EngineException if it does not end within {@link #REQUEST_LIMIT}
     */
    public ExecResult runOnce(String image, Owner owner, String... command) {
        return OneRun.of(client, image, owner, command);
    }

    /** Names of the networks of a run that there are, as their {@link NetworkSpec} named them. */
    public List<String> networks(String run) {
        String prefix = "lab-" + run + "-";
        return labObjects().stream()
                .filter(object -> object.type() == Leftover.Type.NETWORK
                        && object.owner().run().equals(run))
                .map(object -> object.name().substring(prefix.length()))
                .toList();
    }

    /**
     * Everything on the engine that a lab made, containers first, so that removal in this order works. What belongs to a
     * run that was taken over is its new owner's.
     */
    public List<Leftover> labObjects() {
        return Leftover.ofLivingOwners(objectsAsLabelled());
    }

    private List<Leftover> objectsAsLabelled() {
        List<Leftover> found = new ArrayList<>();
        List<String> ours = List.of(Owner.RUN_LABEL);
        Requests.answer(
                        "its containers",
                        () -> client.listContainersCmd()
                                .withShowAll(true)
                                .withLabelFilter(ours)
                                .exec())
                .forEach(container -> Owner.fromLabels(container.getLabels())
                        .ifPresent(owner -> found.add(new Leftover(
                                Leftover.Type.CONTAINER,
                                container.getId(),
                                container.getNames()[0].substring(1),
                                owner))));
        Requests.answer("its networks", () -> client.listNetworksCmd().exec())
                .forEach(network -> Owner.fromLabels(labelsOf(network))
                        .ifPresent(owner -> found.add(
                                new Leftover(Leftover.Type.NETWORK, network.getId(), network.getName(), owner))));
        Stream.ofNullable(Requests.answer(
                                "its volumes", () -> client.listVolumesCmd().exec())
                        .getVolumes())
                .flatMap(List::stream)
                .filter(volume -> volume.getLabels() != null)
                .forEach(volume -> Owner.fromLabels(volume.getLabels())
                        .ifPresent(owner -> found.add(
                                new Leftover(Leftover.Type.VOLUME, volume.getName(), volume.getName(), owner))));
        return List.copyOf(found);
    }

    /** Removes one such object; no error if it is gone already. */
    public void remove(Leftover leftover) {
        try {
            Requests.answer("removal of " + leftover.name(), () -> switch (leftover.type()) {
                case CONTAINER ->
                    client.removeContainerCmd(leftover.id())
                            .withForce(true)
                            .withRemoveVolumes(true)
                            .exec();
                case NETWORK -> client.removeNetworkCmd(leftover.id()).exec();
                case VOLUME -> client.removeVolumeCmd(leftover.id()).exec();
            });
        } catch (EngineException failure) {
            if (!(failure.getCause() instanceof com.github.dockerjava.api.exception.NotFoundException)) {
                throw failure;
            }
        }
    }

    private static Map<String, String> labelsOf(Network network) {
        return network.getLabels() == null ? Map.of() : network.getLabels();
    }

    static String objectName(Owner owner, String name) {
        return "lab-" + owner.run() + "-" + name;
    }
}
