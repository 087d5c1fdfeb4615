package io.failoverlab.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.failoverlab.engine.LabHome;
import io.failoverlab.top.FakeMonitor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code lab top} on a terminal and without one, before a monitor that tells what the page's tests tell. */
class TopIT {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final String SECOND_PAGE = "\u001b[?1049h";
    private static final String FIRST_PAGE = "\u001b[?1049l";
    private static final String NO_CURSOR = "\u001b[?25l";
    private static final String CURSOR = "\u001b[?25h";

    @TempDir
    private Path folder;

    private FakeMonitor monitor;

    @BeforeEach
    void tellAStack() throws Exception {
        monitor = new FakeMonitor();
        for (String message : Files.readAllLines(
                LabHome.find().folder().resolve("monitor/src/test/resources/io/failoverlab/console/stack.jsonl"))) {
            monitor.tell("", message);
        }
    }

    @AfterEach
    void close() {
        monitor.close();
    }

    @Test
    void aScreenFollowsTheTerminalsSizeAndQGivesItBackAsItWas() throws Exception {
        try (PseudoTerminal terminal = top(Map.of())) {
            terminal.awaitShown(0, "web-1a");
            terminal.awaitShown(0, "insufficient data");
            assertThat(terminal.shown())
                    .contains(SECOND_PAGE, NO_CURSOR, "\u001b[31m", "1 target is unhealthy", "q quits");

            int before = terminal.shown().length();
            new ProcessBuilder("stty", "-F", read("tty"), "rows", "12", "cols", "40")
                    .start()
                    .waitFor();
            await().atMost(LIMIT).untilAsserted(() -> {
                String drawn = fromLastRates(terminal.shown().substring(before));
                assertThat(drawn).contains("q quits").doesNotContain("hosts", "EVENT");
            });

            terminal.type("q");
            terminal.awaitEnd();
            assertThat(read("exit")).isEqualTo("0");
            assertThat(read("after")).isEqualTo(read("before"));
            assertThat(terminal.shown()).contains(CURSOR, FIRST_PAGE);
        }
    }

    @Test
    void ctrlCGivesTheTerminalBackAndNoColorMeansNone() throws Exception {
        try (PseudoTerminal terminal = top(Map.of("NO_COLOR", "1"))) {
            terminal.awaitShown(0, "1 target is unhealthy");
            terminal.type("\u0003");
            terminal.awaitEnd();
            assertThat(read("exit")).isEqualTo("130");
            assertThat(read("after")).isEqualTo(read("before"));
            assertThat(terminal.shown())
                    .contains(SECOND_PAGE, CURSOR, FIRST_PAGE)
                    .doesNotContainPattern("\u001b\\[[0-9;]*3[0-7]m");
        }
    }

    @Test
    void withoutATerminalThereIsALineForEachSecondAndEvent() throws Exception {
        LabProcess top =
                LabProcess.start(folder, "top", "--monitor", monitor.url().toString());
        try {
            await().atMost(LIMIT).until(top::data, data -> data.contains("requests/s 298"));
            assertThat(top.data())
                    .doesNotContain("\u001b")
                    .contains(
                            "web-1a healthy", "unhealthy: Health checks failed", "1 of 2 targets in service, 1 alarm");
        } finally {
            top.process().destroyForcibly().waitFor();
        }
    }

    @Test
    void onceIsEnoughForAScript() throws Exception {
        LabProcess json = LabProcess.run(
                folder, "top", "--once", "--json", "--monitor", monitor.url().toString());
        assertThat(json.exitCode()).as(json.messages()).isEqualTo(ExitCode.PASS);
        JsonNode view = new ObjectMapper().readTree(json.data());
        assertThat(json.data().lines()).hasSize(1);
        assertThat(view.path("targets")).hasSize(2);
    }

    @Test
    void itEndsWhenNobodyReadsItAnyMore() throws Exception {
        Process top = new ProcessBuilder(LabProcess.command(
                        folder, "top", "--monitor", monitor.url().toString()))
                .directory(folder.toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            assertThat(top.inputReader().readLine()).isNotEmpty();
            top.inputReader().close();
            AtomicInteger second = new AtomicInteger(1_767_330_004);
            await().atMost(LIMIT).until(() -> {
                monitor.tell("", "{\"type\":\"tick\",\"seconds\":[" + second.getAndIncrement() + "],\"series\":[]}");
                return !top.isAlive();
            });
            assertThat(top.exitValue()).isEqualTo(ExitCode.PASS);
        } finally {
            top.destroyForcibly().waitFor();
        }
    }

    @Test
    void aMonitorThatRefusesIsTold() throws Exception {
        monitor.refuse(1000);
        LabProcess refused = LabProcess.run(
                folder, "top", "--once", "--monitor", monitor.url().toString());
        assertThat(refused.data()).contains("Refused", "--token-file FILE");

        LabProcess noScheme = LabProcess.run(folder, "top", "--monitor", "localhost:4580");
        assertThat(noScheme.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(noScheme.messages())
                .contains("expected an address such as http://127.0.0.1:4580 for --monitor, found localhost:4580");
    }

    /** Around it what the terminal is like before and after. */
    private PseudoTerminal top(Map<String, String> environment) throws Exception {
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-Dlab.home=" + LabHome.find().folder(),
                "-Dlab.data-terminal=true",
                "-Djava.io.tmpdir=" + folder,
                "-cp",
                "'" + System.getProperty("java.class.path") + "'",
                Lab.class.getName(),
                "top",
                "--monitor",
                monitor.url().toString());
        String line = "trap : INT; stty rows 40 cols 120; tty > tty; stty -g > before; " + String.join(" ", command)
                + "; echo $? > exit; stty -g > after";
        return PseudoTerminal.run(folder, line, environment);
    }

    /** Only what has changed is written, and the rates only when there is another width for them. */
    private static String fromLastRates(String shown) {
        int rates = shown.lastIndexOf("lb  requests/s 298  ELB");
        return rates < 0 ? "" : shown.substring(rates);
    }

    private String read(String file) throws Exception {
        return Files.readString(folder.resolve(file)).strip();
    }
}
