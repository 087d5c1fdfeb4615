package io.failoverlab.environment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import io.failoverlab.autoscaling.Activity;
import io.failoverlab.autoscaling.GroupInstance;
import io.failoverlab.autoscaling.LifecycleState;
import io.failoverlab.clock.LabScheduler;
import io.failoverlab.elb.Target;
import io.failoverlab.engine.Engine;
import io.failoverlab.fault.AzPower;
import io.failoverlab.telemetry.StackEvent;
import io.failoverlab.topology.GroupSize;
import io.failoverlab.topology.Topology;
import io.failoverlab.topology.TopologyFile;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The Auto Scaling group on real containers: what it replaces, and how soon that serves. */
class WebGroupIT {
    private static final String RUN = "group-it-" + ProcessHandle.current().pid();
    private static final Duration LIMIT = Duration.ofSeconds(60);
    /** With the pauses after launches that failed in it, the longest of which is about a minute. */
    private static final Duration ZONE_LIMIT = Duration.ofSeconds(180);

    private static StackBench bench;
    private static LabScheduler scheduler;
    private static Engine engine;

    @TempDir
    private Path folder;

    private final RecordedMetrics metrics = new RecordedMetrics();
    private Environment environment;

    @BeforeAll
    static void connect() {
        bench = StackBench.open(RUN);
        scheduler = bench.scheduler();
        engine = bench.engine();
    }

    private void up(String group) throws Exception {
        up(group, 0);
    }

    private void up(String group, int inPool) throws Exception {
        Topology topology = TopologyFile.parse("group.yaml", "name: group\nauto-scaling: " + group);
        environment = Launch.up(bench.plan(topology, Files.createDirectories(folder.resolve("run")), metrics));
        awaitSettled(topology.web().size(), inPool);
    }

    @AfterEach
    void takeDown() {
        if (environment != null) {
            environment.close();
        }
    }

    @AfterAll
    static void nothingIsLeft() {
        if (bench != null) {
            bench.close();
        }
    }

    private WebGroup group() {
        return environment.group().orElseThrow();
    }

    private void awaitSettled(int inService, int inPool) {
        await().atMost(LIMIT).untilAsserted(() -> {
            assertThat(group().instances().stream().filter(it -> it.state() == LifecycleState.IN_SERVICE))
                    .hasSize(inService);
            assertThat(group().instances()).hasSize(inService + inPool);
            assertThat(environment.isInService()).isTrue();
        });
    }

    private void awaitPrepared(String name) {
        await().atMost(LIMIT)
                .until(() -> engine.find(RUN, name)
                        .filter(it -> it.state().running())
                        .isPresent());
    }

    /** The one that waits in the pool, as soon as it does. */
    private String warm(LifecycleState state) {
        await().atMost(LIMIT).until(() -> group().instances().stream().anyMatch(it -> it.state() == state));
        return group().instances().stream()
                .filter(it -> it.state() == state)
                .map(GroupInstance::name)
                .findFirst()
                .orElseThrow();
    }

    /** As on AWS an instance is warm when it runs; its application may still start. */
    private void awaitAnswer(String name) throws Exception {
        URI health = URI.create(
                "http://" + environment.topology().node(name).primary().address() + ":8080/healthz");
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpRequest request = HttpRequest.newBuilder(health).build();
            await().atMost(LIMIT)
                    .ignoreExceptions()
                    .until(() -> client.send(request, HttpResponse.BodyHandlers.discarding())
                                    .statusCode()
                            == 200);
        }
    }

    /** From the signal to the moment in which the balancer was seen serving the newcomer; says where the time went. */
    private void replace(String victim, String newcomer, String how) {
        Instant killed = scheduler.instant();
        environment.instance(victim).kill();
        await().atMost(LIMIT).until(() -> servedAt(newcomer, killed) != null);
        await().atMost(LIMIT)
                .untilAsserted(() -> assertThat(launchOf(newcomer).details())
                        .as(() -> group().activities().toString())
                        .startsWith(newcomer + " in service after ")
                        .contains(" from the loss: event and decision ", how, ", balancer "));
        System.out.println(victim + " killed, " + newcomer + " served "
                + Duration.between(killed, servedAt(newcomer, killed)).toMillis()
                + " ms after the signal; the engine told after "
                + Duration.between(killed, stoppedAt(victim)).toMillis() + " ms; "
                + launchOf(newcomer).details());
    }

    private void staysInThePoolWhenAnotherLabTakesOver(LifecycleState state) {
        String warm = warm(state);
        String serving = group().instances().stream()
                .filter(it -> it.state() == LifecycleState.IN_SERVICE)
                .map(GroupInstance::name)
                .findFirst()
                .orElseThrow();
        group().protectFromScaleIn(serving, true);
        await().atMost(LIMIT)
                .until(() -> new StackFile(folder.resolve("run"))
                        .read()
                        .group()
                        .protectedFromScaleIn()
                        .contains(serving));
        List<GroupInstance> before = group().instances();
        environment.leave();

        List<String> told = new ArrayList<>();
        environment = bench.takeOver(folder.resolve("run"), metrics, told::add);

        assertThat(told).isEmpty();
        assertThat(group().instances())
                .map(
                        GroupInstance::name,
                        GroupInstance::instanceId,
                        GroupInstance::state,
                        GroupInstance::protectedFromScaleIn)
                .containsExactlyInAnyOrderElementsOf(before.stream()
                        .map(it -> tuple(it.name(), it.instanceId(), it.state(), it.protectedFromScaleIn()))
                        .toList());
        assertThat(environment.targets().keySet()).map(Target::name).hasSize(2).doesNotContain(warm);
        awaitSettled(2, 1);
    }

    private Activity launchOf(String name) {
        return group().activities().stream()
                .filter(it -> it.instance().equals(name) && it.description().startsWith("Launching"))
                .findFirst()
                .orElseThrow();
    }

    private Instant servedAt(String name, Instant since) {
        return metrics.events().stream()
                .filter(StackEvent.RotationChanged.class::isInstance)
                .map(StackEvent.RotationChanged.class::cast)
                .filter(it -> it.at().isAfter(since) && it.targets().contains(name))
                .map(StackEvent.RotationChanged::at)
                .findFirst()
                .orElse(null);
    }

    private Instant stoppedAt(String name) {
        return metrics.events().stream()
                .filter(StackEvent.InstanceStateChanged.class::isInstance)
                .map(StackEvent.InstanceStateChanged.class::cast)
                .filter(it -> it.instance().equals(name) && it.state().equals("stopped"))
                .map(StackEvent.InstanceStateChanged::at)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aKilledInstanceIsReplacedAndTheGroupScalesByHandAndByPolicy() throws Exception {
        up(
                "{min: 2, max: 3, health-check-grace-period: 1h, policies: [{name: more, type: simple, adjustment: 1, cooldown: 0s}]}");
        try (SteadyLoad load = new SteadyLoad(environment.service(), 4)) {
            awaitPrepared("web-2a");
            replace("web-1a", "web-2a", "start in the container that was prepared");
            awaitSettled(2, 0);
            assertThat(environment.topology().web()).map(it -> it.name()).containsExactlyInAnyOrder("web-1c", "web-2a");

            assertThat(environment.scaling().scaleTo(3))
                    .anyMatch(it -> it.startsWith("Launching a new EC2 instance: i-"));
            assertThat(group().instances()).hasSize(3);
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> environment.scaling().scaleTo(4))
                    .withMessageContaining("expected a desired capacity of 2 to 3 for web, found 4")
                    .withMessageContaining("`lab scale web 4 --max 4` changes the limit, too");
            group().protectFromScaleIn("web-2a", true);
            environment.scaling().scaleTo(1, OptionalInt.of(1), OptionalInt.of(2));
            assertThat(group().instances()).map(GroupInstance::name).containsExactly("web-2a");
            assertThat(group().size()).isEqualTo(new GroupSize(1, 1, 2));
            assertThat(group().execute("more", "busy", 1).scaled()).isTrue();
            awaitSettled(2, 0);
            assertThat(load.failures()).isEmpty();
        }
        assertThat(metrics.events().stream()
                        .filter(StackEvent.ScalingEvent.class::isInstance)
                        .map(it -> ((StackEvent.ScalingEvent) it).cause()))
                .anyMatch(it -> it.contains("an EC2 health check indicating it has been terminated or stopped"))
                .anyMatch(it -> it.contains("monitor alarm busy triggered policy more"));
        await().atMost(LIMIT)
                .untilAsserted(() -> assertThat(metrics.measurements())
                        .anyMatch(it -> it.namespace().equals("AWS/AutoScaling")
                                && it.name().equals("GroupInServiceInstances")
                                && it.dimensions().get("AutoScalingGroupName").equals("web")
                                && it.values().equals(List.of(3.0))));
    }

    /** As on AWS: it is running all the time, and serves again after its health checks. */
    @Test
    void aRebootedInstanceIsNotReplacedOneThatSomebodyElseEndsIs() throws Exception {
        up("{min: 2, max: 3, health-check-grace-period: 1h}");
        String id = environment.instance("web-1a").id();
        environment.instance("web-1a").reboot();
        await().atMost(LIMIT)
                .untilAsserted(() -> assertThat(metrics.events().stream()
                                .filter(StackEvent.InstanceStateChanged.class::isInstance)
                                .map(it -> ((StackEvent.InstanceStateChanged) it).cause()))
                        .containsSubsequence("reboots: its processes ended", "its container started"));
        awaitSettled(2, 0);
        assertThat(group().instances()).map(GroupInstance::name).containsExactly("web-1a", "web-1c");
        assertThat(environment.instance("web-1a").id()).isEqualTo(id);
        assertThat(group().activities()).isEmpty();

        environment.scaling().terminate("web-1a");
        awaitReplaced("web-1a");
        environment.instance("web-1c").container().remove();
        awaitReplaced("web-1c");
        assertThat(metrics.events()).noneMatch(StackEvent.Trouble.class::isInstance);
        assertThat(metrics.events().stream().map(WebGroupIT::endOf))
                .as("the group knows when it is gone, not before")
                .containsSubsequence(
                        "web-1a terminated",
                        "EC2 Instance Terminate Successful web-1a",
                        "web-1c terminated",
                        "EC2 Instance Terminate Successful web-1c");
    }

    private static String endOf(StackEvent event) {
        return switch (event) {
            case StackEvent.InstanceStateChanged it -> it.instance() + " " + it.state();
            case StackEvent.ScalingEvent it -> it.detailType() + " " + it.instance();
            default -> "";
        };
    }

    @Test
    @Tag("long")
    void aFrozenInstanceIsReplacedWhenItsChecksFailAfterTheGracePeriod() throws Exception {
        up("{min: 2, max: 3, health-check-grace-period: 5s}");
        environment.instance("web-1c").pause();
        awaitReplaced("web-1c");
    }

    /** As on AWS nothing can be launched in it meanwhile; who took the places goes when the zones are balanced again. */
    @Test
    @Tag("long")
    void aLostZonesInstancesAreReplacedInTheOtherAndComeBackEvenly() throws Exception {
        up("{min: 4, max: 4, desired: 4, health-check-grace-period: 10s}");
        try (SteadyLoad load = new SteadyLoad(environment.service(), 2)) {
            environment.inject(new AzPower(), "c", Optional.empty());
            await().atMost(ZONE_LIMIT)
                    .untilAsserted(() -> assertThat(zonesInService()).containsExactly("a", "a", "a", "a"));
            awaitSettled(4, 0);
            assertThat(group().activities())
                    .filteredOn(it -> it.status() == Activity.Status.FAILED)
                    .isNotEmpty()
                    .allSatisfy(it -> assertThat(it.statusMessage())
                            .startsWith("InsufficientInstanceCapacity: ")
                            .contains("found ap-northeast-1c lost"));

            environment.healZone("c");
            await().atMost(ZONE_LIMIT)
                    .untilAsserted(() -> assertThat(zonesInService()).containsExactly("a", "a", "c", "c"));
            awaitSettled(4, 0);
            assertThat(load.failures()).isEmpty();
        }
        assertThat(environment.faults()).isEmpty();
        assertThat(metrics.events()).noneMatch(StackEvent.Trouble.class::isInstance);
    }

    private List<String> zonesInService() {
        return group().instances().stream()
                .filter(it -> it.state() == LifecycleState.IN_SERVICE)
                .map(it -> it.zone().letter())
                .sorted()
                .toList();
    }

    private void awaitReplaced(String old) {
        await().atMost(LIMIT).untilAsserted(() -> {
            assertThat(group().instances().stream().map(GroupInstance::name))
                    .hasSize(2)
                    .doesNotContain(old);
            assertThat(environment.isInService()).isTrue();
        });
    }

    @Test
    void aRunningInstanceOfTheWarmPoolTakesTheDeadOnesPlace() throws Exception {
        up(
                "{min: 2, max: 4, health-check-grace-period: 1h, warm-pool: {min-size: 1, max-prepared: 0, state: running}}",
                1);
        String warm = warm(LifecycleState.WARMED_RUNNING);
        awaitAnswer(warm);
        replace("web-1" + warm.charAt(warm.length() - 1), warm, "ran in the warm pool");
        awaitSettled(2, 1);
        staysInThePoolWhenAnotherLabTakesOver(LifecycleState.WARMED_RUNNING);
    }

    @Test
    void aStoppedInstanceOfTheWarmPoolIsStarted() throws Exception {
        up(
                "{min: 2, max: 4, health-check-grace-period: 1h, warm-pool: {min-size: 1, max-prepared: 0, state: stopped}}",
                1);
        String warm = warm(LifecycleState.WARMED_STOPPED);
        replace("web-1" + warm.charAt(warm.length() - 1), warm, "start from the warm pool");
        awaitSettled(2, 1);
        staysInThePoolWhenAnotherLabTakesOver(LifecycleState.WARMED_STOPPED);
    }
}
