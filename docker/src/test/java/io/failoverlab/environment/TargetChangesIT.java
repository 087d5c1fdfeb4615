package io.failoverlab.environment;

import static org.assertj.core.api.Assertions.assertThat;

import io.failoverlab.topology.Cidr;
import io.failoverlab.topology.Topology;
import io.failoverlab.topology.TopologyFile;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Targets come and go while clients keep their connections: none of them sees anything of it. */
class TargetChangesIT {
    private static final String RUN = "changes-it-" + ProcessHandle.current().pid();
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final int CHANGES = 20;

    @TempDir
    private Path folder;

    private final RecordedMetrics metrics = new RecordedMetrics();

    @Test
    void twentyChangesInTwelveSecondsCostNoRequest() throws Exception {
        AtomicInteger changes = new AtomicInteger();
        CountingClient client = new CountingClient(8);
        try (StackBench bench = StackBench.open(RUN);
                Environment stack = up(bench)) {
            AutoCloseable changing = bench.scheduler().every(Duration.ofMillis(600), () -> change(stack, changes));
            while (changes.get() < CHANGES) {
                client.send(100, i -> new HttpGet(stack.service().resolve("/healthz")));
            }
            changing.close();
            stack.fleet().register("web-1a");
            assertThat(stack.awaitInService(LIMIT, waiting -> {})).isTrue();
        } finally {
            client.close();
        }

        assertThat(client.failures()).isEmpty();
        assertThat(client.statuses()).containsOnlyKeys(200);
    }

    private static void change(Environment stack, AtomicInteger changes) {
        if (changes.getAndIncrement() % 2 == 0) {
            stack.fleet().deregister("web-1a");
        } else {
            stack.fleet().register("web-1a");
        }
    }

    private Environment up(StackBench bench) {
        Topology topology = TopologyFile.named("two-web-one-db").withBase(Cidr.parse("10.77.0.0/16"));
        return Launch.up(bench.plan(topology, folder, metrics));
    }
}
