package io.failoverlab.junit;

import static io.failoverlab.history.RunBuilder.failed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.failoverlab.history.Event.AlarmsRead;
import io.failoverlab.history.RunBuilder;
import io.failoverlab.verdict.Judge;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class LabVerdictTest {
    private static LabVerdict of(RunBuilder run) {
        return new LabVerdict(Judge.judge(run.build()), Path.of("target/lab-runs/report.html"));
    }

    @Test
    void aFailedTestSaysWhatWasMeasured() {
        LabVerdict verdict = of(RunBuilder.killOfOneOfTwo()
                .add(failed(20_050, 30, 502, ""))
                .expect("requests-lost", "= 0")
                .expect("alarm web-1a-down", "within 2 s"));

        assertThatThrownBy(verdict::assertPassed)
                .isInstanceOf(AssertionError.class)
                .hasMessage("""
                        FAIL: web-1a was killed at 20.0 s: 1 of 381 requests lost, out of rotation after 200 ms, alarm after \
                        500 ms, no acknowledged write lost. Degraded since: 1 of 2 in service. Not as expected: requests-lost 1 \
                        (= 0).
                          Requests lost: expected = 0, measured 1 (1 of 381 requests (0.26 %), the first one due at 20.1 s, the \
                        last one at 20.1 s)
                        report: target/lab-runs/report.html""");
    }

    @Test
    void whatIsNotKnownIsNoSuccess() {
        assertThatThrownBy(
                        of(RunBuilder.killOfOneOfTwo().remove(AlarmsRead.class).expect("requests-lost", "= 0"))
                                ::assertPassed)
                .isInstanceOf(AssertionError.class)
                .hasMessageStartingWith("UNKNOWN: ")
                .hasMessageContaining("  The monitor saw the run: no answer between");
        assertThatThrownBy(of(RunBuilder.killOfOneOfTwo())::assertPassed)
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("the experiment expects nothing");
    }

    @Test
    void aPassedRunPassesAndItsFiguresCanBeRead() {
        LabVerdict verdict = of(
                RunBuilder.killOfOneOfTwo().expect("requests-lost", "= 0").expect("alarm web-1a-down", "within 2 s"));

        verdict.assertPassed();
        assertThat(verdict.measured("requests-lost")).isEqualTo("0");
        assertThat(verdict.measured("alarm web-1a-down")).isEqualTo("500 ms");
        assertThatThrownBy(() -> verdict.measured("requests")).hasMessageContaining("requests-lost");
    }
}
