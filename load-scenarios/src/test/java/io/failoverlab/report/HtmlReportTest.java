package io.failoverlab.report;

import static io.failoverlab.history.RunBuilder.at;
import static io.failoverlab.history.RunBuilder.failed;
import static io.failoverlab.history.RunBuilder.request;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.failoverlab.history.Event.LoadEnded;
import io.failoverlab.history.Event.MetricSample;
import io.failoverlab.history.Event.Note;
import io.failoverlab.history.History;
import io.failoverlab.history.LedgerReading;
import io.failoverlab.history.LedgerReading.FinalRead;
import io.failoverlab.history.RunBuilder;
import io.failoverlab.verdict.Judge;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

final class HtmlReportTest {

    @Test
    void itIsOneFileThatAsksForNothing() throws IOException {
        String page = HtmlReport.render(GoldenRun.history(), GoldenRun.judgement(), Optional.empty());

        assertThat(page)
                .contains("default-src 'none'")
                .doesNotContain("{{", "src=\"", "@import", "url(")
                .doesNotContainPattern("<link (?!rel=\"icon\" href=\"data:,\")")
                .doesNotContain("<a href");
        assertThat(page.getBytes(StandardCharsets.UTF_8)).hasSizeLessThan(150_000);
    }

    @Test
    void gatlingsReportIsLinkedWhereItIs() throws IOException {
        assertThat(HtmlReport.render(
                        GoldenRun.history(), GoldenRun.judgement(), Optional.of("gatling/load-1/index.html")))
                .contains("<a href=\"gatling/load-1/index.html\">");
    }

    @Test
    void everyClassOfWritesIsShownWithItsNumberAndExamples() {
        History history = RunBuilder.quiet()
                .ledger(new LedgerReading(
                        Set.of("k-<1>", "k-2", "k-3"),
                        Map.of("k-<1>", 1L, "k-2", 2L),
                        new FinalRead.Read("db-2", Map.of("k-2", List.of(2L), "k-3", List.of(3L), "x", List.of(4L)))))
                .build();

        assertThat(HtmlReport.render(history, Judge.judge(history), Optional.empty()))
                .contains("<th scope=\"row\">attempted</th><td class=\"number\">3</td>")
                .contains(
                        "<th scope=\"row\">lost</th><td class=\"number\">1</td>", "<code>k-&lt;1&gt;</code></td></tr>")
                .contains("<th scope=\"row\">unexpected</th><td class=\"number\">1</td>", "<code>x</code></td></tr>");
    }

    @Test
    void aLedgerThatWasNotReadSaysSo() {
        History history = RunBuilder.quiet()
                .ledger(new LedgerReading(Set.of("k-1"), Map.of(), new FinalRead.NotRead("db-1 <gone>")))
                .build();

        assertThat(HtmlReport.render(history, Judge.judge(history), Optional.empty()))
                .contains("The database was not read: db-1 &lt;gone&gt;");
    }

    @Test
    void whateverTheTextsHoldNothingOfItBecomesMarkup() {
        String evil = "</script><img src=x onerror=alert(1)> \"' {{css}} $1 \\";
        History history = RunBuilder.killOfOneOfTwo()
                .add(failed(20_050, 30, 0, evil))
                .add(new Note(at(21), evil))
                .add(new MetricSample(at(21), "CPUUtilization", evil, 5))
                .expect("requests-lost", "0")
                .build();

        String page = HtmlReport.render(history, Judge.judge(history), Optional.empty());

        assertThat(page)
                .doesNotContain("<img")
                .contains("&lt;/script&gt;&lt;img src=x onerror=alert(1)&gt; &quot;&#39; {{css}} $1 \\")
                .contains("\\u003c/script\\u003e\\u003cimg src=x onerror=alert(1)\\u003e");
    }

    @Test
    void thePointsOfTheChartsAreAddedUpWhereTheRequestsWereDue() throws IOException {
        History history = RunBuilder.quiet()
                .remove(LoadEnded.class)
                .requests(
                        request(-5, 1),
                        request(0, 10),
                        request(999, 30),
                        failed(2_000, 10_000, 502, ""),
                        request(2_999, 20))
                .add(new MetricSample(at(0), "CPUUtilization", "web-1a", 10))
                .add(new MetricSample(at(0.5), "CPUUtilization", "web-1a", 20.5))
                .add(new MetricSample(at(2), "CPUUtilization", "web-1a", 40))
                .add(new LoadEnded(at(3), true, "duration reached"))
                .build();

        assertThat(data(HtmlReport.render(history, Judge.judge(history), Optional.empty())))
                .isEqualTo(new ObjectMapper().readTree("""
                        {"end": 3.0, "step": 1, "judgedFrom": 2.0, "at": [0, 1, 2],
                         "ok": [2, 0, 1], "failed": [0, 0, 1],
                         "p50": [10, null, 20], "p95": [30, null, 10000], "p99": [30, null, 10000], "max": [30, null, 10000],
                         "cpu": [{"name": "web-1a", "values": [15.3, null, 40.0]}],
                         "marks": [], "bands": []}
                        """));
    }

    @Test
    void faultAndAlarmsAreMarked() throws IOException {
        History history = RunBuilder.killOfOneOfTwo().build();

        JsonNode data = data(HtmlReport.render(history, Judge.judge(history), Optional.empty()));

        assertThat(data.path("marks"))
                .hasToString(
                        "[{\"at\":20.0,\"kind\":\"fault\"},{\"at\":20.5,\"kind\":\"alarm\"},{\"at\":40.0,\"kind\":\"healed\"}]");
        assertThat(data.path("bands")).hasToString("[{\"from\":20.0,\"to\":40.0}]");
    }

    @Test
    void aLongRunHasNoMorePointsThanAPageCanShow() {
        RunBuilder day = RunBuilder.quiet().remove(LoadEnded.class);
        History history =
                day.add(new LoadEnded(at(86_400), true, "duration reached")).build();

        assertThat(Axis.of(history)).isEqualTo(new Axis(86_400, 300));
        assertThat(HtmlReport.render(history, Judge.judge(history), Optional.empty()))
                .hasSizeLessThan(2_000_000);
    }

    private static JsonNode data(String page) throws IOException {
        Matcher data = Pattern.compile("<script type=\"application/json\" id=\"data\">(.*?)</script>")
                .matcher(page);
        assertThat(data.find()).isTrue();
        return new ObjectMapper().readTree(data.group(1));
    }
}
