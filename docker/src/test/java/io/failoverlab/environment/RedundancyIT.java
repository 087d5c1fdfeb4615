package io.failoverlab.environment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.failoverlab.fault.Kill;
import io.failoverlab.rds.MultiAz.Mode;
import io.failoverlab.topology.Redundancy;
import io.failoverlab.topology.Topology;
import io.failoverlab.topology.TopologyFile;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Standbys that are not hot: the service comes back, and what is lost is told. */
@Tag("long")
class RedundancyIT {
    private static final String RUN = "red-it-" + ProcessHandle.current().pid();
    private static final Duration LIMIT = Duration.ofSeconds(90);
    private static final Pattern LOST = Pattern.compile("has (\\d+) transactions that the failover has lost: ");

    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource(value = Redundancy.class, names = "HOT", mode = EnumSource.Mode.EXCLUDE)
    void itTakesOverAndStandsByAgain(Redundancy kind) throws Exception {
        RecordedMetrics metrics = new RecordedMetrics();
        Topology topology = TopologyFile.named("two-web-multi-az").withRedundancy(kind);
        try (StackBench bench = StackBench.open(RUN);
                Environment stack = Launch.up(bench.plan(topology, folder, metrics))) {
            assertThat(mode(stack)).isEqualTo(Mode.SYNCED);
            assertThatThrownBy(() -> stack.failOver("db", false))
                    .hasMessageContaining("the standby is " + kind.label() + ", and may lack the last writes");
            String old = stack.databaseTier().primary();
            assertThat(stack.instance("db-2").container().state().running()).isEqualTo(kind.runs());
            try (OrderStream orders = new OrderStream(stack.service(), 4)) {
                await().until(() -> orders.acknowledged().size() > 200);
                stack.inject(new Kill(), old, Optional.empty());

                await().atMost(LIMIT)
                        .until(() -> !stack.databaseTier().primary().equals(old) && mode(stack) == Mode.SYNCED);
                int before = orders.acknowledged().size();
                await().atMost(LIMIT).until(() -> orders.acknowledged().size() > before + 50);
                orders.stop();
                Set<String> lost = orders.acknowledged();
                lost.removeAll(found(stack));
                System.out.println(kind.label() + ": longest time without an acknowledged order "
                        + orders.longestGap().toMillis() + " ms, " + lost.size() + " of "
                        + orders.acknowledged().size() + " acknowledged orders lost");
                assertThat(lost).hasSizeLessThanOrEqualTo(told(metrics));
                if (!kind.runs()) {
                    assertThat(lost).hasSizeGreaterThan(150);
                }
            }
            assertThat(stack.instance(stack.databaseTier().standby())
                            .container()
                            .state()
                            .running())
                    .isEqualTo(kind.runs());
            if (kind == Redundancy.WARM) {
                oneThatFollowsNoMoreIsBuiltAgain(stack, metrics);
            }
        }
    }

    /** No write waits for it, and its container is well. */
    private static void oneThatFollowsNoMoreIsBuiltAgain(Environment stack, RecordedMetrics metrics) throws Exception {
        String standby = stack.databaseTier().standby();
        stack.databaseTier().agent(standby).stopReceiving();

        await().atMost(LIMIT)
                .until(() -> metrics.events().stream()
                        .anyMatch(it -> it.toString().contains("the standby " + standby + " is lost: ")));
        await().atMost(LIMIT).until(() -> mode(stack) == Mode.SYNCED);
        assertThat(stack.databaseTier().agent(standby).replication().receiving())
                .isTrue();
    }

    /** How many transactions the lab says are lost. */
    private static int told(RecordedMetrics metrics) {
        return metrics.events().stream()
                .map(event -> LOST.matcher(event.toString()))
                .filter(Matcher::find)
                .map(found -> Integer.parseInt(found.group(1)))
                .findFirst()
                .orElse(0);
    }

    private static Set<String> found(Environment stack) throws Exception {
        return new TreeSet<>(stack.database().query("SELECT idempotency_key FROM orders").stream()
                .map(List::getFirst)
                .toList());
    }

    private static Mode mode(Environment stack) {
        return stack.multiAz().orElseThrow().mode();
    }
}
