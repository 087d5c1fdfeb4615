package io.failoverlab.environment;

import static org.assertj.core.api.Assertions.assertThat;

import io.failoverlab.autoscaling.LifecycleState;
import io.failoverlab.topology.Application;
import io.failoverlab.topology.Retry;
import io.failoverlab.topology.Timing;
import io.failoverlab.topology.Topology;
import io.failoverlab.topology.TopologyFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class StackFileTest {
    @TempDir
    private Path folder;

    static Stream<Topology> topologies() {
        Topology two = TopologyFile.named("two-web-one-db");
        return Stream.of(
                TopologyFile.named("one-web-one-db"),
                two,
                two.withWeb(7).withoutWeb("web-2a"),
                two.withoutWeb("web-1a").withoutWeb("web-1c"),
                two.withLoadBalancer(
                        two.loadBalancer().withRetry(Retry.ALB).withTiming(new Timing(Timing.Clocks.AWS, 10))),
                TopologyFile.parse("network.yaml", """
                        name: network
                        load-balancer:
                          type: network
                          health-check: {protocol: tcp, port: 9000, interval: 2s}
                        """),
                TopologyFile.parse("database.yaml", """
                        name: database
                        database:
                          backup-retention-period: 7
                          preferred-backup-window: 23:45-00:15
                          parameter-group: {name: shop, family: mysql9.7, parameters: {max_connections: 200, general_log: ON}}
                        """),
                TopologyFile.parse("group.yaml", """
                        name: group
                        auto-scaling:
                          policies:
                            - {name: more, type: simple, adjustment: 1, cooldown: 2m}
                            - {name: cpu, type: target-tracking, metric: ASGAverageCPUUtilization, target: 50}
                          lifecycle-hooks:
                            - {name: install, transition: launching}
                            - {name: save, transition: terminating, heartbeat-timeout: 1m}
                          schedule: [{name: rush, at: 30s, desired: 3}]
                        """),
                TopologyFile.parse("sticky.yaml", """
                        name: sticky
                        load-balancer:
                          stickiness: 30s
                          health-check: {path: /readyz, matcher: "200-299,302"}
                        """));
    }

    @Test
    void anApplicationOfOnesOwnIsKnownToWhoTakesOver() {
        StackState state = new StackState(
                TopologyFile.named("one-web-one-db"),
                new StackImages("web:1", "lb:2", "db:3")
                        .with(
                                new Application(
                                        Optional.of("mine:1"),
                                        Optional.empty(),
                                        9090,
                                        Map.of("A", "b"),
                                        List.of("serve"),
                                        List.of("/run"),
                                        true),
                                Path.of("/lab/docker/images")),
                Map.of("web-1a", "i-1"),
                "app/lb/1",
                "targetgroup/web/2",
                8080,
                Set.of(),
                Set.of(),
                KeptGroup.NONE);

        StackFile file = new StackFile(folder);
        file.write(state);

        assertThat(file.read()).isEqualTo(state);
    }

    @ParameterizedTest
    @MethodSource("topologies")
    void whatIsWrittenIsReadBack(Topology topology) {
        StackState state = new StackState(
                topology,
                new StackImages("web:1", "lb:2", "db:3"),
                Map.of("web-1a", "i-0123456789abcdef0"),
                "app/lb/0123",
                "targetgroup/web/4567",
                8080,
                Set.of("web-1a"),
                Set.of("web-1c"),
                new KeptGroup(
                        Optional.of(Instant.parse("2026-01-01T00:00:00.123456789Z")),
                        Map.of("web-2a", LifecycleState.WARMED_STOPPED),
                        Set.of("web-1c"),
                        true));
        StackFile file = new StackFile(folder);

        file.write(state);
        file.write(state);

        assertThat(new StackFile(folder).read()).isEqualTo(state);
    }

    @Test
    void onlyTheUserMayReadIt() throws Exception {
        Topology topology = TopologyFile.named("one-web-one-db");
        new StackFile(folder)
                .write(new StackState(
                        topology,
                        new StackImages("w", "l", "d"),
                        Map.of(),
                        "l",
                        "t",
                        1,
                        Set.of(),
                        Set.of(),
                        KeptGroup.NONE));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("stack.json"))))
                .isEqualTo("rw-------");
    }
}
