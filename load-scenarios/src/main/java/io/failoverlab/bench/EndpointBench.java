package io.failoverlab.bench;

import io.failoverlab.clock.LabScheduler;
import io.failoverlab.engine.ContainerSpec;
import io.failoverlab.engine.ContainerSpec.Attachment;
import io.failoverlab.engine.ContainerSpec.Mount;
import io.failoverlab.engine.Engine;
import io.failoverlab.engine.EngineContainer;
import io.failoverlab.engine.NetworkSpec;
import io.failoverlab.engine.Owner;
import io.failoverlab.environment.Leftovers;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * The ways to move a database's endpoint beside each other: a name that leads to one of two servers is moved from one to the other
 * and back, and two clients say when they were answered by the other one. No database takes part, and nothing fails: it is the
 * endpoint's phase of a failover alone.
 */
public final class EndpointBench implements AutoCloseable {
    /** How long the second client keeps an address; AWS advises 5 s at the most. */
    public static final Duration CACHE = Duration.ofSeconds(5);

    private static final String NAME = "db";
    private static final String HOME = "home";
    private static final String SERVICE = "service";
    private static final String HOME_BLOCK = "10.232.0.";
    private static final String SERVICE_BLOCK = "10.232.1.";
    private static final Attachment SERVED = new Attachment(SERVICE, SERVICE_BLOCK + 30);
    private static final Attachment DNS = new Attachment(HOME, HOME_BLOCK + 53);
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final ContainerSpec.Limits LIMITS = new ContainerSpec.Limits(1, 128L << 20, 64);

    /**
     * @param run its name, of nothing else
     * @param image with a Java runtime
     * @param folder that is there
     */
    public record Setup(Engine engine, LabScheduler scheduler, String run, String image, Path folder) {}

    private record Server(String name, int number, Attachment home, EngineContainer container) {
        /** On the other network, by an address that the other server does not get. */
        Attachment aliased() {
            return new Attachment(SERVICE, SERVICE_BLOCK + number);
        }
    }

    private record Watcher(EngineContainer container) {
        /** When it was answered by that server, and not by another since. */
        Optional<Instant> found(Server server, Instant after) {
            return container.lastLogLines(1).stream()
                    .map(line -> line.strip().split(" "))
                    .filter(line -> line.length == 2 && line[1].equals(server.name()))
                    .map(line -> Instant.ofEpochMilli(Long.parseLong(line[0])))
                    .filter(at -> !at.isBefore(after))
                    .findFirst();
        }
    }

    private final Setup setup;
    private final Owner owner;
    private final Path file;
    private final List<Server> servers;

    private EndpointBench(Setup setup, Owner owner) throws IOException {
        this.setup = setup;
        this.owner = owner;
        this.file = Files.createFile(setup.folder().resolve("address"));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        setup.engine().createNetwork(new NetworkSpec(HOME, HOME_BLOCK + "0/24", HOME_BLOCK + 1, true), owner);
        setup.engine().createNetwork(new NetworkSpec(SERVICE, SERVICE_BLOCK + "0/24", SERVICE_BLOCK + 1, true), owner);
        this.servers = List.of(server("db-1", 21), server("db-2", 22));
    }

    /** Starts the two servers. */
    public static EndpointBench up(Setup setup) throws IOException {
        Owner owner = Owner.ofThisProcess(setup.run());
        try {
            return new EndpointBench(setup, owner);
        } catch (IOException | RuntimeException failure) {
            new Leftovers(setup.engine()).removeRun(owner.run());
            throw failure;
        }
    }

    /**
     * Moves the name to and fro.
     *
     * @throws BenchFailed if a client does not find it within a minute
     */
    public void measure(EndpointWay way, int times, Consumer<EndpointMove> listener) throws IOException {
        Files.write(file, new byte[0]);
        Server from = servers.getFirst();
        lead(way, from);
        List<EngineContainer> started = new ArrayList<>();
        try {
            if (way == EndpointWay.DNS) {
                started.add(start(
                        "dns",
                        List.of(DNS),
                        List.of(new Mount(file, "/address")),
                        "resolve",
                        "/address",
                        Long.toString(CACHE.toSeconds())));
            }
            Watcher fresh = watcher(way, Duration.ZERO, started);
            Watcher caching = watcher(way, CACHE, started);
            await(fresh, from, Instant.EPOCH);
            await(caching, from, Instant.EPOCH);
            for (int move = 0; move < times; move++) {
                Server to = servers.get((move + 1) % 2);
                Instant begin = setup.scheduler().instant();
                lead(way, to);
                Duration took = Duration.between(begin, setup.scheduler().instant());
                listener.accept(new EndpointMove(
                        way,
                        took,
                        Duration.between(begin, await(fresh, to, begin)),
                        Duration.between(begin, await(caching, to, begin))));
            }
        } finally {
            started.forEach(EngineContainer::remove);
            servers.forEach(EndpointBench::unserve);
        }
    }

    private Instant await(Watcher watcher, Server server, Instant after) {
        // The watcher's clock counts in milliseconds.
        Instant from = after.minusMillis(1);
        return setup.scheduler()
                .await(LIMIT, () -> watcher.found(server, from))
                .orElseThrow(() -> new BenchFailed("expected a client to be led to " + server.name() + " within "
                        + LIMIT.toSeconds() + " s, found " + watcher.container().lastLogLines(3)));
    }

    private void lead(EndpointWay way, Server to) throws IOException {
        switch (way) {
            case HOSTS_FILE -> write(hosts(to.home().address()));
            case DNS -> write(padded(to.home().address()));
            case NETWORK_ALIAS -> {
                servers.forEach(EndpointBench::unserve);
                to.container().attach(List.of(to.aliased()), owner, NAME);
            }
            case ADDRESS -> {
                servers.forEach(EndpointBench::unserve);
                to.container().attach(List.of(SERVED), owner);
                write(hosts(SERVED.address()));
            }
        }
    }

    private static void unserve(Server server) {
        server.container().plugs().stream()
                .filter(plug -> plug.address().startsWith(SERVICE_BLOCK))
                .forEach(server.container()::unplug);
    }

    private static String hosts(String address) {
        return "127.0.0.1 localhost\n" + padded(address) + " " + NAME + "\n";
    }

    private static String padded(String address) {
        return String.format("%-15s", address);
    }

    /** In one write of the same length: whoever reads finds the old one or the new one. */
    private void write(String text) throws IOException {
        Files.writeString(file, text, StandardOpenOption.WRITE);
    }

    private Server server(String name, int number) {
        Attachment home = new Attachment(HOME, HOME_BLOCK + number);
        return new Server(name, number, home, start(name, List.of(home), List.of(), "serve", name));
    }

    private Watcher watcher(EndpointWay way, Duration cache, List<EngineContainer> started) throws IOException {
        String seconds = Long.toString(cache.toSeconds());
        int number = 10 + started.size();
        List<Mount> mounts = switch (way) {
            case HOSTS_FILE, ADDRESS -> List.of(new Mount(file, "/etc/hosts"));
            case DNS -> List.of(new Mount(resolver(), "/etc/resolv.conf"));
            case NETWORK_ALIAS -> List.of();
        };
        EngineContainer container = start(
                "client-" + seconds,
                List.of(new Attachment(HOME, HOME_BLOCK + number), new Attachment(SERVICE, SERVICE_BLOCK + number)),
                mounts,
                "watch",
                NAME,
                seconds);
        started.add(container);
        return new Watcher(container);
    }

    private Path resolver() throws IOException {
        Path resolver = Files.writeString(
                setup.folder().resolve("resolv.conf"), "nameserver " + DNS.address() + "\noptions timeout:1\n");
        return Files.setPosixFilePermissions(resolver, PosixFilePermissions.fromString("rw-r--r--"));
    }

    private EngineContainer start(String name, List<Attachment> places, List<Mount> mounts, String... arguments) {
        List<Path> classes = classes();
        List<Mount> all = new ArrayList<>(mounts);
        List<String> classPath = new ArrayList<>();
        for (Path each : classes) {
            classPath.add("/actor/" + classPath.size());
            all.add(new Mount(each, classPath.getLast()));
        }
        List<String> java = List.of(
                "java",
                "-Xmx32m",
                "-XX:+UseSerialGC",
                "-cp",
                String.join(":", classPath),
                EndpointActor.class.getName());
        return setup.engine()
                .start(
                        new ContainerSpec(
                                name,
                                ContainerSpec.Kind.APPLICATION,
                                setup.image(),
                                places,
                                java,
                                List.of(arguments),
                                Map.of(),
                                all,
                                List.of(),
                                LIMITS,
                                List.of("/tmp"),
                                Optional.empty(),
                                Map.of()),
                        owner);
    }

    /** Where this lab's own classes are that the actor needs. */
    private static List<Path> classes() {
        return Stream.of(EndpointActor.class, LabScheduler.class)
                .map(type -> {
                    try {
                        return Path.of(type.getProtectionDomain()
                                .getCodeSource()
                                .getLocation()
                                .toURI());
                    } catch (URISyntaxException impossible) {
                        throw new IllegalStateException(impossible);
                    }
                })
                .toList();
    }

    @Override
    public void close() {
        new Leftovers(setup.engine()).removeRun(owner.run());
    }
}
