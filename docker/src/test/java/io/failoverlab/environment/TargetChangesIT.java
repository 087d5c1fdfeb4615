package io.failoverlab.environment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.failoverlab.telemetry.StackEvent;
import io.failoverlab.topology.Cidr;
import io.failoverlab.topology.TopologyFile;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.core5.http.io.entity.StringEntity;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Targets come and go while clients keep their connections: none of them sees anything of it, whether requests are repeated or not. */
class TargetChangesIT {
    private static final String RUN = "changes-it-" + ProcessHandle.current().pid();
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final int CHANGES = 20;

    @TempDir
    private Path folder;

    private final RecordedMetrics metrics = new RecordedMetrics();

    @ParameterizedTest
    @ValueSource(strings = {"idempotent", "alb"})
    void twentyChangesCostNoRequest(String retry) throws Exception {
        CountingClient client = new CountingClient(8);
        try (StackBench bench = StackBench.open(RUN);
                Environment stack = up(bench, retry)) {
            CompletableFuture<Void> changing = CompletableFuture.runAsync(
                    () -> {
                        for (int done = 0; done < CHANGES; done += 2) {
                            stack.fleet().deregister("web-1a");
                            await().atMost(LIMIT).until(() -> !latest().contains("web-1a"));
                            stack.fleet().register("web-1a");
                            await().atMost(LIMIT).until(() -> latest().contains("web-1a"));
                        }
                    },
                    task -> Thread.ofVirtual().start(task));
            while (!changing.isDone()) {
                client.send(100, i -> request(stack.service(), i));
            }
            changing.get();
            assertThat(stack.awaitInService(LIMIT, waiting -> {})).isTrue();
        } finally {
            client.close();
        }

        assertThat(rotations()).hasSizeGreaterThanOrEqualTo(CHANGES);
        assertThat(client.failures()).isEmpty();
        assertThat(client.statuses()).containsOnlyKeys(200);
        assertThat(client.total()).isGreaterThanOrEqualTo(CHANGES);
    }

    /** One in five is an order, which has no key. */
    private static HttpUriRequestBase request(URI service, int number) {
        if (number % 5 != 0) {
            return new HttpGet(service.resolve("/api/items/1"));
        }
        HttpPost order = new HttpPost(service.resolve("/api/orders"));
        order.setEntity(new StringEntity("{}"));
        return order;
    }

    /** Whom nginx was seen serving, one after the other. */
    private List<List<String>> rotations() {
        return metrics.events().stream()
                .filter(StackEvent.RotationChanged.class::isInstance)
                .map(event -> ((StackEvent.RotationChanged) event).targets())
                .toList();
    }

    private List<String> latest() {
        return rotations().getLast();
    }

    private Environment up(StackBench bench, String retry) {
        String topology = "{name: changes, load-balancer: {retry: %s}}".formatted(retry);
        return Launch.up(bench.planOfSmallServers(
                TopologyFile.parse("changes.yaml", topology).withBase(Cidr.parse("10.77.0.0/16")), folder, metrics));
    }
}
