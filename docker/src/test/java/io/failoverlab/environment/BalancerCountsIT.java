package io.failoverlab.environment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.failoverlab.engine.ExecResult;
import io.failoverlab.fault.ActiveFault;
import io.failoverlab.fault.KillProcess;
import io.failoverlab.fault.Pause;
import io.failoverlab.topology.Cidr;
import io.failoverlab.topology.Topology;
import io.failoverlab.topology.TopologyFile;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.IntFunction;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.io.entity.StringEntity;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the balancer publishes, beside its access log and beside what the client counted: the same to the request, under
 * load, while targets die and in the last second too.
 */
class BalancerCountsIT {
    private static final String RUN = "counts-it-" + ProcessHandle.current().pid();
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final List<String> ZONES = List.of("ap-northeast-1a", "ap-northeast-1c");
    /** Between two attempts in nginx's log, the second form after an internal redirect. */
    private static final String AGAIN = ", | : ";

    private static final List<Integer> HUNDREDS = List.of(2, 4, 5);

    @TempDir
    private Path folder;

    private final RecordedMetrics metrics = new RecordedMetrics();

    @Test
    void everyRequestIsCountedOnceByClientLogAndMetrics() throws Exception {
        List<JsonNode> log;
        CountingClient client = new CountingClient(8);
        try (StackBench bench = StackBench.open(RUN);
                Environment stack = up(bench)) {
            load(client, stack);
            log = accessLog(stack, client.total());
            // Whatever is not published yet has to come with the end of the stack.
        } finally {
            client.close();
        }

        assertThat(client.failures()).isEmpty();
        assertThat(byStatus(log)).isEqualTo(client.statuses());
        assertThat(client.statuses()).containsKeys(200, 201, 400, 404, 500, 502);
        codesAreThoseOfTheClient(client);
        requestsAreThoseOfTheLog(log);
        balancersOwnCodesAreThoseOfTheLog(log);
        assertThat(metrics.sum("NewConnectionCount", "L")).isEqualTo(client.connections());
        assertThat(metrics.sum("ProcessedBytes", "L"))
                .isEqualTo(sum(
                        log,
                        line -> line.path("received").asLong()
                                + line.path("sent").asLong()));
    }

    private void load(CountingClient client, Environment stack) {
        URI shop = stack.service();
        client.send(400, i -> mixed(shop, i));
        ActiveFault first = stack.inject(new KillProcess(), "web-1a", Optional.empty());
        client.send(200, i -> new HttpGet(shop.resolve("/api/items/" + (i % 50 + 1))));
        ActiveFault second = stack.inject(new KillProcess(), "web-1c", Optional.empty());
        client.send(40, i -> new HttpGet(shop.resolve("/api/items")));
        stack.heal(first);
        stack.heal(second);
        assertThat(stack.awaitInService(LIMIT, waiting -> {})).isTrue();

        hideTheCatalogue(stack);
        client.send(40, i -> new HttpGet(shop.resolve("/api/items")));
        stack.inject(new Pause(), "web-1a", Optional.empty());
        stack.inject(new Pause(), "web-1c", Optional.empty());
        client.send(4, i -> new HttpGet(shop.resolve("/")));
    }

    /** Makes the shop answer with errors of its own. */
    private static void hideTheCatalogue(Environment stack) {
        ExecResult hidden = stack.instance("db-1")
                .run(
                        "sh",
                        "-c",
                        "mysql -ushop -p\"$(cat /run/secrets/lab/db-password)\" shop -e 'RENAME TABLE items TO hidden'");
        assertThat(hidden.exitCode()).as(hidden.stderr()).isZero();
    }

    private static HttpUriRequestBase mixed(URI shop, int i) {
        return switch (i % 8) {
            case 0 -> new HttpGet(shop.resolve("/no-such-page"));
            case 1, 2 -> {
                HttpPost order = new HttpPost(shop.resolve("/api/orders"));
                order.setHeader("Idempotency-Key", "counted-" + i);
                order.setEntity(new StringEntity(
                        "{\"customer\":\"c\",\"itemId\":5,\"quantity\":1}", ContentType.APPLICATION_JSON));
                yield order;
            }
            case 3 -> {
                HttpGet tooLarge = new HttpGet(shop.resolve("/"));
                tooLarge.setHeader("X-Padding", "x".repeat(20_000));
                yield i % 80 == 3 ? tooLarge : new HttpGet(shop.resolve("/"));
            }
            default -> new HttpGet(shop.resolve("/api/items/" + (i % 50 + 1)));
        };
    }

    private void codesAreThoseOfTheClient(CountingClient client) {
        for (int hundred : HUNDREDS) {
            String target = "HTTPCode_Target_" + hundred + "XX_Count";
            String elb = "HTTPCode_ELB_" + hundred + "XX_Count";
            assertThat(metrics.sum(target, "L") + metrics.sum(elb, "L"))
                    .as("%dXX of %s", hundred, client.statuses())
                    .isEqualTo(client.statuses().entrySet().stream()
                            .filter(status -> status.getKey() / 100 == hundred)
                            .mapToLong(Map.Entry::getValue)
                            .sum());
            assertThat(metrics.sum(target, "L T")).isEqualTo(metrics.sum(target, "L"));
            assertThat(overZones(target, " L")).isEqualTo(metrics.sum(target, "L"));
            assertThat(overZones(target, " L T")).isEqualTo(metrics.sum(target, "L"));
            assertThat(overZones(elb, " L")).isEqualTo(metrics.sum(elb, "L"));
        }
    }

    private void requestsAreThoseOfTheLog(List<JsonNode> log) {
        double chosen = sum(log, line -> line.path("upstream").asText().contains(":") ? 1 : 0);
        for (String set : List.of("L", "L T")) {
            assertThat(metrics.sum("RequestCount", set)).as(set).isEqualTo(chosen);
        }
        assertThat(overZones("RequestCount", " L")).isEqualTo(chosen);

        double answered = sum(log, line -> answered(line) ? 1 : 0);
        double failedConnections = sum(log, BalancerCountsIT::failedConnections);
        assertThat(failedConnections).isPositive();
        for (Map.Entry<String, Double> expected : Map.of(
                        "TargetResponseTime", answered, "TargetConnectionErrorCount", failedConnections)
                .entrySet()) {
            String name = expected.getKey();
            assertThat(List.of(
                            metrics.samples(name, "L"),
                            metrics.samples(name, "L T"),
                            ZONES.stream()
                                    .mapToDouble(zone -> metrics.samples(name, "A=" + zone + " L"))
                                    .sum(),
                            ZONES.stream()
                                    .mapToDouble(zone -> metrics.samples(name, "A=" + zone + " L T"))
                                    .sum()))
                    .as(name)
                    .containsOnly(expected.getValue());
        }
    }

    private void balancersOwnCodesAreThoseOfTheLog(List<JsonNode> log) {
        for (int status : List.of(500, 502, 503, 504)) {
            assertThat(metrics.sum("HTTPCode_ELB_" + status + "_Count", "L"))
                    .as("%d", status)
                    .isEqualTo(sum(log, line -> line.path("status").asInt() == status && !answered(line) ? 1 : 0));
        }
    }

    private double overZones(String name, String set) {
        return ZONES.stream()
                .mapToDouble(zone -> metrics.sum(name, "A=" + zone + set))
                .sum();
    }

    private static boolean answered(JsonNode line) {
        String headers = line.path("headerSeconds").asText();
        return !headers.isEmpty() && !headers.endsWith("-");
    }

    private static double failedConnections(JsonNode line) {
        String[] targets = line.path("upstream").asText().split(AGAIN);
        String[] connects = line.path("connectSeconds").asText().split(AGAIN);
        return IntStream.range(0, targets.length)
                // "web" alone is the group: no target was tried.
                .filter(i -> targets[i].contains(":") && connects[i].equals("-"))
                .count();
    }

    private static double sum(List<JsonNode> log, ToDoubleFunction<JsonNode> value) {
        return log.stream().mapToDouble(value).sum();
    }

    private static Map<Integer, Long> byStatus(List<JsonNode> log) {
        return log.stream()
                .collect(Collectors.groupingBy(
                        line -> line.path("status").asInt(), TreeMap::new, Collectors.counting()));
    }

    /** All lines, as soon as there are as many as there were requests. */
    private static List<JsonNode> accessLog(Environment stack, long requests) {
        ObjectMapper json = new ObjectMapper();
        IntFunction<List<JsonNode>> read = most -> stack.instance("lb").container().lastLogLines(most).stream()
                .filter(line -> line.startsWith("{"))
                .map(line -> {
                    try {
                        return json.readTree(line);
                    } catch (JsonProcessingException torn) {
                        throw new UncheckedIOException(torn);
                    }
                })
                .toList();
        return await().atMost(LIMIT).until(() -> read.apply(100_000), lines -> lines.size() >= requests);
    }

    private Environment up(StackBench bench) {
        Topology topology = TopologyFile.named("two-web-one-db").withBase(Cidr.parse("10.77.0.0/16"));
        return Launch.up(bench.plan(topology, folder, metrics));
    }
}
