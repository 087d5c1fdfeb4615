package io.failoverlab.verdict;

import static io.failoverlab.history.RunBuilder.at;
import static io.failoverlab.history.RunBuilder.failed;
import static io.failoverlab.history.RunBuilder.target;
import static org.assertj.core.api.Assertions.assertThat;

import io.failoverlab.history.Event.AlarmStateChanged;
import io.failoverlab.history.Event.AlarmsRead;
import io.failoverlab.history.Event.FaultHealed;
import io.failoverlab.history.Event.FaultInjected;
import io.failoverlab.history.History;
import io.failoverlab.history.RunBuilder;
import io.failoverlab.history.TargetState;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class JudgeTest {

    @Test
    void aRunAsExpectedPasses() {
        assertThat(said(kill()))
                .isEqualTo("PASS web-1a was killed at 20.0 s: 0 of 380 requests lost, out of rotation after"
                        + " 200 ms, alarm after 500 ms, no acknowledged write lost."
                        + " Degraded since: 1 of 2 in service.");
    }

    @Test
    void aFigureNotAsExpectedFails() {
        assertThat(said(kill().add(failed(20_050, 30, 502, ""))))
                .startsWith("FAIL web-1a was killed at 20.0 s: 1 of 381 requests lost, ")
                .endsWith(" Not as expected: requests-lost 1 (= 0).");
    }

    @Test
    void anAlarmThatDidNotGoOffFailsWhereItWasWatched() {
        assertThat(said(kill().remove(AlarmStateChanged.class)))
                .startsWith("FAIL ")
                .contains(", no alarm, ")
                .endsWith(" Not as expected: alarmed not in 20.0 s (<= 2s).");
    }

    @Test
    void aBrokenAssumptionMakesItUnknown() {
        assertThat(said(kill().remove(AlarmsRead.class, 25, 31)))
                .startsWith("UNKNOWN web-1a was killed at 20.0 s: 0 of 380 requests lost, ")
                .endsWith(" Unknown: no answer between 24.5 s and 31.5 s.");
    }

    @Test
    void aFailureOutweighsABrokenAssumption() {
        assertThat(Judge.judge(kill().remove(AlarmsRead.class, 25, 31)
                                .add(failed(20_050, 30, 502, ""))
                                .build())
                        .verdict())
                .isEqualTo(Verdict.FAIL);
    }

    @Test
    void anExpectedFigureThatCannotBeMeasuredMakesItUnknown() {
        assertThat(said(RunBuilder.quiet().expect("requests-lost", "0").expect("detected", "<= 1s")))
                .isEqualTo(
                        "UNKNOWN 10 requests a second for 40.0 s: 0 of 380 requests lost, no acknowledged write lost."
                                + " Unknown: detected (no fault hit a target of the load balancer).");
    }

    @Test
    void whereNothingIsExpectedNothingIsPassed() {
        assertThat(said(RunBuilder.killOfOneOfTwo()))
                .startsWith("UNKNOWN ")
                .endsWith(" Unknown: the experiment expects nothing.");
    }

    @Test
    void aFigureWithoutAnExpectationDoesNotJudge() {
        RunBuilder run = RunBuilder.killOfOneOfTwo().expect("alarmed", "<= 2s").add(failed(20_050, 30, 502, ""));

        assertThat(Judge.judge(run.build()).verdict()).isEqualTo(Verdict.PASS);
    }

    @Test
    void aFaultThatIsToBeBornInServiceIsTold() {
        RunBuilder stress = RunBuilder.quiet()
                .plan("cpu-stress", "web-1a", 20)
                .expect("detected", "false")
                .add(
                        new FaultInjected(at(20), "cpu-stress", "web-1a", "", true, "100 % CPU"),
                        new FaultHealed(at(35), "cpu-stress", "web-1a", ""));

        assertThat(said(stress))
                .isEqualTo("PASS web-1a was put under CPU stress at 20.0 s: 0 of 380 requests lost,"
                        + " no acknowledged write lost.");
    }

    @Test
    void alarmsAreJudgedByTheirNames() {
        RunBuilder run = RunBuilder.killOfOneOfTwo()
                .expect("alarm web-1a-down", "within 400 ms")
                .expect("alarm other", "does not happen");

        assertThat(Judge.judge(run.build()).results().stream()
                        .filter(result -> result.figure() == Figure.ALARM)
                        .map(result -> result.name() + " " + result.expectation() + " " + result.outcome()))
                .containsExactly("alarm web-1a-down <= 400ms NOT_MET", "alarm other does not happen UNKNOWN");
        assertThat(said(run)).endsWith(" Not as expected: alarm web-1a-down 500 ms (<= 400ms).");
    }

    @Test
    void otherExpectationsNeedNoNewRun() {
        History history = kill().build();

        assertThat(Judge.judge(history.withExpectations(Map.of("p99-during", "< 5 ms")))
                        .sentence())
                .endsWith(" Not as expected: p99-during 10 ms (< 5ms).");
        assertThat(Judge.judge(history).verdict()).isEqualTo(Verdict.PASS);
    }

    @Test
    void aRecoveryIsTold() {
        assertThat(said(kill().add(target(28, "web-1a", TargetState.UNHEALTHY, TargetState.HEALTHY))))
                .endsWith(" All in service again after 8.000 s.");
    }

    private static RunBuilder kill() {
        return RunBuilder.killOfOneOfTwo()
                .expect("requests-lost", "0")
                .expect("out-of-rotation", "<= 1s")
                .expect("alarmed", "<= 2s")
                .expect("recovered", "degraded")
                .expect("writes-lost", "0");
    }

    private static String said(RunBuilder run) {
        Judgement judgement = Judge.judge(run.build());
        return judgement.verdict() + " " + judgement.sentence();
    }
}
