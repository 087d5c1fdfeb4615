package io.failoverlab.simulation;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;

/**
 * The simulation, for a second, against a stand-in for the shop within this JVM. A cold JVM takes more than half a second
 * for its first requests, and would begin the load behind its schedule; afterwards all its code has run once.
 */
final class Rehearsal {
    private static final int RATE = 200;
    private static final int OK = 200;
    private static final int CREATED = 201;

    private Rehearsal() {}

    /** @param directory used for the time of the rehearsal, then removed */
    static void of(LoadSetup setup, Path directory, InstantSource clock) throws IOException {
        // Without it every answer waits 40 ms for the client's acknowledgement.
        System.setProperty("sun.net.httpserver.nodelay", "true");
        HttpServer shop = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            shop.setExecutor(threads);
            shop.createContext("/", Rehearsal::answer);
            shop.start();
            Files.createDirectories(directory);
            setup.rehearsedAt("http://127.0.0.1:" + shop.getAddress().getPort(), RATE)
                    .write(directory);
            System.setProperty(LoadSimulation.DIRECTORY_PROPERTY, directory.toString());
            new GatlingRun(directory, false, new LoadRecorder(clock), () -> {}).run(LoadSimulation.class, "rehearsal");
            shop.stop(0);
        } finally {
            remove(directory);
        }
    }

    private static void answer(HttpExchange exchange) throws IOException {
        String key = exchange.getRequestHeaders().getFirst(LoadSimulation.KEY_HEADER);
        boolean change = exchange.getRequestMethod().equals("PUT");
        String page = change ? "{\"version\":1}" : "<html></html>";
        String body = key == null ? page : "{\"id\":1,\"key\":\"" + key + "\"}";
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getRequestBody().readAllBytes();
        exchange.sendResponseHeaders(key == null ? OK : CREATED, bytes.length);
        try (exchange) {
            exchange.getResponseBody().write(bytes);
        }
    }

    private static void remove(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            files.sorted(Comparator.reverseOrder()).forEach(file -> {
                try {
                    Files.delete(file);
                } catch (IOException failed) {
                    throw new UncheckedIOException(failed);
                }
            });
        }
    }
}
