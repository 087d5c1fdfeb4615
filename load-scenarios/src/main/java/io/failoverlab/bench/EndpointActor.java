package io.failoverlab.bench;

import io.failoverlab.clock.LabScheduler;
import java.io.IOException;
import java.io.InputStream;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.Security;
import java.time.Duration;

/** What runs in the containers of {@link EndpointBench}: a server, a client that watches which of them a name leads to, and DNS. */
final class EndpointActor {
    static final int PORT = 3306;

    private static final int DNS_PORT = 53;
    private static final int LIMIT_MILLIS = 200;
    private static final Duration EVERY = Duration.ofMillis(5);

    private EndpointActor() {}

    public static void main(String[] arguments) throws IOException {
        switch (arguments[0]) {
            case "serve" -> serve(arguments[1]);
            case "watch" -> watch(arguments[1], arguments[2]);
            case "resolve" -> {
                try (DatagramSocket socket = new DatagramSocket(DNS_PORT)) {
                    NameServer.serve(socket, Path.of(arguments[1]), Integer.parseInt(arguments[2]));
                }
            }
            default -> throw new IllegalArgumentException("expected serve, watch or resolve, found " + arguments[0]);
        }
    }

    /** Tells everybody who it is. */
    private static void serve(String name) throws IOException {
        byte[] answer = name.getBytes(StandardCharsets.US_ASCII);
        try (ServerSocket socket = new ServerSocket(PORT)) {
            while (true) {
                try (Socket client = socket.accept()) {
                    client.getOutputStream().write(answer);
                } catch (IOException gone) {
                    // it asks again
                }
            }
        }
    }

    /** Connects by the name again and again, and prints when, in milliseconds, it was answered by another server than before. */
    private static void watch(String name, String cacheSeconds) {
        Security.setProperty("networkaddress.cache.ttl", cacheSeconds);
        Security.setProperty("networkaddress.cache.negative.ttl", "0");
        try (LabScheduler scheduler = new LabScheduler(failure -> {})) {
            String before = "";
            while (true) {
                String now = ask(name);
                if (!now.isEmpty() && !now.equals(before)) {
                    System.out.println(scheduler.instant().toEpochMilli() + " " + now);
                    before = now;
                }
                scheduler.pause(EVERY);
            }
        }
    }

    /** Empty if nobody answers. */
    private static String ask(String name) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(name, PORT), LIMIT_MILLIS);
            socket.setSoTimeout(LIMIT_MILLIS);
            InputStream answer = socket.getInputStream();
            return new String(answer.readAllBytes(), StandardCharsets.US_ASCII);
        } catch (IOException nobody) {
            return "";
        }
    }
}
