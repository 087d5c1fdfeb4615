package io.failoverlab.verdict;

import static io.failoverlab.history.RunBuilder.at;
import static io.failoverlab.history.RunBuilder.failed;
import static io.failoverlab.history.RunBuilder.request;
import static org.assertj.core.api.Assertions.assertThat;

import io.failoverlab.history.Event.Audited;
import io.failoverlab.history.Event.LoadSecond;
import io.failoverlab.history.LedgerReading;
import io.failoverlab.history.LedgerReading.FinalRead;
import io.failoverlab.history.RequestSample;
import io.failoverlab.history.RunBuilder;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ScorecardTest {
    private static Score score(RunBuilder run, String name) {
        return Judge.judge(run.build()).scorecard().stream()
                .filter(it -> it.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void availabilityIsTheShareOfJudgedRequestsThatWereAnswered() {
        assertThat(score(RunBuilder.killOfOneOfTwo(), "availability"))
                .isEqualTo(new Score("availability", "Availability", "100 %", "380 of 380 judged requests answered"));
        assertThat(score(
                        RunBuilder.killOfOneOfTwo()
                                .add(
                                        failed(20_010, 5, 502, ""),
                                        failed(20_990, 5, 502, ""),
                                        failed(22_000, 5, 502, ""),
                                        failed(100, 5, 502, "")),
                        "availability"))
                .isEqualTo(new Score(
                        "availability",
                        "Availability",
                        "99.21 %",
                        "380 of 383 judged requests answered; some were lost in 2 seconds"));
    }

    @Test
    void recoveryTimeIsTheLongerOfWhatReadersAndWritersWaited() {
        RunBuilder run = RunBuilder.killOfOneOfTwo()
                .add(new RequestSample("order", at(20.0), Duration.ofMillis(1_700), true, 201, ""));

        assertThat(score(run, "recovery-time"))
                .isEqualTo(
                        new Score(
                                "recovery-time",
                                "Recovery time",
                                "1.700 s",
                                "the longest without an answer: reads 10 ms, writes 1.700 s; all in service again: degraded: 1 of 2"));
    }

    @Test
    void aRunThatOnlyReadsHasTheRecoveryTimeOfReaders() {
        assertThat(score(RunBuilder.killOfOneOfTwo(), "recovery-time").basis())
                .startsWith("the longest without an answer: reads 10 ms, no writes; ");
    }

    @Test
    void anOutageThatDoesNotEndIsLongerThanAnyOther() {
        RunBuilder run = RunBuilder.killOfOneOfTwo();
        for (int second = 30; second < 40; second++) {
            run.add(new RequestSample("order", at(second), Duration.ofMillis(10), false, 503, ""));
        }

        Score score = score(run, "recovery-time");
        assertThat(score.value()).isEqualTo("not in 10.0 s");
        assertThat(score.basis()).contains("reads 10 ms, writes not in 10.0 s");
    }

    @Test
    void withoutAFaultThereIsNothingToRecoverFrom() {
        assertThat(score(RunBuilder.quiet(), "recovery-time").value()).isEqualTo("not measured");
    }

    @Test
    void theRecoveryPointIsWhatTheLedgerMisses() {
        LedgerReading oneLost = new LedgerReading(
                Set.of("k-1", "k-2"),
                Map.of("k-1", 1L, "k-2", 2L),
                new FinalRead.Read("db-2", Map.of("k-1", List.of(1L))));

        assertThat(score(RunBuilder.failover(), "recovery-point").value()).isEqualTo("0 writes lost");
        assertThat(score(RunBuilder.failover().ledger(oneLost), "recovery-point"))
                .isEqualTo(new Score(
                        "recovery-point",
                        "Recovery point",
                        "1 write lost",
                        "of 2 that were acknowledged, read back after the load"));
        LedgerReading unread =
                new LedgerReading(Set.of("k-1"), Map.of("k-1", 1L), new FinalRead.NotRead("no primary answered"));
        assertThat(score(RunBuilder.failover().ledger(unread), "recovery-point"))
                .isEqualTo(new Score(
                        "recovery-point",
                        "Recovery point",
                        "not measured",
                        "the database was not read: no primary answered"));
    }

    @Test
    void capacityIsWhatWasAnsweredOverFiveSecondsWithoutALoss() {
        RunBuilder run = RunBuilder.quiet().remove(LoadSecond.class, 10, 22);
        for (int second = 10; second < 22; second++) {
            // the busiest ones lose something
            int ok = second < 15 ? 400 : second == 15 ? 900 : 300;
            run.add(new LoadSecond(at(second), ok, ok, ok, second < 15 ? 1 : 0, Map.of(200, (long) ok)));
        }

        assertThat(score(run, "capacity"))
                .isEqualTo(new Score(
                        "capacity",
                        "Capacity",
                        "at least 420 a second",
                        "answered over 5 s from 15.0 s on without a loss; more was not asked of it then"));
    }

    @Test
    void hardeningIsTheAuditOfThisRunsContainers() {
        assertThat(score(RunBuilder.quiet(), "hardening").value()).isEqualTo("not measured");
        assertThat(score(
                        RunBuilder.quiet()
                                .add(new Audited(at(-2), "CIS", 28, 4, List.of("5.12 Root file system read-only"))),
                        "hardening"))
                .isEqualTo(new Score(
                        "hardening",
                        "Hardening",
                        "1 of 33 rules broken",
                        "CIS: 28 kept, 4 excepted for a reason; broken: 5.12 Root file system read-only"));
    }

    @Test
    void aRunTooShortForItHasNoCapacity() {
        RunBuilder run = RunBuilder.quiet().remove(LoadSecond.class, 4, 40).requests(request(3_000, 10));

        assertThat(score(run, "capacity").value()).isEqualTo("not measured");
    }
}
