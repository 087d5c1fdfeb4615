package io.failoverlab.verdict;

import static io.failoverlab.history.RunBuilder.at;
import static io.failoverlab.history.RunBuilder.rds;
import static org.assertj.core.api.Assertions.assertThat;

import io.failoverlab.history.Event.DatabaseEvent;
import io.failoverlab.history.Event.DatabaseFailedOver;
import io.failoverlab.history.Event.FaultHealed;
import io.failoverlab.history.Event.FaultInjected;
import io.failoverlab.history.RunBuilder;
import io.failoverlab.verdict.Measurement.Missing;
import io.failoverlab.verdict.Measurement.Never;
import io.failoverlab.verdict.Measurement.Time;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Figures of a Multi-AZ database that fails over. */
final class FailoverChecksTest {

    @Test
    void theFourPhasesFollowOneAnotherFromTheFaultOn() {
        RunBuilder run = RunBuilder.failover();

        assertThat(find(Figure.FAILOVER_DETECT, run))
                .isEqualTo(new Finding(
                        new Time(at(0.010)),
                        "from 20.000 s to 20.010 s the failover began: the server died",
                        List.of()));
        assertThat(find(Figure.FAILOVER_PROMOTE, run))
                .isEqualTo(new Finding(
                        new Time(at(0.100)), "from 20.010 s to 20.110 s db-2 was open as the primary", List.of()));
        assertThat(find(Figure.FAILOVER_ENDPOINT, run))
                .isEqualTo(new Finding(
                        new Time(at(0.002)), "from 20.110 s to 20.112 s the endpoint led to db-2", List.of()));
        assertThat(find(Figure.FAILOVER_CLIENT, run))
                .isEqualTo(new Finding(
                        new Time(at(0.088)),
                        "from 20.112 s to 20.200 s the application was connected to db-2",
                        List.of()));
    }

    @Test
    void whereNoFaultIsKnownTheLabsOwnKnowledgeOfTheFailureCounts() {
        assertThat(measured(Figure.FAILOVER_DETECT, RunBuilder.failover().remove(FaultInjected.class)))
                .isEqualTo(new Time(at(0.005)));
        assertThat(measured(
                        Figure.FAILOVER_DETECT,
                        RunBuilder.failover()
                                .remove(FaultInjected.class)
                                .add(
                                        new FaultInjected(at(10), "cpu-stress", "db-1", "", true, "busy"),
                                        new FaultHealed(at(15), "cpu-stress", "db-1", "idle"),
                                        new FaultInjected(at(12), "kill", "web-1a", "", true, "exit code 137"),
                                        new FaultInjected(at(13), "cut", "db-1", "", false, "still on a network"))))
                .isEqualTo(new Time(at(0.005)));
    }

    @Test
    void aFaultThatLastsCountsAlsoIfItIsUndoneAfterwards() {
        assertThat(measured(
                        Figure.FAILOVER_DETECT,
                        RunBuilder.failover().add(new FaultHealed(at(25), "kill", "db-1", "replaced"))))
                .isEqualTo(new Time(at(0.010)));
    }

    @Test
    void ofSeveralFailoversTheLongestPhaseCounts() {
        RunBuilder run = RunBuilder.failover()
                .add(new DatabaseFailedOver(
                        at(32.9), "db-1", "db-2", "db-1", "asked", at(32), at(32), at(32.05), at(32.06)));

        assertThat(measured(Figure.FAILOVER_PROMOTE, run)).isEqualTo(new Time(at(0.100)));
        assertThat(measured(Figure.FAILOVER_CLIENT, run)).isEqualTo(new Time(at(0.840)));
    }

    @Test
    void aFailoverAfterTheLoadIsNoReactionToAFault() {
        RunBuilder run = RunBuilder.quiet()
                .add(new DatabaseFailedOver(
                        at(41), "db-1", "db-1", "db-2", "asked", at(40.5), at(40.5), at(40.6), at(40.7)));

        assertThat(measured(Figure.FAILOVER_DETECT, run))
                .isEqualTo(new Missing("no failover of a database was over before the load"));
    }

    @Test
    void exposedIsTheTimeWithoutAStandbyInAll() {
        RunBuilder run = RunBuilder.failover().add(rds(33, "RDS-EVENT-0052"), rds(35.5, "RDS-EVENT-0053"));

        assertThat(find(Figure.EXPOSED, run))
                .isEqualTo(new Finding(
                        new Time(at(9.990 + 2.5)),
                        "there was a standby again when the load ended",
                        List.of("from 20.010 s to 30.000 s", "from 33.000 s to 35.500 s")));
    }

    @Test
    void whatIsStillExposedWhenTheLoadEndsIsNotOver() {
        RunBuilder run =
                RunBuilder.failover().remove(DatabaseEvent.class, 30, 31).add(rds(41, "RDS-EVENT-0053"));

        assertThat(find(Figure.EXPOSED, run))
                .isEqualTo(new Finding(
                        new Never(at(19.990)),
                        "there was no standby when the load ended",
                        List.of("from 20.010 s on")));
    }

    @Test
    void runsWithoutAFailoverShowNoneOfThemUnlessSomethingIsExpected() {
        assertThat(figures(RunBuilder.killOfOneOfTwo()))
                .doesNotContain(
                        Figure.FAILOVER_DETECT,
                        Figure.FAILOVER_PROMOTE,
                        Figure.FAILOVER_ENDPOINT,
                        Figure.FAILOVER_CLIENT,
                        Figure.EXPOSED);
        assertThat(figures(RunBuilder.failover()))
                .contains(
                        Figure.FAILOVER_DETECT,
                        Figure.FAILOVER_PROMOTE,
                        Figure.FAILOVER_ENDPOINT,
                        Figure.FAILOVER_CLIENT,
                        Figure.EXPOSED);

        Judgement judgement = Judge.judge(RunBuilder.killOfOneOfTwo()
                .expect("failover-detect", "<= 1s")
                .expect("exposed", "<= 60s")
                .build());
        assertThat(judgement.verdict()).isEqualTo(Verdict.UNKNOWN);
        assertThat(judgement.results())
                .filteredOn(result -> result.outcome() == Outcome.UNKNOWN)
                .extracting(CheckResult::figure)
                .containsExactly(Figure.FAILOVER_DETECT, Figure.EXPOSED);
    }

    private static List<Figure> figures(RunBuilder run) {
        return Judge.judge(run.build()).results().stream()
                .map(CheckResult::figure)
                .toList();
    }

    private static Finding find(Figure figure, RunBuilder run) {
        return figure.find(run.build());
    }

    private static Measurement measured(Figure figure, RunBuilder run) {
        return find(figure, run).measured();
    }
}
