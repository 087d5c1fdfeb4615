package io.failoverlab.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.failoverlab.profile.LoadProfile;
import io.failoverlab.profile.OwnSimulation;
import io.failoverlab.profile.Simulations;
import io.failoverlab.simulation.CompiledSimulations;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class LoadCommandTest {
    private static LoadProfile profile(String... options) {
        CommandLine.ParseResult parsed = Lab.commandLine()
                .parseArgs(Stream.concat(Stream.of("load", "--target", "http://127.0.0.1:9"), Stream.of(options))
                        .toArray(String[]::new));
        return ((LoadCommand) parsed.subcommand().commandSpec().userObject()).profile(Optional.empty());
    }

    @Test
    void aLoadIsOneRateOfTheShopsCustomersUnlessItIsSaid() {
        LoadProfile profile = profile("--rate", "50", "--for", "20s");

        assertThat(profile.simulation()).isEqualTo(Simulations.BROWSE_AND_ORDER);
        assertThat(profile.rates()).hasToString("0 to 50 in 3s, 50 for 17s");
        assertThat(profile.unjudged()).isEqualTo(Duration.ofSeconds(5));
        assertThat(profile.orderShare()).isEqualTo(0.2);
    }

    @Test
    void pathsAreRequestedOfAnyApplication() {
        LoadProfile profile = profile("--get", "/a", "--get", "/b", "--rate", "50", "--for", "20s");

        assertThat(profile.simulation()).isEqualTo(Simulations.GET);
        assertThat(profile.paths()).containsExactly("/a", "/b");
        assertThat(profile.orderShare()).isZero();
    }

    @Test
    void aSimulationOfOnesOwnIsFoundWhereItIs(@TempDir Path folder) throws Exception {
        CompiledSimulations.compile(folder, CompiledSimulations.simulation("Shop", ""));

        LoadProfile profile = profile("--gatling", folder.toString(), "--rate", "50", "--for", "20s");

        assertThat(profile.simulation()).isEqualTo(Simulations.OWN);
        assertThat(profile.own()).contains(new OwnSimulation(List.of(folder.toString()), "mine.Shop"));
        assertThat(profile.rates()).hasToString("0 to 50 in 3s, 50 for 17s");
        assertThatThrownBy(() -> profile("--gatling", folder.toString(), "--get", "/"))
                .isInstanceOf(UserError.class)
                .hasMessage("expected either --get or --gatling, found both");
    }

    @Test
    void theRateMayFollowACourseAndAFile(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("rates.txt"), "5\n7\n");

        assertThat(profile("--rates", "0 to 10 in 4s, 10 for 10s, replay " + file)
                        .rates())
                .hasToString("0 to 10 in 4s, 10 for 10s, 5 for 1s, 7 for 1s");
        assertThatThrownBy(() -> profile("--rates", "10 till noon")).hasMessageContaining("expected a rate such as");
        assertThatThrownBy(() -> profile("--rates", "replay none.txt"))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("none.txt");
    }
}
