package io.failoverlab.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.failoverlab.experiment.Experiment;
import io.failoverlab.experiment.ExperimentFile;
import io.failoverlab.topology.Topology;
import io.failoverlab.topology.TopologyFile;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class HereExperimentsTest {
    private static final Topology TOPOLOGY = TopologyFile.named("two-web-one-db");

    @Test
    void theShopsRequestsAreNotSentToAnApplicationOfTheUsers() {
        assertThat(HereExperiments.fits("kill-one-web", TOPOLOGY, true)).isTrue();
        assertThat(HereExperiments.fits("kill-one-web", TOPOLOGY, false)).isFalse();

        Experiment shops = ExperimentFile.read("kill-one-web", 1, itsOwn -> TOPOLOGY);
        assertThatThrownBy(() -> HereExperiments.requireItsRequestsKnown(shops, false))
                .hasMessage(
                        "expected an experiment with the simulation get and paths of the application that this stack"
                                + " serves, found the requests of the sample shop's customers in kill-one-web");
        HereExperiments.requireItsRequestsKnown(shops, true);
        HereExperiments.requireItsRequestsKnown(shops.requesting(List.of("/")), false);
    }

    @Test
    void noOptionIsPassedOverBesideHere() {
        List<String> refusals = new ArrayList<>();
        for (List<String> options : List.of(
                List.of("--repeat", "3"),
                List.of("--baseline", "x"),
                List.of("--get", "/"),
                List.of("--runs", "runs"),
                List.of("--no-gatling-report"),
                List.of("--rate", "5", "--dry-run"),
                List.of("--seed", "7"),
                List.of("--web", "3"))) {
            List<String> line = new ArrayList<>(List.of("run", "kill-one-web", "--here"));
            line.addAll(options);
            Lab.commandLine()
                    .setExecutionExceptionHandler((failure, command, parsed) -> {
                        refusals.add(failure.getMessage()
                                .substring(failure.getMessage().lastIndexOf(", found ")));
                        return ExitCode.USAGE;
                    })
                    .execute(line.toArray(String[]::new));
        }
        assertThat(refusals)
                .containsExactly(
                        ", found --repeat",
                        ", found --baseline",
                        ", found --get",
                        ", found --runs",
                        ", found --no-gatling-report",
                        ", found --rate, --dry-run",
                        ", found --seed",
                        ", found --web");
    }
}
