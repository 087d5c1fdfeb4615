package io.failoverlab.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.failoverlab.experiment.RunOutcome;
import io.failoverlab.history.History;
import io.failoverlab.history.HistoryStore;
import io.failoverlab.history.RunBuilder;
import io.failoverlab.verdict.Judge;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands about runs that are kept, each in a process of its own, as a user starts it. */
class StoredRunsTest {
    @TempDir
    private Path folder;

    private Path run;

    @BeforeEach
    void keep() throws IOException {
        run = folder.resolve("runs/kill-one-web/20260101-090000");
        HistoryStore.save(
                RunBuilder.killOfOneOfTwo().expect("requests-lost", "0").build(), run);
        Files.createSymbolicLink(run.resolveSibling("latest"), run.getFileName());
    }

    @Test
    void aRunIsJudgedAgainByOtherExpectationsListedAndCompared() throws Exception {
        LabProcess asItWas = LabProcess.run(folder, "judge", run.toString());
        assertThat(asItWas.exitCode()).as(asItWas.messages()).isEqualTo(ExitCode.PASS);

        LabProcess stricter =
                LabProcess.run(folder, "judge", run.toString(), "--expect", "alarm web-1a-down within 400 ms");
        assertThat(stricter.exitCode()).isEqualTo(ExitCode.FAIL);
        assertThat(Files.readString(run.resolve("verdict.json")))
                .contains("Not as expected: alarm web-1a-down 500 ms (<= 400ms)."
                        + " Judged by other expectations than those of the run.");
        assertThat(Files.readString(run.resolve("summary.md"))).startsWith("## ❌ FAIL: kill-one-web");

        LabProcess runs = LabProcess.run(folder, "runs");
        assertThat(runs.data().lines().skip(1))
                .containsExactly(
                        "runs/kill-one-web/20260101-090000  2026-01-01T09:00:00Z  FAIL     0     two-web-one-db");
        LabProcess json = LabProcess.run(folder, "runs", "--json");
        assertThat(json.data().lines()).hasSize(1).first().asString().contains("\"verdict\":\"FAIL\"");

        LabProcess compared = LabProcess.run(folder, "compare", run.toString(), "runs/kill-one-web");
        assertThat(compared.exitCode()).as(compared.messages()).isEqualTo(ExitCode.PASS);
        assertThat(compared.data().lines()).anyMatch(line -> line.matches("Requests lost +0 +0 +\\+0 +equal"));
        assertThat(compared.data()).endsWith("verdict: PASS -> PASS\n");
    }

    @Test
    void aTornRunHidesNoOther() throws Exception {
        Path torn = folder.resolve("runs/kill-one-web/20260101-100000");
        HistoryStore.save(RunBuilder.killOfOneOfTwo().build(), torn);
        Files.writeString(torn.resolve("history.jsonl"), "{\"schemaVers");
        Files.writeString(torn.resolve("verdict.json"), "{\"verdict\": \"PA");

        LabProcess runs = LabProcess.run(folder, "runs");
        assertThat(runs.exitCode()).as(runs.messages()).isEqualTo(ExitCode.PASS);
        assertThat(runs.data().lines()).hasSize(3);
        assertThat(runs.messages()).contains("runs/kill-one-web/20260101-100000/verdict.json cannot be read");

        LabProcess compared = LabProcess.run(folder, "compare", run.toString(), "runs/kill-one-web");
        assertThat(compared.exitCode()).as(compared.messages()).isEqualTo(ExitCode.PASS);
        assertThat(compared.messages())
                .contains("runs/kill-one-web/20260101-100000 is left out: history.jsonl line 1:")
                .doesNotContain("\tat ");

        LabProcess alone = LabProcess.run(folder, "judge", "runs/kill-one-web/20260101-100000");
        assertThat(alone.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(alone.messages()).contains("runs/kill-one-web/20260101-100000 cannot be read: history.jsonl");
    }

    @Test
    void whatIsNoRunAndWhatIsNoExpectationIsToldAtOnce() throws Exception {
        LabProcess none = LabProcess.run(folder, "judge", "runs/kill-one-web");
        assertThat(none.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(none.messages()).contains("expected the folder of a run", "`lab runs` lists them");

        LabProcess wrong = LabProcess.run(
                folder, "judge", run.toString(), "--expect", "request lost = 0", "--expect", "recovered soon");
        assertThat(wrong.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(wrong.messages())
                .contains("did you mean \"requests lost\"?")
                .contains("recovered: expected degraded");
    }

    @Test
    void gitHubGetsASummaryAndAnnotations() throws IOException {
        History history =
                RunBuilder.killOfOneOfTwo().expect("requests-lost", "> 0").build();
        Path summary = Files.writeString(folder.resolve("summary.md"), "before\n");
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Terminal terminal = Terminal.of(
                new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                new Terminal.Screens(false, false),
                Map.of());

        new Pipeline(Map.of("GITHUB_ACTIONS", "true", "GITHUB_STEP_SUMMARY", summary.toString()))
                .tell(new RunOutcome(run, history, Judge.judge(history)), terminal);
        new Pipeline(Map.of()).tell(new RunOutcome(run, history, Judge.judge(history)), terminal);

        assertThat(Files.readString(summary)).startsWith("before\n## ❌ FAIL").containsOnlyOnce("## ");
        assertThat(err.toString(StandardCharsets.UTF_8).lines())
                .hasSize(2)
                .allMatch(line -> line.startsWith("::error title=kill-one-web"));
    }
}
