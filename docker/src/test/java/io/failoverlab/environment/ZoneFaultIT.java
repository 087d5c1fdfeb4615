package io.failoverlab.environment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.failoverlab.clock.LabScheduler;
import io.failoverlab.ec2.Ec2Instance;
import io.failoverlab.elb.Target;
import io.failoverlab.engine.EngineContainer;
import io.failoverlab.fault.ActiveFault;
import io.failoverlab.fault.AzNetwork;
import io.failoverlab.fault.AzPower;
import io.failoverlab.fault.Fault;
import io.failoverlab.telemetry.StackEvent;
import io.failoverlab.topology.Topology;
import io.failoverlab.topology.TopologyFile;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A zone lost and given back, on the real stack: two web servers in each of two zones, the only database in zone a. */
class ZoneFaultIT {
    private static final String RUN = "zone-it-" + ProcessHandle.current().pid();
    private static final Duration LIMIT = Duration.ofSeconds(60);

    @TempDir
    private static Path folder;

    private static final RecordedMetrics METRICS = new RecordedMetrics();
    private static StackBench bench;
    private static LabScheduler scheduler;
    private static Environment stack;

    @BeforeAll
    static void bringUp() {
        bench = StackBench.open(RUN);
        scheduler = bench.scheduler();
        Topology topology = TopologyFile.named("two-web-one-db").withWeb(4);
        stack = Launch.up(bench.plan(topology, folder, METRICS));
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
    void allInService() {
        assertThat(stack.awaitInService(LIMIT, waiting -> {})).isTrue();
    }

    @Test
    void aZoneWithoutPowerDiesAtOnceAndCostsNoRequest() throws Exception {
        ActiveFault fault = serviceGoesOnWithout(new AzPower());

        assertThat(fault.evidence()).matches("web-1c, web-2c got SIGKILL within \\d+ ms and ended");
        List<Instant> deaths = METRICS.events().stream()
                .filter(StackEvent.InstanceStateChanged.class::isInstance)
                .map(StackEvent.InstanceStateChanged.class::cast)
                .filter(it -> it.state().equals("stopped") && !it.at().isBefore(fault.injectedAt()))
                .map(StackEvent.InstanceStateChanged::at)
                .sorted()
                .toList();
        assertThat(deaths).hasSize(2);
        assertThat(Duration.between(fault.injectedAt(), deaths.getLast())).isLessThan(Duration.ofSeconds(1));
        System.out.println("az-power: deaths "
                + deaths.stream()
                        .map(at -> Duration.between(fault.injectedAt(), at).toMillis() + " ms")
                        .toList());
    }

    @Test
    void aZoneWithoutNetworkIsABlackHoleAndCostsNoRequest() throws Exception {
        ActiveFault fault = serviceGoesOnWithout(new AzNetwork());

        assertThat(fault.evidence()).matches("web-1c, web-2c left all networks within \\d+ ms");
    }

    @Test
    void oneInstanceCannotBeGivenBackWithoutItsZone() {
        ActiveFault cut = stack.inject(new AzNetwork(), "c", Optional.empty());

        assertThatThrownBy(() -> stack.heal("web-1c"))
                .hasMessage("expected web-1c to be on a network, found it cut off with zone ap-northeast-1c; "
                        + "`lab fault az c --undo` gives the zone back");
        stack.heal(cut);
    }

    /** Loses zone c under load and gets it back. */
    private ActiveFault serviceGoesOnWithout(Fault fault) throws Exception {
        Map<String, List<EngineContainer.Plug>> plugs = plugs();
        URI items = stack.service().resolve("/api/items/1");
        try (CountingClient client = new CountingClient(8)) {
            client.send(200, i -> new HttpGet(items));
            ActiveFault active = stack.inject(fault, "c", Optional.empty());
            assertThat(active.tookEffect()).as(active.evidence()).isTrue();
            assertThat(active.instances()).containsExactly("web-1c", "web-2c");
            assertThat(stack.faults()).extracting(ActiveFault::where).containsExactly("zone ap-northeast-1c");
            Instant begin = scheduler.instant();
            client.send(800, i -> new HttpGet(items));
            System.out.println(fault.name() + ": 800 requests after it took "
                    + Duration.between(begin, scheduler.instant()).toMillis() + " ms");
            await().atMost(LIMIT).untilAsserted(() -> assertThat(serving()).containsExactly("web-1a", "web-2a"));
            assertThat(healthyNow("ap-northeast-1c")).isZero();
            assertThat(healthyNow("ap-northeast-1a")).isEqualTo(2);

            stack.healZone("c");
            assertThat(stack.awaitInService(LIMIT, waiting -> {})).isTrue();
            assertThat(stack.faults()).isEmpty();
            assertThat(plugs()).isEqualTo(plugs);
            assertThat(serving()).containsExactly("web-1a", "web-1c", "web-2a", "web-2c");
            // A server that is new may be too slow for its first requests, and gets fewer for a moment.
            await().atMost(LIMIT)
                    .untilAsserted(() -> assertThat(evenly(items))
                            .as("requests by instance")
                            .allSatisfy((name, count) -> assertThat(count).isBetween(8L, 12L)));

            assertThat(client.failures()).isEmpty();
            assertThat(client.statuses()).isEqualTo(Map.of(200, 1000L));
            return active;
        }
    }

    /** Which instances answer 40 requests, how often each. */
    private static Map<String, Long> evenly(URI items) throws Exception {
        Map<String, Long> answers = new HashMap<>();
        try (var http = org.apache.hc.client5.http.impl.classic.HttpClients.createDefault()) {
            for (int i = 0; i < 40; i++) {
                answers.merge(
                        http.execute(new HttpGet(items), answer -> {
                            org.apache.hc.core5.http.io.entity.EntityUtils.consume(answer.getEntity());
                            return answer.getFirstHeader("X-Instance-Id").getValue();
                        }),
                        1L,
                        Long::sum);
            }
        }
        assertThat(answers).hasSize(4);
        return answers;
    }

    @Test
    void theZoneOfTheOnlyDatabaseIsAnOutageThatIsToldAndEnds() throws Exception {
        ActiveFault active = stack.inject(new AzPower(), "a", Optional.empty());

        assertThat(active.instances()).containsExactly("db-1", "web-1a", "web-2a");
        assertThat(active.evidence())
                .endsWith("; an outage: the only database is in this zone, so no other zone can serve what needs it");
        stack.heal(active);
        assertThat(stack.awaitInService(LIMIT, waiting -> {})).isTrue();
        URI items = stack.service().resolve("/api/items/1");
        await().atMost(LIMIT).untilAsserted(() -> {
            try (CountingClient client = new CountingClient(1)) {
                client.send(1, i -> new HttpGet(items));
                assertThat(client.statuses()).isEqualTo(Map.of(200, 1L));
            }
        });
        assertThat(evenly(items)).hasSize(4);
    }

    private static Map<String, List<EngineContainer.Plug>> plugs() {
        return stack.instances().stream()
                .collect(Collectors.toMap(
                        Ec2Instance::name,
                        instance -> instance.container().plugs().stream()
                                .sorted(java.util.Comparator.comparing(EngineContainer.Plug::network))
                                .toList(),
                        (one, other) -> one,
                        TreeMap::new));
    }

    private static List<String> serving() {
        return stack.targets().entrySet().stream()
                .filter(it -> it.getValue().state() == io.failoverlab.elb.TargetState.HEALTHY)
                .map(Map.Entry::getKey)
                .map(Target::name)
                .sorted()
                .toList();
    }

    private static double healthyNow(String zone) {
        return METRICS.measurements().stream()
                .filter(it -> it.name().equals("HealthyHostCount")
                        && zone.equals(it.dimensions().get("AvailabilityZone")))
                .reduce((earlier, later) -> later)
                .orElseThrow()
                .values()
                .getFirst();
    }
}
