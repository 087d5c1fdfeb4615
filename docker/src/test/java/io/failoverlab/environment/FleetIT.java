package io.failoverlab.environment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.failoverlab.ec2.Ec2Instance;
import io.failoverlab.elb.Target;
import io.failoverlab.engine.Engine;
import io.failoverlab.engine.EngineContainer;
import io.failoverlab.fault.Kill;
import io.failoverlab.fault.Pause;
import io.failoverlab.telemetry.StackEvent;
import io.failoverlab.topology.Instance;
import io.failoverlab.topology.Topology;
import io.failoverlab.topology.TopologyFile;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** Instances come and go under load, and the stack itself changes hands; the clients notice nothing. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class FleetIT {
    private static final String RUN = "fleet-it-" + ProcessHandle.current().pid();
    private static final Duration LIMIT = Duration.ofSeconds(60);

    @TempDir
    private static Path folder;

    private static final RecordedMetrics METRICS = new RecordedMetrics();
    private static StackBench bench;
    private static Engine engine;
    private static Launch.Plan plan;
    private static Environment environment;

    @BeforeAll
    static void bringUp() throws Exception {
        bench = StackBench.open(RUN);
        engine = bench.engine();
        plan = bench.plan(TopologyFile.named("two-web-one-db"), folder, METRICS);
        environment = Launch.up(plan);
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

    @Test
    @Order(1)
    void scalingOutAndInUnderLoadCostsNoRequest() {
        List<StackEvent> before = List.copyOf(METRICS.events());
        try (SteadyLoad load = new SteadyLoad(environment.service(), 8)) {
            await().atMost(LIMIT).until(() -> load.sent() > 200);

            List<String> out = environment.scaling().scaleTo(4);
            out.forEach(System.out::println);
            assertThat(names()).containsExactly("web-1a", "web-1c", "web-2a", "web-2c");
            assertThat(environment.isInService()).isTrue();
            assertThat(environment.targets()).hasSize(4);
            assertThat(environment.instance("web-2c").zone()).isEqualTo("ap-northeast-1c");

            EngineContainer newcomer = environment.instance("web-2a").container();
            assertThat(newcomer.startedAt()).isPresent();
            environment.scaling().scaleTo(2);
            assertThat(newcomer.startedAt()).as("of a container that is gone").isEmpty();
            long sent = load.sent();
            await().atMost(LIMIT).until(() -> load.sent() > sent + 200);
            assertThat(load.failures()).isEmpty();
        }

        assertThat(names()).containsExactly("web-1a", "web-1c");
        assertThat(environment.targets().keySet()).map(Target::name).containsExactly("web-1a", "web-1c");
        assertThat(engine.containers(RUN)).map(EngineContainer::name).containsExactly("db-1", "lb", "web-1a", "web-1c");
        List<StackEvent> told = new ArrayList<>(METRICS.events());
        told.removeAll(before);
        assertThat(told.stream()
                        .filter(StackEvent.InstanceStateChanged.class::isInstance)
                        .map(StackEvent.InstanceStateChanged.class::cast)
                        .filter(change -> change.instance().equals("web-2a"))
                        .map(StackEvent.InstanceStateChanged::state))
                .containsExactly("pending", "running", "shutting-down", "terminated");
    }

    @Test
    @Order(2)
    void whatIsProtectedIsNotTerminatedByPeople() {
        environment.fleet().protect("web-1a", true);
        String id = environment.instance("web-1a").id();

        for (Runnable change : List.<Runnable>of(
                () -> environment.scaling().terminate("web-1a"),
                () -> environment.scaling().refresh())) {
            assertThatIllegalArgumentException()
                    .isThrownBy(change::run)
                    .withMessage("OperationNotPermitted: the instance web-1a (" + id + ") may not be terminated; modify"
                            + " its disableApiTermination attribute and try again: `lab protect web-1a --off`");
        }
        environment.fleet().protect("web-1a", false);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> environment.scaling().terminate("web-2a"))
                .withMessage("expected one of web-1a, web-1c, found web-2a; did you mean \"web-1a\"?");
        assertThat(names()).containsExactly("web-1a", "web-1c");
    }

    @Test
    @Order(3)
    void replacingEveryInstanceUnderLoadCostsNoRequest() {
        Map<String, String> before = ids();
        try (SteadyLoad load = new SteadyLoad(environment.service(), 8)) {
            await().atMost(LIMIT).until(() -> load.sent() > 200);
            environment.scaling().refresh().forEach(System.out::println);
            assertThat(load.failures()).isEmpty();
        }
        assertThat(names()).containsExactly("web-2a", "web-2c");
        assertThat(ids().values()).doesNotContainAnyElementsOf(before.values());
        assertThat(environment.isInService()).isTrue();
    }

    @Test
    @Order(4)
    void aStackThatRunsIsTakenOverUnderLoadWithWhatWasUnfinished() {
        Map<String, String> before = ids();
        environment.fleet().protect("web-2c", true);
        try (SteadyLoad load = new SteadyLoad(environment.service(), 8)) {
            await().atMost(LIMIT).until(() -> load.sent() > 200);
            environment.leave();
            halfALaunch();

            List<String> told = new ArrayList<>();
            takeOver(told);

            assertThat(told).containsExactly("the launch of web-1a had no end and was given up");
            assertThat(names()).containsExactly("web-2a", "web-2c");
            assertThat(ids()).isEqualTo(before);
            assertThat(environment.awaitInService(LIMIT, waiting -> {})).isTrue();
            environment.scaling().scaleTo(3);
            long sent = load.sent();
            await().atMost(LIMIT).until(() -> load.sent() > sent + 200);
            assertThat(load.failures()).isEmpty();
        }
        assertThat(names()).containsExactly("web-1a", "web-2a", "web-2c");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> environment.scaling().terminate("web-2c"));
    }

    /** The lab that shut its address off is gone, and the next one does not know. */
    @Test
    @Order(5)
    void faultsOutliveTheLabThatInjectedThemAndEndInTime() {
        environment.inject(new Kill(), "web-2a", Optional.empty());
        environment.inject(new Pause(), "web-2c", Optional.of(Duration.ofSeconds(2)));
        await().atMost(LIMIT)
                .untilAsserted(() -> assertThat(routesOfTheBalancer()).contains("unreachable"));
        environment.leave();

        RecordedMetrics abandoned = new RecordedMetrics();
        assertThatThrownBy(() -> bench.takeOver(folder, abandoned, line -> {
                    throw new IllegalStateException("nobody listens");
                }))
                .hasMessage("nobody listens");
        List<String> told = new ArrayList<>();
        takeOver(told);
        assertThat(told).contains("the fault kill of web-2a goes on, without a time limit");
        assertThat(told).anyMatch(line -> line.startsWith("the fault pause of web-2c "));
        await().atMost(LIMIT)
                .untilAsserted(() -> assertThat(environment.faults())
                        .map(it -> it.fault().name())
                        .containsExactly("kill"));
        environment.heal("web-2a");

        assertThat(environment.awaitInService(LIMIT, waiting -> {})).isTrue();
        assertThat(routesOfTheBalancer()).doesNotContain("unreachable");
        // Whoever failed half way watches and acts no more.
        assertThat(abandoned.events())
                .noneMatch(it -> it instanceof StackEvent.TargetStateChanged changed
                        && changed.instance().equals("web-2a")
                        && changed.to().equals("healthy"));
    }

    private static String routesOfTheBalancer() {
        return environment.instance("lb").run("ip", "route").stdout();
    }

    private static void takeOver(List<String> told) {
        environment = bench.takeOver(folder, METRICS, told::add);
    }

    @Test
    @Order(6)
    void withoutItsStateAStackIsNotTakenOver(@TempDir Path empty) {
        assertThatThrownBy(() -> new StackFile(empty).read())
                .isInstanceOf(CannotTakeOver.class)
                .hasMessage("expected the state of the stack in " + empty.resolve("stack.json") + ", found none of this"
                        + " version of the lab (FileNotFoundException); `lab down` removes what is left");
    }

    @Test
    @Order(7)
    void aDatabaseThatWasRestoredIsTakenOverToo() throws Exception {
        environment.databases().find("db").backups().create("before-the-take-over");
        RunningDatabase made = environment.databases().restore("db", "before-the-take-over", "db-7");
        String id = made.server().instance().id();
        List<List<String>> orders = made.server().query("SELECT COUNT(*) FROM orders");
        environment.leave();

        List<String> told = new ArrayList<>();
        takeOver(told);

        RunningDatabase found = environment.databases().find("db-7");
        assertThat(found.server().instance().id()).isEqualTo(id);
        assertThat(found.server().query("SELECT COUNT(*) FROM orders")).isEqualTo(orders);
        assertThat(told).isEmpty();
    }

    /** The state that a lab leaves which died after it had written down what it was about to launch. */
    private static void halfALaunch() {
        Topology topology = environment.topology();
        Instance web = topology.nextWeb(
                topology.zones().getFirst(), topology.web().getFirst().type());
        plan.identities().launch(web.name());
        Roster.record(plan, topology.withWeb(web), Set.of("web-2c"), Set.of(), KeptGroup.NONE);
    }

    private static List<String> names() {
        return environment.topology().web().stream()
                .map(Instance::name)
                .sorted()
                .toList();
    }

    private static Map<String, String> ids() {
        Map<String, String> ids = new TreeMap<>();
        environment.instances().stream()
                .filter(it -> it.name().startsWith("web"))
                .forEach((Ec2Instance it) -> ids.put(it.name(), it.id()));
        return ids;
    }
}
