package io.failoverlab.report;

import static io.failoverlab.history.RunBuilder.at;
import static io.failoverlab.history.RunBuilder.failed;
import static org.assertj.core.api.Assertions.assertThat;

import io.failoverlab.history.Event.AlarmsRead;
import io.failoverlab.history.Event.Note;
import io.failoverlab.history.History;
import io.failoverlab.history.RunBuilder;
import io.failoverlab.verdict.Judge;
import java.io.IOException;
import org.junit.jupiter.api.Test;

final class TerminalReportTest {

    @Test
    void theGoldenRunLooksAsItDid() throws IOException {
        GoldenRun.assertGolden(
                "terminal.txt", TerminalReport.render(GoldenRun.history(), GoldenRun.judgement(), Style.PLAIN));
    }

    @Test
    void plainIsAsciiAndNeverWiderThan100Columns() throws IOException {
        History strange = RunBuilder.killOfOneOfTwo()
                .add(failed(20_050, 30, 0, "früher ✗ " + "x".repeat(300)))
                .add(new Note(at(21), "Grüße \u001b[31m\n" + "word ".repeat(60)))
                .expect("requests-lost", "0")
                .build();

        for (String report : new String[] {
            TerminalReport.render(GoldenRun.history(), GoldenRun.judgement(), Style.PLAIN),
            TerminalReport.render(strange, Judge.judge(strange), Style.PLAIN)
        }) {
            assertThat(report).matches("[\\x20-\\x7e\\n]*");
            assertThat(report.lines()).allMatch(line -> line.length() <= 100);
        }
    }

    @Test
    void noTextOfOthersCanSteerTheTerminal() {
        History history = RunBuilder.killOfOneOfTwo()
                .add(new Note(at(21), "red \u001b[31m bell \u0007 \u009b5A back\r"))
                .build();

        assertThat(TerminalReport.render(history, Judge.judge(history), new Style(false, false)))
                .doesNotContainPattern("[\\x00-\\x09\\x0b-\\x1f\\x7f-\\x9f]");
    }

    @Test
    void whatFailedIsExplainedAndTheVerdictIsLast() {
        History history = RunBuilder.killOfOneOfTwo()
                .add(failed(20_050, 30, 502, ""))
                .remove(AlarmsRead.class)
                .expect("requests-lost", "0")
                .expect("p99-after", "< 500ms")
                .build();

        String report = TerminalReport.render(history, Judge.judge(history), new Style(false, false));

        assertThat(report)
                .contains("""
                        ?  The monitor saw the run             no answer between 2.0 s and 40.0 s (required: an answer at
                                                               least every 5.0 s, every alarm with data before the fault)
                        """, """
                        ✗  Requests lost                    = 0                 1
                              1 of 381 requests (0.26 %), the first one due at 20.1 s, the last one at 20.1 s
                              1 x HTTP 502
                        """, "✓  p99 afterwards                   < 500ms             10 ms\n")
                .endsWith("""
                        FAIL  web-1a was killed at 20.0 s: 1 of 381 requests lost, out of rotation after 200 ms, alarm after
                              500 ms, no acknowledged write lost. Degraded since: 1 of 2 in service. Not as expected:
                              requests-lost 1 (= 0).
                        """);
    }

    @Test
    void coloursAreOnlyAddedToTheSameText() throws IOException {
        String coloured = TerminalReport.render(GoldenRun.history(), GoldenRun.judgement(), new Style(true, true));

        assertThat(coloured).contains("\u001b[1;32mPASS\u001b[0m", "\u001b[31mFAULT    \u001b[0m");
        assertThat(coloured.replaceAll("\u001b\\[[0-9;]*m", ""))
                .isEqualTo(TerminalReport.render(GoldenRun.history(), GoldenRun.judgement(), Style.PLAIN));
    }
}
