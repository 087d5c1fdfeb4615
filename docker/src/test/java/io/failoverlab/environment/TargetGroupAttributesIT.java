package io.failoverlab.environment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.failoverlab.elb.Target;
import io.failoverlab.elb.TargetHealth;
import io.failoverlab.elb.TargetState;
import io.failoverlab.fault.ActiveFault;
import io.failoverlab.fault.Kill;
import io.failoverlab.fault.KillProcess;
import io.failoverlab.fault.Pause;
import io.failoverlab.telemetry.Measurement;
import io.failoverlab.topology.TopologyFile;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a target group can be told, as nginx really does it, in front of tiny servers. */
class TargetGroupAttributesIT {
    private static final String RUN = "attributes-it-" + ProcessHandle.current().pid();
    private static final Duration LIMIT = Duration.ofSeconds(60);

    @TempDir
    private Path folder;

    private final RecordedMetrics metrics = new RecordedMetrics();
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private StackBench bench;
    private Environment stack;

    private void up(String text) {
        bench = StackBench.open(RUN);
        stack = Launch.up(bench.planOfSmallServers(TopologyFile.parse("attributes.yaml", text), folder, metrics));
    }

    @AfterEach
    void takeDownAndLeaveNothing() {
        http.close();
        if (stack != null) {
            stack.close();
        }
        if (bench != null) {
            bench.close();
        }
    }

    @Test
    void asAnAlbItSharesByZonesBindsByACookieLetsNewcomersRiseAndChangesNoRequest() throws Exception {
        up("""
                name: shares
                load-balancer:
                  {retry: alb, idle-timeout: 30s, cross-zone: false, stickiness: 1h, slow-start: 30s, deregistration-delay: 2s}
                web: {count: 3}
                """);
        targetsGetWhatTheClientSentAndWhatAnAlbAdds();

        // One target in zone c, two in zone a.
        Map<String, Integer> even = served(120);
        assertThat(even.get("web-1c")).isBetween(54, 66);
        assertThat(even.get("web-1a")).isBetween(24, 36);

        HttpResponse<String> first = get("/api/items/1", "");
        String cookie = first.headers().firstValue("Set-Cookie").orElseThrow();
        assertThat(cookie).startsWith("AWSALB=").contains("path=/");
        for (int i = 0; i < 20; i++) {
            assertThat(nameOf(get("/api/items/1", cookie.substring(0, cookie.indexOf(';')))))
                    .isEqualTo(nameOf(first));
        }

        stack.fleet().deregister("web-2a");
        await().atMost(LIMIT).until(() -> stateOf("web-2a").isEmpty());
        stack.fleet().register("web-2a");
        await().atMost(LIMIT).untilAsserted(() -> {
            Map<String, Integer> shares = served(60);
            assertThat(shares).containsKey("web-2a");
            assertThat(shares.get("web-2a")).isLessThan(shares.get("web-1a") / 2);
        });

        aRequestUnderWayEndsWhileItsTargetLeavesOrWithTheDelay();
        clientsThatWereIdleGetNothingFromATargetThatIsGone();
    }

    private void targetsGetWhatTheClientSentAndWhatAnAlbAdds() {
        HttpResponse<String> echo = http.sendAsync(
                        HttpRequest.newBuilder(stack.service().resolve("/echo"))
                                .header("X-Forwarded-For", "203.0.113.9")
                                .header("a_name", "with an underscore")
                                .header("Long", "y".repeat(10_000))
                                .header("X-Padding", "6000")
                                .POST(HttpRequest.BodyPublishers.ofByteArray(new byte[2_000_000]))
                                .build(),
                        HttpResponse.BodyHandlers.ofString())
                .join();
        int port = stack.service().getPort();
        assertThat(echo.statusCode()).isEqualTo(200);
        assertThat(echo.headers().firstValue("X-Padding").orElseThrow()).hasSize(6000);
        assertThat(echo.body().lines())
                .contains(
                        "host: 127.0.0.1:" + port,
                        "x-forwarded-proto: http",
                        "x-forwarded-port: " + port,
                        "a_name: with an underscore",
                        "long: " + "y".repeat(10_000))
                .anyMatch(line -> line.matches("x-forwarded-for: 203\\.0\\.113\\.9, [0-9.]+"));
    }

    private void aRequestUnderWayEndsWhileItsTargetLeavesOrWithTheDelay() {
        slowDown("web-1c", "requests 1000");
        CompletableFuture<HttpResponse<String>> soonOver = underWayTo("web-1c");
        stack.fleet().deregister("web-1c");
        assertThat(soonOver.join().statusCode()).isEqualTo(200);
        assertThat(nameOf(soonOver.join())).isEqualTo("web-1c");
        comeBack("web-1c");

        slowDown("web-1c", "requests 60000");
        CompletableFuture<HttpResponse<String>> tooLong = underWayTo("web-1c");
        stack.fleet().deregister("web-1c");
        // Not 504, which it would be after the idle time-out.
        assertThat(tooLong.join().statusCode()).isEqualTo(502);
        slowDown("web-1c", "");
        comeBack("web-1c");
    }

    /** By its cookie. */
    private CompletableFuture<HttpResponse<String>> underWayTo(String target) {
        String cookie = Stream.generate(() -> get("/healthz", ""))
                .limit(60)
                .filter(answer -> nameOf(answer).equals(target))
                .map(answer -> answer.headers().firstValue("Set-Cookie").orElseThrow())
                .findFirst()
                .orElseThrow();
        CompletableFuture<HttpResponse<String>> answer = http.sendAsync(
                HttpRequest.newBuilder(stack.service().resolve("/api/items/1"))
                        .header("Cookie", cookie.substring(0, cookie.indexOf(';')))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        await().atMost(LIMIT).until(() -> connectionsTo(target).contains("ESTAB"));
        return answer;
    }

    private void comeBack(String name) {
        await().atMost(LIMIT).until(() -> stateOf(name).isEmpty());
        stack.fleet().register(name);
        assertThat(stack.awaitInService(LIMIT, waiting -> {})).isTrue();
    }

    private void clientsThatWereIdleGetNothingFromATargetThatIsGone() throws IOException {
        List<KeptConnection> clients = new ArrayList<>();
        for (int i = 0; i < 16; i++) {
            clients.add(new KeptConnection(stack.service()));
        }
        for (KeptConnection client : clients) {
            assertThat(client.get("/api/items/1")).startsWith("HTTP/1.1 200");
        }
        stack.fleet().deregister("web-1c");
        await().atMost(LIMIT).until(() -> stateOf("web-1c").isEmpty());
        String gone = stack.instance("web-1c").id();
        stack.inject(new Kill(), "web-1c", Optional.empty());
        for (KeptConnection client : clients) {
            assertThat(client.get("/api/items/1")).startsWith("HTTP/1.1 200").doesNotContain(gone);
            client.close();
        }
    }

    @Test
    void whoIsBusyGetsLessAndIfNoneIsHealthyAllAreAsked() throws Exception {
        up("{name: outstanding, load-balancer: {algorithm: least-outstanding-requests}}");

        slowDown("web-1a", "requests 200");
        Map<String, Integer> shares = servedAtOnce(4, 40);
        assertThat(shares.getOrDefault("web-1a", 0)).isLessThan(40);

        // Checks time out after 500 ms; requests get more time when every target was slow.
        slowDown("web-1a", "all 700");
        slowDown("web-1c", "all 700");
        await().atMost(LIMIT)
                .untilAsserted(() -> assertThat(stack.targets().values())
                        .extracting(TargetHealth::state)
                        .containsOnly(TargetState.UNHEALTHY));
        assertThat(get("/api/items/1", "").statusCode()).isEqualTo(200);

        // Nor does it matter which of the others was tried last.
        stack.inject(new Kill(), "web-1c", Optional.empty());
        List<CompletableFuture<Integer>> statuses = IntStream.range(0, 10)
                .mapToObj(i -> CompletableFuture.supplyAsync(
                        () -> get("/api/items/1", "").statusCode(),
                        task -> Thread.ofPlatform().start(task)))
                .toList();
        assertThat(statuses).allSatisfy(status -> assertThat(status.join()).isEqualTo(200));
    }

    /** It may have been carried out, so it is not repeated; a frozen target may still answer, a dead one does not. */
    @Test
    void anOrderWithoutAKeyStaysWithAFrozenTargetAndFailsAtOnceWithADeadOne() throws Exception {
        up("name: once");
        stack.fleet().deregister("web-1c");
        await().atMost(LIMIT).until(() -> stateOf("web-1c").isEmpty());
        slowDown("web-1a", "requests 1000");

        CompletableFuture<HttpResponse<String>> frozen = orderUnderWay();
        ActiveFault pause = stack.inject(new Pause(), "web-1a", Optional.empty());
        await().atMost(LIMIT)
                .until(() -> stack.instance("lb").run("ip", "route").stdout().contains("unreachable"));
        stack.heal(pause);
        assertThat(frozen.get().statusCode()).isEqualTo(200);

        assertThat(stack.awaitInService(LIMIT, waiting -> {})).isTrue();
        slowDown("web-1a", "requests 60000");
        CompletableFuture<HttpResponse<String>> dead = orderUnderWay();
        stack.inject(new Kill(), "web-1a", Optional.empty());
        // Not 504, which it would be after the idle time-out.
        assertThat(dead.get().statusCode()).isEqualTo(502);
    }

    @Test
    void aNetworkBalancerGivesAConnectionToOneTargetWithWhichItEnds() throws Exception {
        up("{name: nlb, load-balancer: {type: network}}");

        await().atMost(LIMIT).untilAsserted(() -> {
            Map<String, Integer> shares = new TreeMap<>();
            for (int i = 0; i < 40; i++) {
                try (Socket connection = connect("/api/items/1")) {
                    String answer = new String(connection.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
                    shares.merge(nameIn(answer), 1, Integer::sum);
                }
            }
            assertThat(shares).containsOnlyKeys("web-1a", "web-1c");
        });
        assertThat(metrics.measurements())
                .extracting(Measurement::namespace)
                .contains("AWS/NetworkELB")
                .doesNotContain("AWS/ApplicationELB");
        clientsOfAFrozenTargetAreReset();

        stack.fleet().deregister("web-1c");
        await().atMost(LIMIT).until(() -> stateOf("web-1c").isEmpty());
        slowDown("web-1a", "requests 60000");
        try (Socket connection = connect("/api/items/1")) {
            String target = stack.instance("web-1a").name();
            await().atMost(LIMIT).until(() -> connectionsTo(target).contains("ESTAB"));
            stack.inject(new KillProcess(), "web-1a", Optional.empty());
            assertThat(endOf(connection)).isIn("end", "reset");
        }
    }

    private void clientsOfAFrozenTargetAreReset() throws IOException {
        slowDown("web-1a", "requests 60000");
        slowDown("web-1c", "requests 2000");
        // Not by way of the port on 127.0.0.1: what the engine puts between ends a connection in order that was reset.
        URI balancer =
                URI.create("http://" + stack.topology().loadBalancer().primary().address() + ":8080");
        List<Socket> connections = new ArrayList<>();
        for (int i = 0; i < 16; i++) {
            connections.add(connect(balancer, "/api/items/1"));
        }
        await().atMost(LIMIT)
                .until(() -> (connectionsTo("web-1a") + connectionsTo("web-1c")).split("ESTAB", -1).length > 16);
        ActiveFault pause = stack.inject(new Pause(), "web-1a", Optional.empty());
        List<String> ends = new ArrayList<>();
        for (Socket connection : connections) {
            ends.add(endOf(connection));
            connection.close();
        }
        // Of one in some hundreds the client is not found, and sees the end in order.
        assertThat(ends).contains("reset", "an answer").isSubsetOf("reset", "an answer", "end");
        stack.heal(pause);
        assertThat(stack.awaitInService(LIMIT, waiting -> {})).isTrue();
    }

    private static String endOf(Socket connection) throws IOException {
        try {
            connection.setSoTimeout((int) LIMIT.toMillis());
            return connection.getInputStream().read() < 0 ? "end" : "an answer";
        } catch (SocketException reset) {
            return "reset";
        }
    }

    private Socket connect(String path) throws IOException {
        return connect(stack.service(), path);
    }

    private static Socket connect(URI service, String path) throws IOException {
        Socket connection = new Socket(service.getHost(), service.getPort());
        connection
                .getOutputStream()
                .write(("GET " + path + " HTTP/1.1\r\nHost: shop\r\nConnection: close\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
        return connection;
    }

    private CompletableFuture<HttpResponse<String>> orderUnderWay() {
        CompletableFuture<HttpResponse<String>> answer = http.sendAsync(
                HttpRequest.newBuilder(stack.service().resolve("/api/orders"))
                        .POST(HttpRequest.BodyPublishers.ofString("{}"))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        await().atMost(LIMIT).until(() -> connectionsTo("web-1a").contains("timer:(keepalive"));
        return answer;
    }

    private String connectionsTo(String target) {
        String address = stack.topology().node(target).primary().address().toString();
        return stack.instance("lb").run("ss", "-Hton", "dst", address).stdout();
    }

    private void slowDown(String name, String text) {
        stack.instance(name).run("sh", "-c", "echo '" + text + "' > /tmp/lab-fault");
    }

    private Map<String, Integer> served(int requests) throws Exception {
        return servedAtOnce(1, requests);
    }

    /** How many requests each target answered. */
    private Map<String, Integer> servedAtOnce(int clients, int requestsEach) throws Exception {
        Map<String, Integer> counts = new ConcurrentHashMap<>();
        CompletableFuture.allOf(IntStream.range(0, clients)
                        .mapToObj(client -> CompletableFuture.runAsync(
                                () -> {
                                    for (int i = 0; i < requestsEach; i++) {
                                        counts.merge(nameOf(get("/api/items/1", "")), 1, Integer::sum);
                                    }
                                },
                                task -> Thread.ofPlatform().start(task)))
                        .toArray(CompletableFuture[]::new))
                .get();
        return counts;
    }

    private HttpResponse<String> get(String path, String cookie) {
        HttpRequest.Builder request = HttpRequest.newBuilder(stack.service().resolve(path));
        if (!cookie.isEmpty()) {
            request.header("Cookie", cookie);
        }
        return http.sendAsync(request.build(), HttpResponse.BodyHandlers.ofString())
                .join();
    }

    private String nameOf(HttpResponse<String> answer) {
        return nameIn("x-instance-id: "
                + answer.headers().firstValue("X-Instance-Id").orElse("none with code " + answer.statusCode()));
    }

    private String nameIn(String answer) {
        return stack.targets().keySet().stream()
                .filter(target -> answer.contains(target.instanceId()))
                .map(Target::name)
                .findFirst()
                .orElse("none: " + answer);
    }

    private Optional<TargetState> stateOf(String name) {
        return stack.targets().entrySet().stream()
                .filter(entry -> entry.getKey().name().equals(name))
                .map(entry -> entry.getValue().state())
                .findFirst();
    }
}
