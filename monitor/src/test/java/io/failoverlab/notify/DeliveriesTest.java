package io.failoverlab.notify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import io.prometheus.client.CollectorRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class DeliveriesTest {
    private final List<String> received = new CopyOnWriteArrayList<>();
    private final AtomicInteger failuresLeft = new AtomicInteger();
    private final List<Duration> delays = new CopyOnWriteArrayList<>();
    private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
    private final CloseableHttpClient client =
            HttpClients.custom().disableAutomaticRetries().build();
    private final CollectorRegistry registry = new CollectorRegistry();
    private final MemoryOutbox outbox = new MemoryOutbox();
    private HttpServer receiver;
    private Deliveries deliveries;

    /** One receiver's queue. */
    private static final class MemoryOutbox implements Outbox {
        private final List<Notification> waiting = new ArrayList<>();

        synchronized void add(long number, String body) {
            waiting.add(new Notification(number, body));
        }

        @Override
        public void register(String receiver) {}

        @Override
        public synchronized Optional<Notification> next(String receiver) {
            return waiting.stream().findFirst();
        }

        @Override
        public synchronized void delivered(String receiver, long number) {
            waiting.removeIf(notification -> notification.number() <= number);
        }

        synchronized boolean isEmpty() {
            return waiting.isEmpty();
        }
    }

    @BeforeEach
    void start() throws IOException {
        receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        receiver.createContext("/", exchange -> {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            received.add(body);
            exchange.sendResponseHeaders(failuresLeft.getAndDecrement() > 0 ? 503 : 204, -1);
            exchange.close();
        });
        receiver.start();
        URI url = URI.create("http://127.0.0.1:" + receiver.getAddress().getPort() + "/");
        Timer immediately = (delay, task) -> {
            delays.add(delay);
            executor.execute(task);
        };
        deliveries = new Deliveries(List.of(new Webhook(url, client)), outbox, executor, immediately, registry);
    }

    @AfterEach
    void stop() throws IOException {
        receiver.stop(0);
        executor.shutdownNow();
        client.close();
    }

    private double count(String metric) {
        return registry.getSampleValue(metric);
    }

    @Test
    void deliversInOrder() {
        outbox.add(1, "first");
        outbox.add(2, "second");
        deliveries.wake();
        await().until(outbox::isEmpty);
        assertThat(received).containsExactly("first", "second");
        assertThat(delays).isEmpty();
    }

    @Test
    void repeatsUntilItIsDeliveredWaitingTwiceAsLongEachTime() {
        failuresLeft.set(9);
        outbox.add(1, "first");
        outbox.add(2, "second");
        deliveries.wake();
        await().until(outbox::isEmpty);
        List<String> expected = new ArrayList<>(Collections.nCopies(10, "first"));
        expected.add("second");
        assertThat(received).isEqualTo(expected);
        assertThat(delays)
                .containsExactly(
                        Duration.ofMillis(250),
                        Duration.ofMillis(500),
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(2),
                        Duration.ofSeconds(4),
                        Duration.ofSeconds(8),
                        Duration.ofSeconds(16),
                        Duration.ofSeconds(30),
                        Duration.ofSeconds(30));
        assertThat(count("failoverlab_notification_failures_total")).isEqualTo(9);
        await().until(() -> count("failoverlab_notification_deliveries_total") == 2);
    }

    @Test
    void isWokenAgainAfterItWentIdle() {
        deliveries.wake();
        for (int i = 1; i <= 20; i++) {
            outbox.add(i, "message " + i);
            deliveries.wake();
            await().pollInterval(Duration.ofMillis(1)).until(outbox::isEmpty);
        }
        assertThat(received).hasSize(20);
    }

    @Test
    @Timeout(30)
    void aReceiverThatHangsHoldsUpNeitherTheCallerNorTheOthers() {
        CountDownLatch end = new CountDownLatch(1);
        Receiver hanging = new Receiver() {
            @Override
            public String name() {
                return "hanging";
            }

            @Override
            public void deliver(String message) throws IOException {
                try {
                    end.await();
                } catch (InterruptedException e) {
                    throw new IOException(e);
                }
            }
        };
        List<String> taken = new CopyOnWriteArrayList<>();
        Receiver quick = new Receiver() {
            @Override
            public String name() {
                return "quick";
            }

            @Override
            public void deliver(String message) {
                taken.add(message);
            }
        };
        outbox.add(1, "first");
        new Deliveries(List.of(hanging, quick), outbox, executor, (d, task) -> {}, new CollectorRegistry()).wake();
        await().untilAsserted(() -> assertThat(taken).containsExactly("first"));
        end.countDown();
    }
}
