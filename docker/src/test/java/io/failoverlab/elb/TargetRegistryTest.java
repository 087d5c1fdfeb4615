package io.failoverlab.elb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import io.failoverlab.clock.LabScheduler;
import io.failoverlab.telemetry.Measurement;
import io.failoverlab.telemetry.StackEvent;
import io.failoverlab.telemetry.Telemetry;
import io.failoverlab.topology.LoadBalancer;
import io.failoverlab.topology.Timing;
import io.failoverlab.topology.TopologyFile;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How soon a newcomer is checked again, at a target that answers with 503 to its first check. */
class TargetRegistryTest {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    @TempDir
    private Path folder;

    private final LabScheduler scheduler = new LabScheduler(failure -> {});
    private final AtomicInteger asked = new AtomicInteger();
    private HttpServer server;

    @BeforeEach
    void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/healthz", exchange -> {
            exchange.sendResponseHeaders(asked.incrementAndGet() == 1 ? 503 : 200, -1);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void close() {
        server.stop(0);
        scheduler.close();
    }

    @Test
    void byTheLabsClocksItIsCheckedWithoutPauseUntilItPasses() {
        try (TargetRegistry registry = registry(Timing.LAB)) {
            Target target = target();
            registry.register(target);
            await().atMost(LIMIT).until(() -> registry.health().get(target).state() == TargetState.HEALTHY);
        }
        assertThat(asked).hasValueGreaterThanOrEqualTo(2);
    }

    @Test
    void byAwssClocksItWaitsForItsNextCheck() {
        try (TargetRegistry registry = registry(new Timing(Timing.Clocks.AWS, 1))) {
            Target target = target();
            Instant before = scheduler.instant();
            registry.register(target);
            await().atMost(LIMIT)
                    .until(() -> registry.health().get(target).reasonCode().equals("Elb.InitialHealthChecking"));

            assertThat(registry.nextCheck(target.name(), scheduler.instant()).orElseThrow())
                    .isAfterOrEqualTo(before.plus(Duration.ofSeconds(30)));
            assertThat(asked).hasValue(1);
        }
    }

    @Test
    void oneOfALaunchIsCheckedWithoutPauseByAnyClocks() {
        try (TargetRegistry registry = registry(new Timing(Timing.Clocks.AWS, 1))) {
            Target target = target();
            registry.registerStarting(target);
            await().atMost(LIMIT).until(() -> registry.health().get(target).state() == TargetState.HEALTHY);
        }
    }

    private Target target() {
        return new Target(
                "web-1a",
                "i-1",
                "ap-northeast-1a",
                "127.0.0.1",
                server.getAddress().getPort());
    }

    private TargetRegistry registry(Timing timing) {
        LoadBalancer model = TopologyFile.parse("registry.yaml", "name: registry")
                .withTiming(timing)
                .loadBalancer();
        Deaf telemetry = new Deaf();
        NginxProcess notUp = new NginxProcess(folder, model, List.of("127.0.0.1"), "127.0.0.1", scheduler, telemetry);
        return new TargetRegistry(
                notUp, model, new HealthProbe(model.healthCheck(), false), scheduler, telemetry, () -> {});
    }

    private static final class Deaf implements Telemetry {
        @Override
        public void measured(List<Measurement> measurements) {}

        @Override
        public void happened(StackEvent event) {}
    }
}
