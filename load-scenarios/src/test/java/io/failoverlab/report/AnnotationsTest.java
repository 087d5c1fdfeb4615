package io.failoverlab.report;

import static io.failoverlab.history.RunBuilder.failed;
import static org.assertj.core.api.Assertions.assertThat;

import io.failoverlab.history.Event.AlarmsRead;
import io.failoverlab.history.History;
import io.failoverlab.history.RunBuilder;
import io.failoverlab.verdict.Judge;
import java.util.List;
import org.junit.jupiter.api.Test;

final class AnnotationsTest {

    @Test
    void aPassedRunHasNone() {
        assertThat(of(RunBuilder.killOfOneOfTwo().expect("requests-lost", "0"))).isEmpty();
    }

    @Test
    void whatIsNotAsExpectedAndWhatDoesNotHoldIsPointedAt() {
        List<String> lines = of(RunBuilder.killOfOneOfTwo()
                .remove(AlarmsRead.class)
                .add(failed(20_050, 30, 502, ""))
                .expect("requests-lost", "0"));

        assertThat(lines).hasSize(3);
        assertThat(lines.get(0))
                .startsWith("::error title=kill-one-web%3A FAIL::web-1a was killed at 20.0 s: 1 of 381");
        assertThat(lines.get(1))
                .isEqualTo("::error title=kill-one-web%3A Requests lost::expected = 0, measured 1;"
                        + " 1 of 381 requests (0.26 %25), the first one due at 20.1 s, the last one at 20.1 s");
        assertThat(lines.get(2))
                .startsWith("::warning title=kill-one-web%3A The monitor saw the run::no answer between");
    }

    @Test
    void thereAreNineAtTheMost() {
        RunBuilder run = RunBuilder.killOfOneOfTwo();
        for (String figure : List.of("p50", "p95", "p99", "max")) {
            for (String phase : List.of("before", "during", "after")) {
                run.expect(figure + "-" + phase, "< 1ms");
            }
        }

        assertThat(of(run)).hasSize(9).last().isEqualTo("::warning title=kill-one-web::and 5 more, see the report");
    }

    private static List<String> of(RunBuilder run) {
        History history = run.build();
        return Annotations.of(history, Judge.judge(history));
    }
}
