package io.failoverlab.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.failoverlab.experiment.Experiment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The targets that the command line leaves to chance. */
class SeedTest {
    @TempDir
    private Path folder;

    private String file;

    @BeforeEach
    void write() throws IOException {
        file = Files.writeString(folder.resolve("mine.yaml"), """
                name: mine
                topology: two-web-one-db
                faults:
                  - {fault: kill, at: 20s, targets: {role: web, select: COUNT(1)}}
                """).toString();
    }

    private static <C> C parsed(Class<C> command, String... line) {
        CommandLine.ParseResult result = Lab.commandLine().parseArgs(line);
        return command.cast(result.subcommand().commandSpec().userObject());
    }

    private Experiment run(String... options) {
        return parsed(RunCommand.class, line("run", options)).plan();
    }

    private Experiment bench(String... options) {
        return parsed(BenchCommand.class, line("bench", options)).plan();
    }

    private String[] line(String command, String... options) {
        return Stream.concat(Stream.of(command, file), List.of(options).stream())
                .toArray(String[]::new);
    }

    private static List<String> hit(Experiment experiment) {
        return experiment.injections().stream().map(Experiment.Injection::where).toList();
    }

    @Test
    void anotherSeedChoosesOthersAndTheSameTheSame() {
        assertThat(IntStream.range(0, 20).mapToObj(seed -> hit(run("--seed", Integer.toString(seed)))))
                .contains(List.of("web-1a"), List.of("web-1c"));
        assertThat(run("--seed", "7")).isEqualTo(run("--seed", "7"));
        assertThat(run("--seed", "7").seed()).hasValue(7);
        assertThat(IntStream.range(0, 20).mapToObj(seed -> hit(bench("--seed", Integer.toString(seed)))))
                .contains(List.of("web-1a"), List.of("web-1c"));
    }

    @Test
    void withoutASeedOneIsDrawnOnceForTheWholeCommand() {
        assertThat(IntStream.range(0, 20)
                        .mapToObj(each -> run().seed().getAsLong())
                        .distinct())
                .hasSizeGreaterThan(1);
        RunCommand command = parsed(RunCommand.class, "run", file);
        assertThat(command.plan()).isEqualTo(command.plan());
    }

    @Test
    void targetsAreChosenOfTheServersThatTheStackWillHave() {
        assertThat(IntStream.range(0, 40)
                        .mapToObj(seed -> hit(run("--web", "4", "--seed", Integer.toString(seed)))
                                .getFirst())
                        .distinct())
                .hasSize(4);
        assertThat(IntStream.range(0, 20)
                        .mapToObj(seed -> hit(bench("--web", "1", "--seed", Integer.toString(seed)))
                                .getFirst())
                        .distinct())
                .containsExactly("web-1a");
    }

    @Test
    void theCommandThatRepeatsARunNamesItsSeed() {
        assertThat(SeedOption.asWritten(run("--seed", "7"))).isEqualTo(" --seed 7");
        assertThat(SeedOption.asWritten(
                        parsed(RunCommand.class, "run", "kill-one-web").plan()))
                .isEmpty();
    }
}
