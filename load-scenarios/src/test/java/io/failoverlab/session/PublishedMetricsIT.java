package io.failoverlab.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.failoverlab.clock.LabScheduler;
import io.failoverlab.ec2.Ec2Instance;
import io.failoverlab.environment.Environment;
import io.failoverlab.fault.ActiveFault;
import io.failoverlab.fault.AzNetwork;
import io.failoverlab.fault.Fault;
import io.failoverlab.fault.Kill;
import io.failoverlab.fault.KillProcess;
import io.failoverlab.fault.Pause;
import io.failoverlab.fault.Stop;
import io.failoverlab.topology.Topology;
import io.failoverlab.topology.TopologyFile;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatch.model.Dimension;
import software.amazon.awssdk.services.cloudwatch.model.Metric;
import software.amazon.awssdk.services.cloudwatch.model.Statistic;

/** What a real stack publishes, asked of the monitor by the unmodified SDK, and how each kind of dying looks there. */
class PublishedMetricsIT {
    private static final String RUN = "metrics-it-" + ProcessHandle.current().pid();
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private static TestSession session;
    private static final StackPage.Seen BROKEN = new StackPage.Seen("unhealthy", true, true, true, true);

    private static LabScheduler scheduler;
    private static LabSession lab;
    private static CloudWatchClient cloudWatch;

    @BeforeAll
    static void bringUp() throws IOException {
        Topology topology = TopologyFile.parse("metrics-it.yaml", """
                name: metrics-it
                web:
                  instances:
                    - {zone: a, instance-type: t3.small}
                    - {zone: c, instance-type: m5.large, monitoring: detailed}
                """);
        session = TestSession.up(RUN, topology);
        lab = session.lab();
        scheduler = session.scheduler();
        cloudWatch = CloudWatchClient.builder()
                .endpointOverride(lab.session().monitor())
                .region(Region.AP_NORTHEAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create(token(), "any")))
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .build();
    }

    @AfterAll
    static void takeDown() {
        if (cloudWatch != null) {
            cloudWatch.close();
        }
        if (session != null) {
            session.close();
        }
    }

    @BeforeEach
    void allInService() {
        assertThat(lab.environment().awaitInService(LIMIT, waiting -> {})).isTrue();
    }

    @Test
    void everyMetricOfEc2ArrivesUnderItsDimensions() {
        List<String> usage =
                List.of("CPUUtilization", "NetworkIn", "NetworkOut", "NetworkPacketsIn", "NetworkPacketsOut");
        List<String> credits =
                List.of("CPUCreditBalance", "CPUCreditUsage", "CPUSurplusCreditBalance", "CPUSurplusCreditsCharged");
        List<String> checks = List.of("StatusCheckFailed", "StatusCheckFailed_Instance", "StatusCheckFailed_System");
        TreeSet<String> expected = new TreeSet<>();
        for (String instance : List.of("web-1a", "web-1c", "db-1", "lb")) {
            add(expected, Stream.of(usage, checks), "InstanceId=" + instance);
        }
        for (String burstable : List.of("web-1a", "db-1")) {
            add(expected, Stream.of(credits), "InstanceId=" + burstable);
        }
        // Only web-1c has detailed monitoring.
        add(expected, Stream.of(usage), "InstanceType=m5.large");
        add(expected, Stream.of(usage), "ImageId");

        await().atMost(LIMIT)
                .untilAsserted(
                        () -> assertThat(withoutDisk(published("AWS/EC2"))).isEqualTo(expected));
    }

    /** Disk counters are there where the kernel counts them by container, and once there was traffic. */
    private static TreeSet<String> withoutDisk(TreeSet<String> published) {
        published.removeIf(metric -> metric.startsWith("Disk"));
        return published;
    }

    @Test
    void everyMetricOfRdsArrivesUnderItsDimensions() throws Exception {
        TreeSet<String> expected = new TreeSet<>();
        List<String> names = List.of(
                "CPUUtilization",
                "FreeableMemory",
                "NetworkReceiveThroughput",
                "NetworkTransmitThroughput",
                "DatabaseConnections",
                "ConnectionAttempts",
                "DiskQueueDepth",
                "ReadIOPS",
                "WriteIOPS",
                "ReadThroughput",
                "WriteThroughput",
                "ReadLatency",
                "WriteLatency",
                "FreeStorageSpace",
                "BinLogDiskUsage");
        for (String set : List.of("DBInstanceIdentifier=db-1", "DatabaseClass=db.t3.small", "EngineName=mysql")) {
            add(expected, Stream.of(names), set);
        }

        for (int i = 0; i < 20; i++) {
            assertThat(order("metrics-" + i)).isEqualTo(201);
        }
        await().atMost(LIMIT).untilAsserted(() -> {
            TreeSet<String> found = published("AWS/RDS");
            // There where the kernel counts it by container.
            found.removeIf(metric -> metric.startsWith("SwapUsage"));
            assertThat(found).isEqualTo(expected);
        });
        Map<String, String> database = Map.of("DBInstanceIdentifier", "db-1");
        await().atMost(LIMIT).untilAsserted(() -> {
            assertThat(most("AWS/RDS", "WriteIOPS", database)).isPositive();
            assertThat(most("AWS/RDS", "WriteLatency", database)).isBetween(0.0, 1.0);
            assertThat(most("AWS/RDS", "BinLogDiskUsage", database)).isPositive();
            assertThat(most("AWS/RDS", "FreeStorageSpace", database)).isGreaterThan(1 << 20);
            assertThat(most("AWS/RDS", "FreeableMemory", database)).isBetween(1.0, 2.0 * (1L << 30));
        });
    }

    @Test
    void everyMetricOfTheBalancerArrivesUnderItsDimensions() throws Exception {
        URI shop = lab.environment().service();
        await().atMost(LIMIT).untilAsserted(() -> {
            // In pairs, since the two targets take turns.
            for (int i = 0; i < 16; i++) {
                get(shop.resolve(i % 4 < 2 ? "/api/items/1" : "/no-such-page"));
            }
            TreeSet<String> found = published("AWS/ApplicationELB");
            for (String metric :
                    List.of("HTTPCode_Target_2XX_Count", "HTTPCode_Target_4XX_Count", "TargetResponseTime")) {
                assertThat(found)
                        .contains(
                                metric + " L",
                                metric + " L T",
                                metric + " AvailabilityZone=ap-northeast-1a L",
                                metric + " AvailabilityZone=ap-northeast-1c L",
                                metric + " AvailabilityZone=ap-northeast-1a L T",
                                metric + " AvailabilityZone=ap-northeast-1c L T");
            }
            assertThat(found)
                    .contains(
                            "RequestCount L",
                            "RequestCount L T",
                            "RequestCountPerTarget T",
                            "RequestCountPerTarget L T",
                            "HealthyHostCount L T",
                            "HealthyHostCount AvailabilityZone=ap-northeast-1a L T",
                            "UnHealthyHostCount AvailabilityZone=ap-northeast-1c L T",
                            "NewConnectionCount L",
                            "ProcessedBytes L")
                    // Nothing failed: what would be zero is missing.
                    .noneMatch(metric -> metric.startsWith("HTTPCode_Target_5XX"));
        });
    }

    @Test
    void requestsToUnhealthyTargetsAreToldWhileNoneIsHealthy() {
        Environment stack = lab.environment();
        assertThat(published("AWS/ApplicationELB")).noneMatch(metric -> metric.startsWith("UnhealthyRouting"));
        List<ActiveFault> faults = Stream.of("web-1a", "web-1c")
                .map(name -> stack.inject(new KillProcess(), name, Optional.empty()))
                .toList();
        await().atMost(LIMIT).until(() -> stack.outOfService().size() == 2);
        await().atMost(LIMIT).untilAsserted(() -> {
            assertThat(get(stack.service().resolve("/api/items/1"))).isEqualTo(502);
            assertThat(published("AWS/ApplicationELB")).contains("UnhealthyRoutingRequestCount L T");
        });
        faults.forEach(stack::heal);
    }

    @Test
    void whatDiedIsToldByTheTwoStatusChecks() {
        assertThat(checksDuring(new KillProcess(), "web-1a"))
                .as("EC2 does not ask the application")
                .isEqualTo("- -");
        assertThat(checksDuring(new Kill(), "web-1a")).as("its host is gone").isEqualTo("system instance");
        assertThat(checksDuring(new Pause(), "web-1a")).as("it hangs").isEqualTo("- instance");
        assertThat(checksDuring(new AzNetwork(), "c")).as("cut off").isEqualTo("system instance");
    }

    @Test
    void aStoppedInstanceIsNotChecked() {
        ActiveFault stopped = lab.environment().inject(new Stop(), "web-1a", Optional.empty());
        Instant since = scheduler.instant().plusSeconds(1);
        await().atMost(LIMIT).until(() -> scheduler.instant().isAfter(since.plusSeconds(3)));
        String id = lab.environment().instance("web-1a").id();
        assertThat(maximum("AWS/EC2", "StatusCheckFailed", Map.of("InstanceId", id), since))
                .isEmpty();
        lab.environment().heal(stopped);
    }

    /** Which of the two checks failed while the fault lasted, once the target was found unhealthy. */
    private static String checksDuring(Fault fault, String where) {
        Environment stack = lab.environment();
        ActiveFault active = stack.inject(fault, where, Optional.empty());
        String name = active.instances().getFirst();
        Ec2Instance instance = stack.instance(name);
        await().atMost(LIMIT).until(() -> stack.outOfService().contains(name));
        Map<String, String> dimensions = Map.of("InstanceId", instance.id());
        Instant since = scheduler.instant().plusSeconds(1);
        await().atMost(LIMIT)
                .until(() -> maximum("AWS/EC2", "StatusCheckFailed", dimensions, since)
                        .isPresent());
        double system = maximum("AWS/EC2", "StatusCheckFailed_System", dimensions, since)
                .orElseThrow();
        double own = maximum("AWS/EC2", "StatusCheckFailed_Instance", dimensions, since)
                .orElseThrow();
        assertThat(maximum("AWS/EC2", "StatusCheckFailed", dimensions, since)).contains(Math.max(system, own));
        stack.heal(active);
        assertThat(stack.awaitInService(LIMIT, waiting -> {})).isTrue();
        return (system == 1 ? "system" : "-") + " " + (own == 1 ? "instance" : "-");
    }

    @Test
    void aKillFromThePageIsSeenOnEveryPage() {
        String web = "web-1a";
        try (StackPage page = StackPage.open(lab.session().access().loginLink("break"))) {
            page.eventually(() -> assertThat(page.stateOf(web)).isEqualTo("healthy"));
            page.eventually(() -> assertThat(page.arrows())
                    .containsExactlyInAnyOrder(
                            "requests lb web-1a on",
                            "requests lb web-1c on",
                            "queries web-1a db-1 on",
                            "queries web-1c db-1 on"));
            page.screenshot("stack");

            page.act(web, "lab:Kill");

            page.eventually(() -> assertThat(page.seen(web)).isEqualTo(BROKEN));
            page.eventually(() -> assertThat(page.arrows())
                    .containsExactlyInAnyOrder(
                            "requests lb web-1a off",
                            "requests lb web-1c on",
                            "queries web-1a db-1 off",
                            "queries web-1c db-1 on"));
            page.screenshot("stack-killed");
            page.reload();
            page.eventually(
                    () -> assertThat(page.seen(web)).as("after a reload").isEqualTo(BROKEN));
            page.openAnother(lab.session().monitor());
            page.eventually(
                    () -> assertThat(page.seen(web)).as("on a second page").isEqualTo(BROKEN));

            page.act(web, "ec2:StartInstances");
            page.backToTheFirst();
            page.eventually(() -> assertThat(page.stateOf(web)).isEqualTo("healthy"));
            assertThat(page.complaints()).isEmpty();
        }
    }

    @Test
    void onlyWhatIsOfferedIsDoneWhateverIsNamed() throws Exception {
        Ec2Instance instance = lab.environment().instance("web-1c");
        for (String named : List.of(
                instance.id(),
                instance.container().name() + "-1",
                "lab-" + RUN + "-web-1c",
                "../web-1c",
                "WEB-1C",
                "*",
                "")) {
            assertThat(act("lab:Kill", "instance/" + named))
                    .as(named)
                    .startsWith(
                            "409 {\"done\":false,\"message\":\"expected something that this lab offers now, found lab:Kill");
        }
        assertThat(act("lab:Query", "db/db-1")).startsWith("409 ");
        assertThat(instance.container().state().running()).isTrue();
        assertThat(lab.environment().faults()).isEmpty();
    }

    /** Status and body of what the page is answered. */
    private static String act(String action, String resource) throws Exception {
        HttpResponse<String> answer = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(lab.session().monitor().resolve("/actions"))
                                .header("Authorization", "Bearer " + token())
                                .header("Content-Type", "application/json")
                                .header("X-Lab-Action", "1")
                                .POST(HttpRequest.BodyPublishers.ofString(
                                        "{\"action\":\"%s\",\"resource\":\"%s\"}".formatted(action, resource)))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        return answer.statusCode() + " " + answer.body();
    }

    private static String token() throws IOException {
        return Files.readString(lab.session().access().tokenFile()).strip();
    }

    @Test
    void fromNoContainerTheMonitorOrTheEngineIsReached() throws Exception {
        Map<String, List<String>> reached = SealedOff.look(
                lab.environment().instances(), lab.session().monitor().getPort());
        assertThat(reached.get(SealedOff.CONTROL))
                .as("a server on all addresses is reached, so that the look is not blind")
                .isNotEmpty();
        assertThat(reached.get(SealedOff.MONITOR)).isEmpty();
        assertThat(reached.get(SealedOff.ENGINE)).isEmpty();
        assertThat(reached.get(SealedOff.SOCKETS)).isEmpty();
    }

    private static void add(TreeSet<String> expected, Stream<List<String>> names, String set) {
        names.flatMap(List::stream).forEach(name -> expected.add(name + " " + set));
    }

    /** Every metric of a namespace with its dimensions; instances by name, the balancer and its group as L and T. */
    private static TreeSet<String> published(String namespace) {
        Map<String, String> names = lab.identities().instances().entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getValue, Map.Entry::getKey));
        return cloudWatch.listMetricsPaginator(request -> request.namespace(namespace)).metrics().stream()
                .map(metric -> metric.metricName() + " " + dimensions(metric, names))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String dimensions(Metric metric, Map<String, String> names) {
        return metric.dimensions().stream()
                .map(dimension -> switch (dimension.name()) {
                    case "LoadBalancer" -> "L";
                    case "TargetGroup" -> "T";
                    case "ImageId" -> {
                        assertThat(dimension.value()).matches("ami-[0-9a-f]{17}");
                        yield "ImageId";
                    }
                    default -> dimension.name() + "=" + names.getOrDefault(dimension.value(), dimension.value());
                })
                .sorted()
                .collect(Collectors.joining(" "));
    }

    private static double most(String namespace, String name, Map<String, String> dimensions) {
        return maximum(namespace, name, dimensions, scheduler.instant().minusSeconds(600))
                .orElse(Double.NaN);
    }

    private static Optional<Double> maximum(
            String namespace, String name, Map<String, String> dimensions, Instant since) {
        return cloudWatch
                .getMetricStatistics(request -> request.namespace(namespace)
                        .metricName(name)
                        .dimensions(dimensions.entrySet().stream()
                                .map(entry -> Dimension.builder()
                                        .name(entry.getKey())
                                        .value(entry.getValue())
                                        .build())
                                .toList())
                        .startTime(since)
                        .endTime(scheduler.instant().plusSeconds(1))
                        .period(1)
                        .statistics(Statistic.MAXIMUM))
                .datapoints()
                .stream()
                .map(datapoint -> datapoint.maximum())
                .max(Double::compare);
    }

    private static int order(String key) throws Exception {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(lab.environment().service().resolve("/api/orders"))
                                .timeout(Duration.ofSeconds(10))
                                .header("Content-Type", "application/json")
                                .header("Idempotency-Key", key)
                                .POST(HttpRequest.BodyPublishers.ofString(
                                        "{\"customer\":\"c\",\"itemId\":5,\"quantity\":2}"))
                                .build(),
                        HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }

    private static int get(URI uri) throws Exception {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(uri)
                                .timeout(Duration.ofSeconds(10))
                                .build(),
                        HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }
}
