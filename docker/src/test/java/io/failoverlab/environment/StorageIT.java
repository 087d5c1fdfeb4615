package io.failoverlab.environment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.failoverlab.rds.MultiAz.Mode;
import io.failoverlab.rds.Storage;
import io.failoverlab.telemetry.StackEvent;
import io.failoverlab.topology.TopologyFile;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The volumes of a Multi-AZ database, full to the last byte: MySQL waits for room, or fails an assertion and ends. */
@Tag("long")
class StorageIT {
    private static final String RUN = "storage-it-" + ProcessHandle.current().pid();
    private static final Duration LIMIT = Duration.ofSeconds(180);
    private static final long MIB = 1L << 20;
    private static final String FILLER = Storage.DATA_FOLDER + "/filler";

    @TempDir
    private static Path folder;

    private static final RecordedMetrics METRICS = new RecordedMetrics();
    private static StackBench bench;
    private static Environment stack;

    @BeforeAll
    static void bringUp() {
        bench = StackBench.open(RUN);
        stack = Launch.up(
                bench.plan(TopologyFile.named("two-web-multi-az").withAllocatedStorage(400 * MIB), folder, METRICS));
    }

    @AfterAll
    static void takeDownAndLeaveNothing() {
        if (stack != null) {
            stack.close();
        }
        if (bench != null) {
            bench.close();
        }
    }

    @BeforeEach
    void inSync() {
        await().atMost(LIMIT).until(() -> mode() == Mode.SYNCED);
    }

    /** RDS's standby is a copy of the volume: it would be as full as the primary, and a failover lead from bad to bad. */
    @Test
    void fullVolumesAreToldOfAndNotFledFromAndMoreStorageBringsTheWritesBack() throws Exception {
        String primary = stack.databaseTier().primary();
        String standby = stack.databaseTier().standby();
        int told = METRICS.events().size();
        try (OrderStream orders = new OrderStream(stack.service(), 4)) {
            await().atMost(LIMIT).until(() -> orders.acknowledged().size() > 50);
            fill(primary);
            fill(standby);

            await().atMost(LIMIT)
                    .until(() -> mode() == Mode.DOWN && eventsSince(told).contains("RDS-EVENT-0007"));
            String answer = order();
            System.out.println("with full volumes a client sees: " + answer);
            assertThat(answer).startsWith("50");
            await().atMost(LIMIT)
                    .until(() -> METRICS.events().stream()
                            .anyMatch(it ->
                                    it.toString().contains("Reopen of " + primary + " failed: its storage is full")));
            assertThat(eventsSince(told)).doesNotContain("RDS-EVENT-0013");

            int before = orders.acknowledged().size();
            Instant grown = bench.scheduler().instant();
            stack.databases().allocate("db", 512 * MIB);
            await().atMost(LIMIT).until(() -> orders.acknowledged().size() > before + 50);
            System.out.println("50 orders acknowledged "
                    + Duration.between(grown, bench.scheduler().instant()).toMillis() + " ms after more storage");
            await().atMost(LIMIT).until(() -> mode() == Mode.SYNCED);
            orders.stop();
            MultiAzIT.assertNothingLost(stack, orders);
        }
        assertThat(stack.databaseTier().primary()).isEqualTo(primary);
        for (String server : List.of(primary, standby)) {
            assertThat(stack.databaseTier()
                            .agent(server)
                            .server()
                            .storage()
                            .orElseThrow()
                            .totalBytes())
                    .isEqualTo(512 * MIB);
        }
        assertThat(eventsSince(told)).contains("RDS-EVENT-0018", "RDS-EVENT-0017");
        assertThat(new StackFile(folder)
                        .read()
                        .topology()
                        .primaryDatabase()
                        .options()
                        .allocatedStorage())
                .hasValue(512 * MIB);
        stack.instance(primary).run("rm", "-f", FILLER);
    }

    @Test
    void aStandbyThatIsFullIsNotPromotedButMadeAnewOnAnEmptyVolume() throws Exception {
        String primary = stack.databaseTier().primary();
        String standby = stack.databaseTier().standby();
        String id = stack.instance(standby).id();
        int told = METRICS.events().size();
        try (OrderStream orders = new OrderStream(stack.service(), 4)) {
            await().atMost(LIMIT).until(() -> orders.acknowledged().size() > 50);
            fill(standby);

            await().atMost(LIMIT).until(() -> !stack.instance(standby).id().equals(id) && mode() == Mode.SYNCED);
            int before = orders.acknowledged().size();
            await().atMost(LIMIT).until(() -> orders.acknowledged().size() > before + 50);
            orders.stop();
            MultiAzIT.assertNothingLost(stack, orders);
            System.out.println("standby full: longest time without an acknowledged order "
                    + orders.longestGap().toMillis() + " ms");
        }
        assertThat(stack.databaseTier().primary()).isEqualTo(primary);
        assertThat(eventsSince(told)).contains("RDS-EVENT-0052").doesNotContain("RDS-EVENT-0013");
        assertThat(stack.instance(standby).run("ls", FILLER).exitCode()).isNotZero();
    }

    /** What the file system gives to a file until it has nothing left. */
    private static void fill(String server) {
        assertThat(stack.instance(server)
                        .run("sh", "-c", "cat /dev/zero >> " + FILLER)
                        .stderr())
                .contains("No space left");
    }

    private static String order() throws Exception {
        HttpRequest order = HttpRequest.newBuilder(URI.create(stack.service() + "/api/orders"))
                .timeout(Duration.ofSeconds(60))
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", "full")
                .POST(HttpRequest.BodyPublishers.ofString("{\"customer\":\"c-9\",\"itemId\":5,\"quantity\":1}"))
                .build();
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpResponse<String> answer = http.send(order, HttpResponse.BodyHandlers.ofString());
            return answer.statusCode() + " " + answer.body().strip();
        }
    }

    private static List<String> eventsSince(int told) {
        return METRICS.events().stream()
                .skip(told)
                .filter(StackEvent.DatabaseEvent.class::isInstance)
                .map(it -> ((StackEvent.DatabaseEvent) it).id())
                .toList();
    }

    private static Mode mode() {
        return stack.multiAz().orElseThrow().mode();
    }
}
