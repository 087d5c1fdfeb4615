package io.failoverlab.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The Tab key, in the shells themselves. */
class CompletionIT {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    /** What is typed, and the words that the command gets. */
    private static final Map<String, String> TYPED = Map.of(
            "lab explai\tmulti-\t\n", "<explain><multi-az>",
            "lab kil\tweb-1\t--proc\t\n", "<kill><web-1a><--process>",
            "lab fault az c --netw\t\n", "<fault><az><c><--network>",
            "lab run kill-one-web-a\t--timi\taw\t\n", "<run><kill-one-web-alb><--timing><aws>",
            "lab fault slo\tdb\t\n", "<fault><slow><db-1>",
            "lab snapshot cre\tdb-\tbefore\n", "<snapshot><create><db-1><before>",
            "lab completion zs\t\n", "<completion><zsh>",
            "lab up two-web-m\t\n", "<up><two-web-multi-az>");

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({"bash, bash --norc --noprofile -i", "zsh, zsh -f -i"})
    void everyTabIsCompletedAsTheCommandLineIs(String shell, String line) throws Exception {
        PseudoTerminal.require(shell);
        Path script = Files.writeString(folder.resolve("completion"), CompletionScript.of(Lab.commandLine()));
        try (PseudoTerminal terminal =
                PseudoTerminal.run(folder, line, Map.of("HOME", folder.toString(), "ZDOTDIR", folder.toString()))) {
            terminal.type("lab() { printf '<%s>' \"$@\" >> words; echo >> words; }\n");
            terminal.type("docker() { echo web-1a; echo db-1; }\n");
            terminal.type("source " + script + "; lab ready\n");
            int asked = 1;
            awaitWords(terminal, asked);
            for (Map.Entry<String, String> each : TYPED.entrySet()) {
                terminal.type(each.getKey());
                List<String> words = awaitWords(terminal, ++asked);
                assertThat(words.getLast()).as(each.getKey()).isEqualTo(each.getValue());
            }
            terminal.type("exit\n");
            terminal.awaitEnd();
        }
    }

    private List<String> awaitWords(PseudoTerminal terminal, int count) {
        return await().alias(terminal.shown())
                .atMost(LIMIT)
                .ignoreExceptions()
                .until(() -> Files.readAllLines(folder.resolve("words")), words -> words.size() == count);
    }

    @Test
    void whatIsNotForPeopleIsNotOffered() {
        assertThat(CompletionScript.of(Lab.commandLine())).doesNotContain("test-setup", "test-report");
    }
}
