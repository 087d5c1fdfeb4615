package io.failoverlab.relay;

import io.failoverlab.clock.LabScheduler;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Passes TCP connections on to servers, and holds back what these answer. */
public final class Relay implements AutoCloseable {
    private static final Duration DRAIN_LIMIT = Duration.ofSeconds(5);
    private static final Duration LOOK = Duration.ofMillis(500);

    private final LabScheduler scheduler;
    private final List<ServerSocket> doors = new ArrayList<>();
    private final List<Thread> doorkeepers = new ArrayList<>();
    private final Set<RelayedConnection> connections = ConcurrentHashMap.newKeySet();
    private volatile Delay delay;

    private Relay(Delay delay, LabScheduler scheduler) {
        this.delay = delay;
        this.scheduler = scheduler;
    }

    /**
     * A port that is listened on, and who answers there.
     *
     * @param port 0 for any
     */
    public record Route(int port, InetSocketAddress server) {
        static Route parse(String text) {
            String[] parts = text.split("[=:]");
            return new Route(Integer.parseInt(parts[0]), new InetSocketAddress(parts[1], Integer.parseInt(parts[2])));
        }

        @Override
        public String toString() {
            return port + "=" + server.getHostString() + ":" + server.getPort();
        }
    }

    /**
     * Opens the ports.
     *
     * @throws UncheckedIOException if one of them is taken
     */
    public static Relay open(List<Route> routes, Duration delay, Duration jitter, LabScheduler scheduler) {
        Relay relay = new Relay(new Delay(delay, jitter), scheduler);
        routes.forEach(relay::open);
        return relay;
    }

    private void open(Route route) {
        try {
            ServerSocket door = new ServerSocket(route.port());
            doors.add(door);
            doorkeepers.add(Thread.ofVirtual().name("relay door").start(() -> accept(door, route.server())));
        } catch (IOException taken) {
            throw new UncheckedIOException("port " + route.port() + " could not be opened", taken);
        }
    }

    /** The ports that are open, in the order of the routes. */
    List<Integer> ports() {
        return doors.stream().map(ServerSocket::getLocalPort).toList();
    }

    private void accept(ServerSocket door, InetSocketAddress server) {
        while (!door.isClosed()) {
            try {
                Socket client = door.accept();
                RelayedConnection connection = new RelayedConnection(client, () -> delay, scheduler);
                connections.add(connection);
                Thread.ofVirtual().name("relay").start(() -> {
                    connection.relay(server);
                    connections.remove(connection);
                });
            } catch (IOException closed) {
                // the loop's condition tells
            }
        }
    }

    /** Nothing is late any more, and each connection ends once nobody waits for anything on it. */
    @Override
    public void close() {
        delay = Delay.NONE;
        for (ServerSocket door : doors) {
            try {
                door.close();
            } catch (IOException closed) {
                // it is closed, then
            }
        }
        // Whom they have just let in belongs to the connections that are to end.
        doorkeepers.forEach(Relay::awaitEnd);
        scheduler.await(DRAIN_LIMIT, () -> {
            connections.stream().filter(RelayedConnection::isIdle).forEach(RelayedConnection::close);
            return connections.isEmpty() ? Optional.of(true) : Optional.empty();
        });
        connections.forEach(RelayedConnection::close);
    }

    private static void awaitEnd(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** How many connections there are. */
    int connections() {
        return connections.size();
    }

    /**
     * Runs until the time is over or the instance has ended; then clients are led past it, and it closes.
     *
     * @param arguments delay and jitter in milliseconds, seconds until the end, id of the instance's first process, the line of the
     *     shell that leads clients past it, and the routes
     */
    public static void main(String[] arguments) throws IOException {
        LabScheduler scheduler = new LabScheduler(Throwable::printStackTrace);
        Relay relay = open(
                Arrays.stream(arguments).skip(5).map(Route::parse).toList(),
                millis(arguments[0]),
                millis(arguments[1]),
                scheduler);
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(relay::close));
        Instant end = scheduler.instant().plusSeconds(Long.parseLong(arguments[2]));
        ProcessHandle instance = ProcessHandle.of(Long.parseLong(arguments[3])).orElseThrow();
        while (instance.isAlive() && scheduler.instant().isBefore(end)) {
            scheduler.pause(LOOK);
        }
        new ProcessBuilder("sh", "-c", arguments[4])
                .inheritIO()
                .start()
                .onExit()
                .join();
        System.exit(0);
    }

    private static Duration millis(String text) {
        return Duration.ofMillis(Long.parseLong(text));
    }
}
