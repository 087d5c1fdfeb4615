package io.failoverlab.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import io.failoverlab.topology.Timing;
import io.failoverlab.topology.Topology;
import io.failoverlab.topology.TopologyFile;
import java.util.List;
import org.junit.jupiter.api.Test;

class RunDescriptionTest {
    private static final Topology GROUP = TopologyFile.parse("group.yaml", """
            name: group
            auto-scaling:
              health-check-grace-period: 20s
              policies: [{name: more, type: simple, adjustment: 1, cooldown: 2m}]
              lifecycle-hooks: [{name: install, transition: launching}]
            """);

    @Test
    void everyClockIsToldBesideThatOfAws() {
        assertThat(lines(GROUP))
                .contains(
                        "Health check interval: 1 s, AWS 30 s",
                        "Per-try time-out: 400 ms, AWS none",
                        "Alarm period: 1 s, AWS 60 s",
                        "Database address kept: 0 s, AWS 5 s",
                        "Grace period: 20 s, AWS 300 s",
                        "Cooldown: 5 s, AWS 300 s",
                        "Instance warm-up: 3 s, AWS 300 s",
                        "Impaired until replaced: 5 s, AWS 300 s",
                        "Pause after a failed launch: 1 s, AWS 60 s",
                        "Target tracking period: 1 s, AWS 60 s",
                        "Cooldown of more: 120 s, AWS 300 s",
                        "Heartbeat of install: 60 s, AWS 3600 s");
    }

    @Test
    void byAwsClocksTheyAreDividedByTheScale() {
        assertThat(lines(GROUP.withTiming(new Timing(Timing.Clocks.AWS, 10))))
                .contains(
                        "Database address kept: 5 s, AWS 5 s",
                        "Grace period: 30 s, AWS 300 s",
                        "Cooldown of more: 12 s, AWS 300 s",
                        "Heartbeat of install: 360 s, AWS 3600 s");
    }

    @Test
    void whereThereIsNoGroupItHasNoClocks() {
        assertThat(lines(TopologyFile.named("two-web-one-db")))
                .contains("Database address kept: 0 s, AWS 5 s")
                .noneMatch(it -> it.startsWith("Grace period"));
    }

    @Test
    void aNetworkBalancersClocksStandBesideThoseOfAnNlb() {
        String file = "{name: nlb, load-balancer: {type: network, health-check: {protocol: %s}}}";
        assertThat(lines(TopologyFile.parse("nlb.yaml", file.formatted("tcp"))))
                .contains(
                        "Health check time-out: 500 ms, AWS 10 s",
                        "Connect time-out: 200 ms, AWS none",
                        "Idle time-out: 350 s, AWS 350 s")
                .noneMatch(it -> it.matches("(Retry policy|Slow start|Per-try time-out).*"));
        assertThat(lines(TopologyFile.parse("nlb.yaml", file.formatted("http"))))
                .contains("Health check time-out: 500 ms, AWS 6 s");
    }

    private static List<String> lines(Topology topology) {
        return RunDescription.clocks(topology).stream()
                .map(it -> it.name() + ": " + it.here() + ", AWS " + it.aws())
                .toList();
    }
}
