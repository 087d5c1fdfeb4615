package io.failoverlab.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.model.AccessMode;
import com.github.dockerjava.api.model.Bind;
import com.github.dockerjava.api.model.Capability;
import com.github.dockerjava.api.model.Device;
import com.github.dockerjava.api.model.ExposedPort;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.PortBinding;
import com.github.dockerjava.api.model.Ports;
import com.github.dockerjava.api.model.PropagationMode;
import com.github.dockerjava.api.model.RestartPolicy;
import com.github.dockerjava.api.model.SELContext;
import com.github.dockerjava.api.model.Volume;
import io.failoverlab.audit.Audit;
import io.failoverlab.audit.ContainerFacts;
import io.failoverlab.audit.Rule;
import io.failoverlab.ec2.Ec2Instance;
import io.failoverlab.ec2.InstanceState;
import io.failoverlab.ec2.NotRunning;
import io.failoverlab.elb.TargetState;
import io.failoverlab.environment.Environment;
import io.failoverlab.environment.Launch;
import io.failoverlab.environment.Leftovers;
import io.failoverlab.environment.RecordedMetrics;
import io.failoverlab.environment.StackBench;
import io.failoverlab.fault.ActiveFault;
import io.failoverlab.fault.CpuStress;
import io.failoverlab.fault.Deaf;
import io.failoverlab.fault.DiskFull;
import io.failoverlab.fault.Fault;
import io.failoverlab.fault.Faults;
import io.failoverlab.fault.Hang;
import io.failoverlab.fault.IoStress;
import io.failoverlab.fault.Kill;
import io.failoverlab.fault.KillProcess;
import io.failoverlab.fault.MemoryStress;
import io.failoverlab.fault.Pause;
import io.failoverlab.fault.Slow;
import io.failoverlab.fault.Stop;
import io.failoverlab.telemetry.StackEvent;
import io.failoverlab.topology.Probe;
import io.failoverlab.topology.Topology;
import io.failoverlab.topology.TopologyFile;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The stack of the pattern with two web servers, real, brought up once for all tests. */
class StackIT {
    private static final String RUN = "stack-it-" + ProcessHandle.current().pid();
    private static final Duration LIMIT = Duration.ofSeconds(60);

    @TempDir
    private static Path folder;

    private static final RecordedMetrics RECORDER = new RecordedMetrics();
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static StackBench bench;
    private static Engine engine;
    private static Topology topology;
    private static Environment environment;

    @BeforeAll
    static void bringUp() {
        bench = StackBench.open(RUN);
        engine = bench.engine();
        topology = TopologyFile.named("two-web-one-db");
        environment = Launch.up(bench.plan(topology, folder, RECORDER));
    }

    @AfterAll
    static void takeDownAndLeaveNothing() {
        if (environment != null) {
            environment.close();
        }
        if (bench != null) {
            bench.close();
        }
    }

    @BeforeEach
    void allInService() {
        assertThat(environment.awaitInService(LIMIT, waiting -> {})).isTrue();
    }

    @Test
    void everyPairReachesWhatItMayAndNothingElse() {
        Map<String, Boolean> expected = new ConcurrentSkipListMap<>();
        Map<String, Boolean> found = new ConcurrentSkipListMap<>();
        // Together, since one that is blocked takes its whole time-out.
        try (ExecutorService together = Executors.newFixedThreadPool(12)) {
            topology.probes().forEach(probe -> {
                String pair = probe.from() + " -> " + probe.to() + " " + probe.address() + ":" + probe.port();
                expected.put(pair, probe.allowed());
                together.execute(() -> found.put(pair, connects(probe)));
            });
        }
        assertThat(found).isNotEmpty().isEqualTo(expected);
    }

    private static boolean connects(Probe probe) {
        String script = "use Socket; socket(S, PF_INET, SOCK_STREAM, 0); alarm 2;" + " exit(connect(S, sockaddr_in("
                + probe.port() + ", inet_aton('" + probe.address() + "'))) ? 0 : 1)";
        return environment.instance(probe.from()).run("perl", "-e", script).exitCode() == 0;
    }

    @Test
    void onlyTheBalancerPublishesAPortAndOnlyOnLoopback() {
        for (EngineContainer container : engine.containers(RUN)) {
            List<String> published = new ArrayList<>();
            for (Ports.Binding[] bindings : inspect(container)
                    .getNetworkSettings()
                    .getPorts()
                    .getBindings()
                    .values()) {
                for (Ports.Binding binding : bindings == null ? new Ports.Binding[0] : bindings) {
                    published.add(binding.getHostIp() + ":" + binding.getHostPortSpec());
                }
            }
            assertThat(published)
                    .as(container.name())
                    .isEqualTo(
                            container.name().equals("lb")
                                    ? List.of(
                                            "127.0.0.1:" + environment.service().getPort())
                                    : List.of());
        }
    }

    @Test
    void everyContainerIsLockedDown() {
        for (EngineContainer container : engine.containers(RUN)) {
            InspectContainerResponse inspected = inspect(container);
            HostConfig host = inspected.getHostConfig();
            assertThat(inspected.getConfig().getUser()).as(container.name()).isNotIn("", "root", "0");
            assertThat(host.getReadonlyRootfs()).as(container.name()).isTrue();
            assertThat(host.getCapDrop()).as(container.name()).isNotEmpty();
            assertThat(host.getSecurityOpts()).as(container.name()).contains("no-new-privileges");
            assertThat(host.getMemory()).as(container.name()).isPositive();
            assertThat(host.getNanoCPUs()).as(container.name()).isPositive();
            assertThat(host.getPidsLimit()).as(container.name()).isPositive();
            assertThat(inspected.getConfig().getEnv())
                    .as(container.name())
                    .noneMatch(variable -> variable.matches("(?i).*password=.*"));
            assertThat(inspected.getMounts())
                    .as(container.name())
                    .noneMatch(mount -> String.valueOf(mount.getSource()).endsWith("docker.sock"));
        }
    }

    @Test
    void noContainerBreaksARuleOfTheBenchmarkButForAReason() {
        Inspection inspection = engine.inspection();
        List<ContainerFacts> containers = inspection.containers();
        assertThat(containers).extracting(ContainerFacts::name).contains("web-1a", "web-1c", "lb", "db-1");
        List<Audit.Result> results = Audit.of(inspection.engine(), containers);
        assertThat(results.stream().filter(it -> it.outcome() == Audit.Outcome.FAIL))
                .isEmpty();
        assertThat(results.stream().filter(it -> it.outcome() == Audit.Outcome.EXCEPTION))
                .extracting(Audit.Result::rule)
                .isSubsetOf("5.23", "5.27");
    }

    /** Most of them are a matter of how it is made: it need not run. */
    @Test
    void whateverBreaksARuleOfTheBenchmarkIsSeen() {
        String image = engine.client()
                .inspectContainerCmd("lab-" + RUN + "-web-1a")
                .exec()
                .getConfig()
                .getImage();
        Map<String, String> labels = Owner.ofThisProcess(RUN).labels();
        String bad = engine.client()
                .createContainerCmd(image)
                .withName("lab-" + RUN + "-bad")
                .withLabels(labels)
                .withExposedPorts(ExposedPort.tcp(80))
                .withHostConfig(everythingWrong())
                .exec()
                .getId();
        String sshd = engine.client()
                .createContainerCmd(image)
                .withName("lab-" + RUN + "-sshd")
                .withLabels(labels)
                .withEntrypoint("perl", "-e", "$0 = 'sshd: root'; sleep 60")
                .exec()
                .getId();
        try {
            engine.client().startContainerCmd(sshd).exec();
            engine.client()
                    .execCreateCmd(sshd)
                    .withPrivileged(true)
                    .withCmd("sleep", "1")
                    .exec();
            Inspection inspection = engine.inspection();
            await().atMost(LIMIT).untilAsserted(() -> {
                List<Audit.Result> results = Audit.of(inspection.engine(), inspection.containers());
                assertThat(results.stream()
                                .filter(result -> result.findings().stream()
                                        .anyMatch(it -> it.container().matches(".*-(bad|sshd)")))
                                .map(Audit.Result::rule))
                        .containsAll(Stream.of(Rule.values())
                                .map(Rule::id)
                                // What the engine and the kernel have to be for these is not for a test to change.
                                .filter(id -> !List.of("5.1", "5.2", "5.3").contains(id))
                                .toList());
                assertThat(Audit.passes(results)).isFalse();
            });
        } finally {
            for (String id : List.of(bad, sshd)) {
                engine.client().removeContainerCmd(id).withForce(true).exec();
            }
        }
    }

    private static HostConfig everythingWrong() {
        return new HostConfig()
                .withPrivileged(true)
                .withCapAdd(Capability.SYS_ADMIN)
                .withNetworkMode("host")
                .withPidMode("host")
                .withIpcMode("host")
                .withUtSMode("host")
                .withUsernsMode("host")
                .withCgroupParent("/elsewhere")
                .withSecurityOpts(List.of("seccomp=unconfined"))
                .withRestartPolicy(RestartPolicy.alwaysRestart())
                .withDevices(new Device("rwm", "/dev/null", "/dev/null"))
                .withPortBindings(new PortBinding(Ports.Binding.bindIpAndPort("0.0.0.0", 80), ExposedPort.tcp(80)))
                .withBinds(
                        new Bind(
                                "/etc", new Volume("/x"), AccessMode.ro, SELContext.none, null, PropagationMode.SHARED),
                        new Bind("/var/run/docker.sock", new Volume("/run/docker.sock"), AccessMode.rw));
    }

    private static InspectContainerResponse inspect(EngineContainer container) {
        return engine.client()
                .inspectContainerCmd("lab-" + RUN + "-" + container.name())
                .exec();
    }

    @Test
    void anOrderThroughTheBalancerIsInTheDatabase() throws Exception {
        HttpResponse<String> answer = order("key-of-the-chain", "c-1");
        assertThat(answer.statusCode()).isEqualTo(201);
        assertThat(environment
                        .database()
                        .query("SELECT customer FROM orders WHERE idempotency_key = 'key-of-the-chain'"))
                .isEqualTo(List.of(List.of("c-1")));
    }

    @Test
    void aKilledInstanceLeavesRotationAndCostsNoRequestNorAnOrderTwice() throws Exception {
        try (ActiveFault fault = environment.inject(new Kill(), "web-1a", Optional.empty())) {
            for (int i = 0; i < 50; i++) {
                HttpResponse<String> answer = order("kill-" + i, "c-2");
                assertThat(answer.statusCode()).as("order %s", i).isEqualTo(201);
            }
            assertThat(fault.tookEffect()).isTrue();
            await().atMost(LIMIT)
                    .untilAsserted(() -> assertThat(stateOf("web-1a")).isEqualTo(TargetState.UNHEALTHY));
            assertThat(environment.database().query("SELECT COUNT(*) FROM orders WHERE customer = 'c-2'"))
                    .isEqualTo(List.of(List.of("50")));
        }
    }

    @Test
    void aContainerKilledBehindTheLabsBackIsSeen() {
        int before = RECORDER.events().size();
        engine.client().killContainerCmd("lab-" + RUN + "-web-1c").exec();

        await().atMost(LIMIT).untilAsserted(() -> assertThat(stateOf("web-1c")).isEqualTo(TargetState.UNHEALTHY));
        await().atMost(LIMIT)
                .untilAsserted(() -> assertThat(RECORDER.events().stream().skip(before))
                        .anyMatch(event -> event instanceof StackEvent.RotationChanged rotation
                                && rotation.targets().equals(List.of("web-1a"))));
        assertThat(RECORDER.measurements())
                .anyMatch(it -> it.name().equals("StatusCheckFailed")
                        && it.values().equals(List.of(1.0))
                        && it.dimensions()
                                .containsValue(environment.instance("web-1c").id()));
        environment.heal("web-1c");
    }

    @Test
    void everyFaultTakesEffectAndIsUndone() {
        for (Fault fault :
                List.of(new Pause(), new Hang(), new Deaf(), new Slow(), new KillProcess(), new Stop(), new Kill())) {
            ActiveFault active = environment.inject(fault, "web-1a", Optional.empty());
            assertThat(active.tookEffect())
                    .as(active.fault() + ": " + active.evidence())
                    .isTrue();
            environment.heal(active);
            assertThat(environment.awaitInService(LIMIT, waiting -> {}))
                    .as(fault.name())
                    .isTrue();
            assertThat(environment.instance("web-1a").processes())
                    .as(fault.name())
                    .noneMatch(process -> process.commandLine().equals("yes"));
        }
    }

    @Test
    void whatAnInstanceHasIsTakenAndGivenBack() {
        Ec2Instance web = environment.instance("web-1c");
        hit(new CpuStress(3, LIMIT), () -> assertThat(running(web, "yes")).isEqualTo(3));
        assertThat(running(web, "yes")).isZero();

        long before = residentBytes(web, "tail");
        hit(
                new MemoryStress(60, LIMIT),
                () -> assertThat(residentBytes(web, "tail")).isGreaterThan(before + (64L << 20)));
        assertThat(residentBytes(web, "tail")).isZero();

        hit(new IoStress(2, LIMIT), () -> assertThat(list(web)).contains(".lab-io-"));
        assertThat(list(web)).doesNotContain("lab-");

        hit(new DiskFull(100), () -> {
            assertThat(web.run("sh", "-c", "df --output=pcent /tmp | tail -1").stdout())
                    .contains("100%");
            assertThat(web.run("sh", "-c", "echo more > /tmp/more").exitCode()).isNotZero();
        });
        assertThat(web.run("sh", "-c", "echo more > /tmp/more && rm /tmp/more").exitCode())
                .isZero();
    }

    private static void hit(Fault fault, Runnable meanwhile) {
        ActiveFault active = environment.inject(fault, "web-1c", Optional.empty());
        System.out.println(fault.name() + ": " + active.evidence());
        assertThat(active.tookEffect()).as(active.evidence()).isTrue();
        meanwhile.run();
        environment.heal(active);
        System.out.println(fault.name() + ": " + active.healing());
    }

    private static long running(Ec2Instance instance, String program) {
        return instance.processes().stream()
                .filter(it -> (it.commandLine() + " ").startsWith(program + " "))
                .count();
    }

    private static long residentBytes(Ec2Instance instance, String program) {
        return instance.run("ps", "-C", program, "-o", "rss=")
                .stdout()
                .lines()
                .mapToLong(line -> Long.parseLong(line.strip()) << 10)
                .sum();
    }

    private static String list(Ec2Instance instance) {
        return instance.run("ls", "-a", "/tmp").stdout();
    }

    @Test
    void whatAnInstanceSendsAndReceivesIsRefusedDroppedAndInOrderAgain() {
        for (String name : List.of("reset", "port-closed")) {
            hit(fault(name, Map.of()), () -> assertThat(connection("web-1c")).isEqualTo("refused"));
            assertThat(connection("web-1c")).as(name).isEqualTo("made");
        }
        for (Fault fault : List.of(fault("blackhole-port", Map.of()), fault("packet-loss", Map.of("percent", "100")))) {
            hit(fault, () -> assertThat(connection("web-1c")).isEqualTo("none"));
            assertThat(connection("web-1c")).as(fault.name()).isEqualTo("made");
        }
        hit(
                fault("port-closed", Map.of("port", "22")),
                () -> assertThat(connection("web-1c")).isEqualTo("made"));
    }

    private static Fault fault(String name, Map<String, String> values) {
        return Faults.named(name, Optional.empty(), values);
    }

    private static String connection(String instance) {
        InetSocketAddress address = new InetSocketAddress(
                topology.node(instance).primary().address().toString(), 8080);
        try (Socket socket = new Socket()) {
            socket.connect(address, 1_000);
            return "made";
        } catch (SocketTimeoutException silent) {
            return "none";
        } catch (IOException refused) {
            return "refused";
        }
    }

    /** By the kernel where it can, else by a relay. */
    @Test
    void aSlowNetworkIsSlowForAsLongAsItIs() {
        hit(
                fault("latency", Map.of("delay", "300ms")),
                () -> assertThat(answerMillis("web-1c")).isGreaterThanOrEqualTo(300));
        await().atMost(LIMIT).until(() -> answerMillis("web-1c") < 300);
    }

    private static long answerMillis(String instance) {
        Instant begun = bench.scheduler().instant();
        URI item = URI.create("http://" + topology.node(instance).primary().address() + ":8080/api/items/1");
        try {
            HttpRequest request =
                    HttpRequest.newBuilder(item).timeout(Duration.ofSeconds(10)).build();
            assertThat(HTTP.send(request, HttpResponse.BodyHandlers.discarding())
                            .statusCode())
                    .isEqualTo(200);
        } catch (IOException | InterruptedException failure) {
            throw new IllegalStateException(failure);
        }
        return Duration.between(begun, bench.scheduler().instant()).toMillis();
    }

    @Test
    void aProcessIsFoundByItsNameAndAnInstanceIsRebooted() {
        assertThatThrownBy(() -> environment.inject(
                        fault("kill-process", Map.of("process", "httpd")), "web-1c", Optional.empty()))
                .hasMessageStartingWith("expected a process httpd in web-1c, found ")
                .hasMessageContaining("java");
        hit(
                fault("kill-process", Map.of("process", "java", "signal", "TERM")),
                () -> assertThat(running(environment.instance("web-1c"), "java"))
                        .isZero());

        Optional<Instant> before = environment.instance("web-1c").container().startedAt();
        ActiveFault reboot = environment.inject(fault("reboot", Map.of()), "web-1c", Optional.empty());
        assertThat(reboot.tookEffect()).isTrue();
        assertThat(environment.instance("web-1c").container().startedAt()).isNotEqualTo(before);
        assertThat(environment.faults()).isEmpty();
    }

    @Test
    void aDatabaseWithoutAConnectionLeftTakesNewOnesAgainAfterwards() throws Exception {
        ActiveFault taken = environment.inject(fault("connections-exhausted", Map.of()), "db", Optional.empty());
        assertThat(taken.tookEffect()).as(taken.evidence()).isTrue();
        assertThatThrownBy(() -> environment.database().query("SELECT 1")).hasMessageContaining("Too many connections");

        environment.heal(taken);
        await().atMost(LIMIT)
                .ignoreExceptions()
                .until(() -> environment.database().isAvailable());
        System.out.println(taken.evidence() + "; " + taken.healing());
    }

    @Test
    void aKilledServerProcessLeavesTheInstanceRunning() {
        ActiveFault active = environment.inject(new KillProcess(), "web-1c", Optional.empty());
        assertThat(environment.instance("web-1c").passesStatusChecks()).isTrue();
        await().atMost(LIMIT).untilAsserted(() -> assertThat(stateOf("web-1c")).isEqualTo(TargetState.UNHEALTHY));
        environment.heal(active);
    }

    @Test
    void aDeafInstancePassesItsHealthChecksAndCostsNoRequest() throws Exception {
        try (ActiveFault fault = environment.inject(new Deaf(), "web-1a", Optional.empty())) {
            for (int i = 0; i < 10; i++) {
                HttpResponse<String> answer = order("deaf-" + i, "c-3");
                assertThat(answer.statusCode()).as("order %s", i).isEqualTo(201);
            }
            assertThat(fault.tookEffect()).isTrue();
            assertThat(stateOf("web-1a")).isEqualTo(TargetState.HEALTHY);
        }
    }

    @Test
    void theWayToAFrozenInstanceIsShutAtOnceAndOpenAfterwards() {
        String address = topology.node("web-1a").primary().address().toString();
        ActiveFault paused = environment.inject(new Pause(), "web-1a", Optional.empty());
        await().atMost(LIMIT)
                .untilAsserted(() -> assertThat(routesOfTheBalancer()).contains("unreachable " + address));
        assertThat(stateOf("web-1a")).isEqualTo(TargetState.UNHEALTHY);

        environment.heal(paused);
        await().atMost(LIMIT)
                .untilAsserted(() -> assertThat(routesOfTheBalancer()).doesNotContain("unreachable"));
    }

    private static String routesOfTheBalancer() {
        return environment.instance("lb").run("ip", "route").stdout();
    }

    @Test
    void aKilledBalancerComesBackByItself() throws Exception {
        environment.inject(new Kill(), "lb", Optional.empty());

        await().atMost(LIMIT)
                .ignoreExceptions()
                .untilAsserted(
                        () -> assertThat(order("after-the-balancer", "c-4").statusCode())
                                .isIn(200, 201));
        environment.heal("lb");
        assertThat(environment.isInService()).isTrue();
    }

    @Test
    void aFaultEndsAfterItsTime() {
        ActiveFault active = environment.inject(new Pause(), "web-1c", Optional.of(Duration.ofSeconds(1)));
        await().atMost(LIMIT).until(active::isHealed);
        assertThat(environment.faults()).isEmpty();
    }

    @Test
    void whatDoesNotRunCannotBeHurt() {
        ActiveFault stopped = environment.inject(new Stop(), "web-1a", Optional.empty());
        assertThat(environment.instance("web-1a").state()).isEqualTo(InstanceState.STOPPED);
        assertThatThrownBy(() -> environment.inject(new Kill(), "web-1a", Optional.empty()))
                .isInstanceOf(NotRunning.class)
                .hasMessage("expected web-1a to be running, found it stopped; `lab start web-1a` starts it");
        await().atMost(LIMIT)
                .untilAsserted(() -> assertThat(environment.targets().entrySet())
                        .filteredOn(it -> it.getKey().name().equals("web-1a"))
                        .extracting(it -> it.getValue().reasonCode())
                        .containsExactly("Target.InvalidState"));
        environment.heal(stopped);
        assertThat(environment.awaitInService(LIMIT, waiting -> {})).isTrue();
    }

    @Test
    void anUnknownInstanceIsRefusedWithTheNearestName() {
        assertThatThrownBy(() -> environment.inject(new Kill(), "web1a", Optional.empty()))
                .hasMessage("expected one of db-1, lb, web-1a, web-1c, found web1a; did you mean \"web-1a\"?");
    }

    @Test
    void twoInstancesStoppedAndStartedInReverseKeepTheirAddresses() {
        ActiveFault first = environment.inject(new Stop(), "web-1a", Optional.empty());
        ActiveFault second = environment.inject(new Stop(), "web-1c", Optional.empty());
        environment.heal(second);
        environment.heal(first);
        // Probes check identity, so both in service means that each answers at its own address.
        assertThat(environment.awaitInService(LIMIT, waiting -> {})).isTrue();
    }

    @Test
    void aSecondLookFindsWhatADeadLabLeftAndOnlyThat() throws Exception {
        Process gone = new ProcessBuilder("true").start();
        gone.waitFor();
        Owner self = Owner.ofThisProcess(RUN);
        Owner dead = new Owner("dead-" + RUN, gone.pid(), self.startedAt(), self.host());
        engine.createNetwork(new NetworkSpec("left", "10.66.6.0/24", "10.66.6.1", true), dead);
        List<Leftover> ours = objectsOf(RUN);

        assertThat(new Leftovers(engine).removeDead()).contains(dead.run());

        assertThat(objectsOf(dead.run())).isEmpty();
        assertThat(objectsOf(RUN)).containsExactlyInAnyOrderElementsOf(ours);
    }

    private static List<Leftover> objectsOf(String run) {
        return engine.labObjects().stream()
                .filter(object -> object.owner().run().equals(run))
                .toList();
    }

    private static TargetState stateOf(String name) {
        return environment.targets().entrySet().stream()
                .filter(entry -> entry.getKey().name().equals(name))
                .findFirst()
                .orElseThrow()
                .getValue()
                .state();
    }

    private static HttpResponse<String> order(String key, String customer) throws Exception {
        URI orders = environment.service().resolve("/api/orders");
        return HTTP.send(
                HttpRequest.newBuilder(orders)
                        .timeout(Duration.ofSeconds(10))
                        .header("Content-Type", "application/json")
                        .header("Idempotency-Key", key)
                        .POST(HttpRequest.BodyPublishers.ofString(
                                "{\"customer\":\"" + customer + "\",\"itemId\":5,\"quantity\":2}"))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }
}
