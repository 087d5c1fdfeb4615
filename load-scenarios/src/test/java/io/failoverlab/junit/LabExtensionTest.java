package io.failoverlab.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import io.failoverlab.topology.Topology;
import io.failoverlab.topology.TopologyFile;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.EventStatistics;
import org.junit.platform.testkit.engine.Events;

/** When stacks come up and go, told by stacks that are none. */
class LabExtensionTest {
    private static final List<String> HAPPENED = new CopyOnWriteArrayList<>();

    private static Stack up(Topology topology) {
        if (topology.name().equals("two-web-multi-az")) {
            throw new IllegalStateException("no memory for it");
        }
        HAPPENED.add("up " + topology.name());
        return new FakeStack(topology, HAPPENED::add);
    }

    @BeforeEach
    void forget() {
        HAPPENED.clear();
    }

    private static Events run(Class<?>... tests) {
        EngineTestKit.Builder kit = EngineTestKit.engine("junit-jupiter")
                .configurationParameter("junit.jupiter.execution.parallel.enabled", "true")
                .configurationParameter("junit.jupiter.execution.parallel.mode.default", "concurrent")
                .configurationParameter("junit.jupiter.execution.parallel.mode.classes.default", "concurrent")
                .configurationParameter("junit.jupiter.execution.parallel.config.strategy", "fixed")
                .configurationParameter("junit.jupiter.execution.parallel.config.fixed.parallelism", "4");
        for (Class<?> test : tests) {
            kit.selectors(selectClass(test));
        }
        return kit.execute().testEvents();
    }

    @Test
    void allMethodsOfAClassShareAStackThatIsTakenDownThoughOneFails() {
        Events events = run(Sharing.class);

        assertThat(HAPPENED).containsExactly("up one-web-one-db", "down one-web-one-db");
        events.assertStatistics(it -> it.succeeded(2).failed(1));
    }

    @Test
    void whoAsksForNoLabGetsNone() {
        run(Asking.class).assertStatistics(it -> it.succeeded(1));

        assertThat(HAPPENED).isEmpty();
    }

    @Test
    void aMethodMayMakeTheTopology() {
        run(ByMethod.class).assertStatistics(it -> it.succeeded(1));

        assertThat(HAPPENED).containsExactly("up one-web-one-db", "down one-web-one-db");
    }

    @Test
    void classesThatRunAtOnceTakeTurns() {
        run(Sharing.class, ByMethod.class, ByDefault.class);

        List<String> pairs = new ArrayList<>();
        for (int i = 0; i < HAPPENED.size(); i += 2) {
            pairs.add(HAPPENED.get(i) + ", " + HAPPENED.get(i + 1));
        }
        assertThat(pairs)
                .containsExactlyInAnyOrder(
                        "up one-web-one-db, down one-web-one-db",
                        "up one-web-one-db, down one-web-one-db",
                        "up two-web-one-db, down two-web-one-db");
    }

    @Test
    void aStackThatDoesNotComeUpFailsItsTestsAndLeavesTheTurnToOthers() {
        run(TooLarge.class, ByDefault.class)
                .assertStatistics(it -> it.succeeded(1).failed(1));

        assertThat(HAPPENED).containsExactly("up two-web-one-db", "down two-web-one-db");
    }

    @Test
    void aTestThatBeginsASecondLoadIsToldInsteadOfWaitingForItself() {
        Events events = run(Loading.class);

        events.assertStatistics(it -> it.failed(1).succeeded(1));
        assertThat(events.failed().stream().map(Object::toString))
                .anyMatch(event -> event.contains("expected one load at a time in Loading.two, found one under way"));
        assertThat(HAPPENED)
                .containsExactlyInAnyOrder(
                        "up two-web-one-db",
                        "load",
                        "load over",
                        "load",
                        "load over",
                        "load",
                        "load over",
                        "down two-web-one-db");
    }

    @Test
    void aMethodThatMakesNoTopologyIsRefusedByName() {
        Events events = run(WrongMethod.class);

        events.assertStatistics((EventStatistics it) -> it.failed(1));
        assertThat(events.failed().stream().map(Object::toString))
                .anyMatch(
                        event -> event.contains("expected a static method without parameters that returns a Topology"));
    }

    static class Loading {
        @RegisterExtension
        static final LabExtension LAB = new LabExtension(LabExtensionTest::up);

        private LoadRun before;

        @BeforeEach
        void begin(Lab lab) throws InterruptedException {
            before = lab.load(10, Duration.ofSeconds(10));
        }

        @Test
        void two(Lab lab) throws InterruptedException {
            lab.load(10, Duration.ofSeconds(10));
        }

        @Test
        void oneAfterTheOther(Lab lab) throws InterruptedException {
            before.close();
            lab.load(10, Duration.ofSeconds(10));
        }
    }

    @LabTopology("one-web-one-db")
    static class Sharing {
        @RegisterExtension
        static final LabExtension LAB = new LabExtension(LabExtensionTest::up);

        @Test
        void one(Lab lab) {
            assertThat(lab.topology().name()).isEqualTo("one-web-one-db");
        }

        @Test
        void failing(Lab lab) {
            throw new AssertionError("as a test fails");
        }

        @Nested
        class Inside {
            @Test
            void another(Lab lab) {
                assertThat(lab.service()).isEqualTo(URI.create("http://127.0.0.1:1"));
                assertThat(lab.monitorToken()).isEqualTo("0123");
            }
        }
    }

    static class ByDefault {
        @RegisterExtension
        static final LabExtension LAB = new LabExtension(LabExtensionTest::up);

        @BeforeAll
        static void early(Lab lab) {
            assertThat(lab.topology().name()).isEqualTo("two-web-one-db");
        }

        @Test
        void test(Lab lab) {
            assertThat(lab.topology().name()).isEqualTo("two-web-one-db");
        }
    }

    static class ByMethod {
        @RegisterExtension
        static final LabExtension LAB = new LabExtension(LabExtensionTest::up);

        @LabTopology
        static Topology topology() {
            return TopologyFile.named("one-web-one-db");
        }

        @Test
        void test(Lab lab) {
            assertThat(lab.topology()).isEqualTo(topology());
        }
    }

    static class Asking {
        @RegisterExtension
        static final LabExtension LAB = new LabExtension(LabExtensionTest::up);

        @Test
        void test() {
            assertThat(HAPPENED).isEmpty();
        }
    }

    @LabTopology("two-web-multi-az")
    static class TooLarge {
        @RegisterExtension
        static final LabExtension LAB = new LabExtension(LabExtensionTest::up);

        @Test
        void test(Lab lab) {
            throw new AssertionError("there is no stack");
        }
    }

    static class WrongMethod {
        @RegisterExtension
        static final LabExtension LAB = new LabExtension(LabExtensionTest::up);

        @LabTopology
        static String topology() {
            return "one-web-one-db";
        }

        @Test
        void test(Lab lab) {
            throw new AssertionError("there is no topology");
        }
    }
}
