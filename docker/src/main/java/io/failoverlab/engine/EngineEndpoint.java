package io.failoverlab.engine;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Where a container engine may listen on this machine. Asked before anything connects, since Testcontainers searches
 * for seconds and remembers a failure for the rest of the process.
 */
public final class EngineEndpoint {
    private static final Duration LIMIT = Duration.ofSeconds(3);
    private static final byte[] PING =
            "GET /_ping HTTP/1.0\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final int HTTP_PORT = 2375;
    private static final int HTTPS_PORT = 2376;

    /** What came of asking. */
    sealed interface Answer {
        /** An engine is there. */
        record Engine() implements Answer {}

        /** Nothing listens. */
        record Silence() implements Answer {}

        /** Something listens, but this user may not talk to it. */
        record Forbidden(Path socket) implements Answer {}
    }

    private final Optional<String> named;
    private final List<Path> sockets;

    private EngineEndpoint(Optional<String> named, List<Path> sockets) {
        this.named = named;
        this.sockets = sockets;
    }

    /** What {@code DOCKER_HOST} names, else the usual sockets of Docker, its desktop and its rootless forms. */
    public static EngineEndpoint ofThisProcess() {
        return of(System.getenv(), Path.of(System.getProperty("user.home")), Path.of("/var/run/docker.sock"));
    }

    static EngineEndpoint of(Map<String, String> environment, Path userHome, Path systemSocket) {
        List<Path> sockets = new ArrayList<>(List.of(systemSocket));
        Optional.ofNullable(environment.get("XDG_RUNTIME_DIR"))
                .ifPresent(folder -> sockets.add(Path.of(folder, "docker.sock")));
        sockets.add(userHome.resolve(".docker/run/docker.sock"));
        sockets.add(userHome.resolve(".docker/desktop/docker.sock"));
        String host = environment.get("DOCKER_HOST");
        return new EngineEndpoint(Optional.ofNullable(host).filter(name -> !name.isBlank()), sockets);
    }

    /** Whether an engine answers now. */
    public boolean answers() {
        return ask() instanceof Answer.Engine;
    }

    /** What {@code DOCKER_HOST} says, if it says something. */
    Optional<String> named() {
        return named;
    }

    Answer ask() {
        if (named.isPresent()) {
            return ask(URI.create(named.get()));
        }
        Answer last = new Answer.Silence();
        for (Path socket : sockets) {
            Answer answer = ask(socket);
            if (answer instanceof Answer.Engine) {
                return answer;
            }
            last = answer instanceof Answer.Forbidden ? answer : last;
        }
        return last;
    }

    private static Answer ask(URI host) {
        return switch (String.valueOf(host.getScheme())) {
            case "unix" -> ask(Path.of(host.getPath()));
            case "tcp", "http", "https" -> {
                int port = host.getPort() > 0 ? host.getPort() : HTTP_PORT;
                // An encrypted port says nothing to an unencrypted question: that it listens has to be enough.
                boolean encrypted = port == HTTPS_PORT || "https".equals(host.getScheme());
                yield ask(new InetSocketAddress(host.getHost(), port), encrypted)
                        ? new Answer.Engine()
                        : new Answer.Silence();
            }
            // ssh and the like: Testcontainers finds out.
            default -> new Answer.Engine();
        };
    }

    private static Answer ask(Path socket) {
        if (!Files.exists(socket)) {
            return new Answer.Silence();
        }
        if (!Files.isWritable(socket)) {
            return new Answer.Forbidden(socket);
        }
        return ask(UnixDomainSocketAddress.of(socket), false) ? new Answer.Engine() : new Answer.Silence();
    }

    private static boolean ask(SocketAddress address, boolean connectionIsEnough) {
        FutureTask<Boolean> question = new FutureTask<>(() -> connectionIsEnough ? connects(address) : pings(address));
        Thread.ofVirtual().name("engine ping").start(question);
        try {
            return question.get(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException noAnswer) {
            return false;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            question.cancel(true);
        }
    }

    private static boolean connects(SocketAddress address) throws IOException {
        try (SocketChannel channel = SocketChannel.open(address)) {
            return channel.isConnected();
        }
    }

    private static boolean pings(SocketAddress address) throws IOException {
        StandardProtocolFamily family =
                address instanceof UnixDomainSocketAddress ? StandardProtocolFamily.UNIX : StandardProtocolFamily.INET;
        try (SocketChannel channel = SocketChannel.open(family)) {
            channel.connect(address);
            channel.write(ByteBuffer.wrap(PING));
            ByteBuffer answer = ByteBuffer.allocate("HTTP/1.x 200".length());
            while (answer.hasRemaining() && channel.read(answer) >= 0) {
                // until the status is complete
            }
            return new String(answer.array(), StandardCharsets.US_ASCII).endsWith(" 200");
        }
    }
}
