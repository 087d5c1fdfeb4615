package io.failoverlab.report;

import static io.failoverlab.history.RunBuilder.failed;
import static org.assertj.core.api.Assertions.assertThat;

import io.failoverlab.history.History;
import io.failoverlab.history.RunBuilder;
import io.failoverlab.verdict.Judge;
import java.io.IOException;
import org.junit.jupiter.api.Test;

final class MarkdownReportTest {

    @Test
    void theGoldenRunLooksAsItDid() throws IOException {
        GoldenRun.assertGolden("summary.md", MarkdownReport.render(GoldenRun.history(), GoldenRun.judgement()));
    }

    @Test
    void theSeriesOfTheGoldenRunHasALineForEverySecond() throws IOException {
        GoldenRun.assertGolden("series.csv", SeriesCsv.render(GoldenRun.history()));
    }

    @Test
    void nothingFromOutsideIsMarkup() {
        History history = RunBuilder.killOfOneOfTwo()
                .damage("x | y\n## <b>PASS</b> [here](there) `code` *bold*")
                .add(failed(20_050, 30, 502, ""))
                .expect("requests-lost", "0")
                .build();

        String markdown = MarkdownReport.render(history, Judge.judge(history));

        assertThat(markdown.lines())
                .contains(
                        "## ❌ FAIL: kill-one-web on two-web-one-db",
                        "| **✗** | Requests lost | = 0 | 1 |",
                        "| The history is complete | **does not hold**; required: no damaged file, and samples of at least"
                                + " 99 % of the answers | x \\| y \\#\\# &lt;b&gt;PASS&lt;/b&gt; \\[here\\](there) \\`code\\`"
                                + " \\*bold\\* |");
    }
}
