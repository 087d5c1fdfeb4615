package io.failoverlab.report;

import static io.failoverlab.history.RunBuilder.failed;
import static org.assertj.core.api.Assertions.assertThat;

import io.failoverlab.history.History;
import io.failoverlab.history.RunBuilder;
import io.failoverlab.verdict.AssumptionResult;
import io.failoverlab.verdict.CheckResult;
import io.failoverlab.verdict.Judge;
import io.failoverlab.verdict.Judgement;
import io.failoverlab.verdict.Score;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Whichever report somebody reads, the numbers are the same. */
final class SameNumbersTest {

    @Test
    void everyReportOfThePassedRunShowsTheSameNumbers() throws IOException {
        check(GoldenRun.history());
    }

    @Test
    void everyReportOfAFailedRunShowsTheSameNumbers() {
        check(RunBuilder.killOfOneOfTwo()
                .add(failed(20_050, 1_234, 502, ""), failed(21_000, 30, 0, "reset"))
                .expect("requests-lost", "0")
                .expect("alarm-recovers", "<= 10s")
                .expect("recovered", "<= 60s")
                .build());
    }

    @Test
    void everyReportOfAFailoverShowsItsPhases() {
        History history = RunBuilder.failover().build();
        check(history);

        String terminal = TerminalReport.render(history, Judge.judge(history), Style.PLAIN);
        assertThat(terminal.lines().map(String::strip))
                .containsSubsequence(
                        "Database failover: detect                            10 ms",
                        "Database failover: promote                           100 ms",
                        "Database failover: endpoint                          2 ms",
                        "Database failover: client                            88 ms",
                        "Database exposed, one copy                           9.990 s");
    }

    private static void check(History history) {
        Judgement judgement = Judge.judge(history);
        reports(history, judgement).forEach((name, text) -> {
            String flat = flat(text);
            assertThat(flat)
                    .as(name)
                    .contains(flat(judgement.sentence()), judgement.verdict().name());
            for (AssumptionResult assumption : judgement.assumptions()) {
                assertThat(flat).as(name).contains(flat(assumption.title()), flat(assumption.found()));
            }
            for (Score score : name.equals("junit.xml") ? List.<Score>of() : judgement.scorecard()) {
                assertThat(flat).as(name).contains(flat(score.title()), flat(score.value()), flat(score.basis()));
            }
            for (CheckResult result : judgement.results()) {
                assertThat(flat)
                        .as(name)
                        .contains(
                                flat(result.title()),
                                flat(result.expectation()),
                                flat(result.measured().text()));
            }
        });
    }

    private static Map<String, String> reports(History history, Judgement judgement) {
        Map<String, String> reports = new LinkedHashMap<>();
        reports.put("terminal", TerminalReport.render(history, judgement, new Style(false, false)));
        reports.put("verdict.json", JsonReport.render(history, judgement));
        reports.put("junit.xml", JUnitReport.render(history, judgement));
        reports.put(
                "summary.md", MarkdownReport.render(history, judgement).replaceAll("\\\\([|`*_\\[\\]#~\\\\])", "$1"));
        reports.put("report.html", HtmlReport.render(history, judgement, Optional.empty()));
        return reports;
    }

    /** Without line breaks, indentation and the escapes of each form. */
    private static String flat(String text) {
        String flat = text;
        for (List<String> escape : List.of(
                List.of("&lt;", "<"),
                List.of("&gt;", ">"),
                List.of("&quot;", "\""),
                List.of("&#39;", "'"),
                List.of("&amp;", "&"),
                List.of("\\\"", "\""))) {
            flat = flat.replace(escape.get(0), escape.get(1));
        }
        return flat.replaceAll("\\s+", " ").strip();
    }
}
