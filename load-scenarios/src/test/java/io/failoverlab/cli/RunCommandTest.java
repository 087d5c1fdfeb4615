package io.failoverlab.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.failoverlab.experiment.Experiment;
import io.failoverlab.topology.Retry;
import io.failoverlab.topology.TopologyFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** What is wrong with a run's options is found before anything starts. */
class RunCommandTest {
    private static final String FIS = "--fis src/test/resources/fis/instances.json --time-scale 20 ";

    private static Experiment plan(String options) {
        CommandLine.ParseResult line = Lab.commandLine().parseArgs(("run " + options).split(" "));
        return ((RunCommand) line.subcommand().commandSpec().userObject()).plan();
    }

    @Test
    void requestsOfOnesOwnPathsPlaceNoOrdersAndNothingIsExpectedOfWrites() {
        Experiment plan = plan("kill-one-web --get /");

        assertThat(plan.load().orders()).isZero();
        assertThat(plan.expectations().keySet()).containsExactlyInAnyOrder("requests-lost", "detected", "alarmed");
    }

    @Test
    void anApplicationOfOnesOwnLeavesTheRetryPolicyOfItsTopology(@TempDir Path folder) throws IOException {
        Path own = Files.writeString(folder.resolve("own.yaml"), """
                name: own
                topology: alb.yaml
                load: {rate: 50, duration: 10s, warm-up: 2s}
                """);
        Files.writeString(
                folder.resolve("alb.yaml"),
                TopologyFile.patternText("two-web-one-db").replaceFirst("retry: \\w+", "retry: alb"));

        assertThat(retry(own + " --app mine:1 --get /")).isEqualTo(Retry.ALB);
        assertThat(retry("kill-one-web --app mine:1 --get /")).isEqualTo(Retry.SAFE);
        assertThat(retry("kill-one-web --app mine:1 --get / --app-idempotent")).isEqualTo(Retry.IDEMPOTENT);
    }

    private static Retry retry(String options) {
        return plan(options).topology().loadBalancer().forwarding().retry();
    }

    @Test
    void expectationsOfATemplateAreSentencesOrPairs() {
        assertThat(plan(FIS + "--expect requests-lost=<=5 --expect experiment=stopped")
                        .expectations())
                .containsEntry("requests-lost", "<=5")
                .containsEntry("experiment", "stopped");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            --get / --simulation browse         | expected either --get or --gatling, or --simulation and --orders, found both
            --get / --orders 0.5                | expected either --get or --gatling, or --simulation and --orders, found both
            --get / --gatling load.jar          | expected either --get or --gatling, found both
            --gatling-class mine.Shop           | --gatling-class goes with --gatling; found none
            --gatling no.jar                    | --gatling: expected a jar or the folder of a Gatling project, found nothing at no.jar
            --app mine:1                        | expected --get PATH, such as --get /, or --gatling with an application of your own
            --get / --expect writes-lost=0      | nothing can be expected of writes-lost with --get
            --simulation get                    | paths: expected 1 to 20 for get, found 0; --get PATH names them
            --simulation browse --orders 0.5    | browse places no orders, so expected 0, found 0.5
            --orders 2                          | share of orders: expected 0 to 1, found 2.0
            --app-port 80                       | --app-port, --app-health,
            --app-health /up                    | --app-port, --app-health,
            """)
    void whatContradictsItselfIsRefused(String options, String message) {
        assertThatThrownBy(() -> plan(FIS + options))
                .isInstanceOf(UserError.class)
                .hasMessageContaining(message);
    }
}
