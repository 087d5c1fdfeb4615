package io.failoverlab.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.failoverlab.clock.LabScheduler;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class RelayTest {
    private static final Instant NOW = Instant.parse("2026-11-28T08:00:00Z");

    private final LabScheduler scheduler = new LabScheduler(failure -> {});

    @AfterEach
    void end() {
        scheduler.close();
    }

    @Test
    void nothingOvertakesWhatCameBeforeIt() {
        Delay delay = new Delay(Duration.ofMillis(200), Duration.ofMillis(50));

        assertThat(delay.due(NOW, Instant.MIN, () -> 0.5)).isEqualTo(NOW.plusMillis(200));
        assertThat(delay.due(NOW, Instant.MIN, () -> 0)).isEqualTo(NOW.plusMillis(150));
        assertThat(delay.due(NOW, Instant.MIN, () -> 1)).isEqualTo(NOW.plusMillis(250));
        assertThat(delay.due(NOW, NOW.plusMillis(230), () -> 0)).isEqualTo(NOW.plusMillis(230));
        assertThat(Delay.NONE.due(NOW, Instant.MIN, () -> 0)).isEqualTo(NOW);
    }

    @Test
    void aRouteIsReadAsItIsWritten() {
        Relay.Route route = new Relay.Route(61_001, new InetSocketAddress("10.0.10.10", 8080));

        assertThat(route).hasToString("61001=10.0.10.10:8080");
        assertThat(Relay.Route.parse("61001=10.0.10.10:8080")).isEqualTo(route);
    }

    @Test
    void everyByteComesThroughAndComesLate() throws IOException {
        byte[] sent = new byte[300_000];
        new Random(1).nextBytes(sent);
        try (ServerSocket echo = echo();
                Relay relay = relay(echo, Duration.ofMillis(200));
                Socket client = client(relay)) {
            Instant begun = scheduler.instant();
            Thread writing = Thread.ofVirtual().start(() -> write(client, sent));
            byte[] received = client.getInputStream().readNBytes(sent.length);

            assertThat(Duration.between(begun, scheduler.instant())).isGreaterThanOrEqualTo(Duration.ofMillis(200));
            assertThat(Arrays.equals(received, sent)).isTrue();
            await().until(() -> !writing.isAlive());
            client.shutdownOutput();
            assertThat(client.getInputStream().read())
                    .as("the end comes through, too")
                    .isEqualTo(-1);
        }
    }

    @Test
    void whatIsHeldBackWhenItEndsComesAtOnceAndThenTheConnectionEnds() throws Exception {
        try (ServerSocket echo = echo();
                Relay relay = relay(echo, Duration.ofHours(1));
                Socket client = client(relay)) {
            client.getOutputStream().write(7);
            await().until(() -> relay.connections() == 1);
            Thread ending = Thread.ofVirtual().start(relay::close);

            assertThat(client.getInputStream().read()).isEqualTo(7);
            assertThat(client.getInputStream().read()).isEqualTo(-1);
            ending.join();
        }
    }

    @Test
    void whereNobodyListensTheConnectionIsReset() throws IOException {
        int nobody;
        try (ServerSocket closed = new ServerSocket(0)) {
            nobody = closed.getLocalPort();
        }
        Relay.Route route = new Relay.Route(0, new InetSocketAddress(InetAddress.getLoopbackAddress(), nobody));
        try (Relay relay = Relay.open(List.of(route), Duration.ZERO, Duration.ZERO, scheduler);
                Socket client = client(relay)) {
            client.setSoTimeout(10_000);
            assertThat(read(client)).isEqualTo("reset");
        }
    }

    private static String read(Socket client) {
        try {
            return client.getInputStream().read() < 0 ? "end" : "a byte";
        } catch (IOException reset) {
            return "reset";
        }
    }

    private static void write(Socket client, byte[] bytes) {
        try {
            client.getOutputStream().write(bytes);
        } catch (IOException broken) {
            throw new IllegalStateException(broken);
        }
    }

    private Relay relay(ServerSocket server, Duration delay) {
        Relay.Route route =
                new Relay.Route(0, new InetSocketAddress(InetAddress.getLoopbackAddress(), server.getLocalPort()));
        return Relay.open(List.of(route), delay, Duration.ZERO, scheduler);
    }

    private static Socket client(Relay relay) throws IOException {
        return new Socket(InetAddress.getLoopbackAddress(), relay.ports().getFirst());
    }

    private static ServerSocket echo() throws IOException {
        ServerSocket server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(() -> {
            while (!server.isClosed()) {
                try (Socket client = server.accept()) {
                    client.getInputStream().transferTo(client.getOutputStream());
                } catch (IOException closed) {
                    // the loop's condition tells
                }
            }
        });
        return server;
    }
}
