package io.failoverlab.verdict;

import static io.failoverlab.history.RunBuilder.alarm;
import static io.failoverlab.history.RunBuilder.at;
import static io.failoverlab.history.RunBuilder.failed;
import static io.failoverlab.history.RunBuilder.request;
import static io.failoverlab.history.RunBuilder.target;
import static org.assertj.core.api.Assertions.assertThat;

import io.failoverlab.history.ActionStatus;
import io.failoverlab.history.AlarmState;
import io.failoverlab.history.Event.ActionChanged;
import io.failoverlab.history.Event.AlarmStateChanged;
import io.failoverlab.history.Event.AlarmsRead;
import io.failoverlab.history.Event.ExperimentChanged;
import io.failoverlab.history.Event.FaultInjected;
import io.failoverlab.history.Event.LossForecast;
import io.failoverlab.history.Event.MetricSample;
import io.failoverlab.history.Event.RotationChanged;
import io.failoverlab.history.Event.TargetStateChanged;
import io.failoverlab.history.ExperimentStatus;
import io.failoverlab.history.ItemVersion;
import io.failoverlab.history.RequestSample;
import io.failoverlab.history.RunBuilder;
import io.failoverlab.history.TargetState;
import io.failoverlab.verdict.Measurement.Count;
import io.failoverlab.verdict.Measurement.Degraded;
import io.failoverlab.verdict.Measurement.Missing;
import io.failoverlab.verdict.Measurement.Never;
import io.failoverlab.verdict.Measurement.Shares;
import io.failoverlab.verdict.Measurement.Time;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class ChecksTest {

    @Test
    void lostRequestsAreCountedInTheJudgedWindowByCause() {
        RunBuilder run = RunBuilder.killOfOneOfTwo()
                .requests(
                        failed(1_999, 5, 502, ""),
                        request(3_000, 10),
                        failed(20_050, 10_000, 0, "Request timeout"),
                        failed(20_100, 5, 502, ""),
                        failed(24_150, 5, 502, ""),
                        failed(40_000, 5, 502, ""));

        assertThat(find(Figure.REQUESTS_LOST, run))
                .isEqualTo(new Finding(
                        new Count(3),
                        "3 of 4 requests (75.0 %), the first one due at 20.1 s, the last one at 24.2 s",
                        List.of("2 x HTTP 502", "1 x no answer: Request timeout")));
    }

    @Test
    void theLostOfOnePartAreThoseThatBelongToIt() {
        RunBuilder run = RunBuilder.killOfOneOfTwo()
                .requests(
                        failed(3_000, 5, 502, ""),
                        failed(19_900, 300, 0, "reset"),
                        request(20_100, 5),
                        failed(24_150, 5, 502, ""));

        assertThat(find(Figure.REQUESTS_LOST_DURING, run).measured()).isEqualTo(new Count(1));
        assertThat(find(Figure.REQUESTS_LOST_AFTER, run))
                .isEqualTo(new Finding(
                        new Count(1),
                        "1 of 1 requests after the last change that followed the fault (100.0 %), the first one due at"
                                + " 24.2 s, the last one at 24.2 s",
                        List.of("1 x HTTP 502")));
        assertThat(find(Figure.REQUESTS_LOST_AFTER, RunBuilder.quiet()).measured())
                .isInstanceOf(Missing.class);
    }

    @Test
    void oneAlarmIsTimedFromTheFaultBeforeIt() {
        RunBuilder run = RunBuilder.killOfOneOfTwo()
                .add(new FaultInjected(at(30), "kill", "web-1c", "", true, "exit code 137"))
                .add(new AlarmStateChanged(at(30.4), "web-1c-down", AlarmState.OK, AlarmState.ALARM, "", at(30.3)));

        assertThat(timeOf("web-1a-down", run).measured()).isEqualTo(new Time(Duration.ofMillis(500)));
        assertThat(timeOf("web-1c-down", run))
                .isEqualTo(new Finding(
                        new Time(Duration.ofMillis(400)), "30.000 s fault; 30.400 s web-1c-down in ALARM", List.of()));
        assertThat(timeOf("web-1a-down", RunBuilder.killOfOneOfTwo().remove(AlarmStateChanged.class))
                        .measured())
                .isEqualTo(new Never(Duration.ofSeconds(20)));
        assertThat(timeOf("latency", run).measured())
                .isEqualTo(new Missing("no alarm latency was watched; watched: web-1a-down, web-1c-down"));
    }

    @Test
    void anAlarmThatWasNotInOkBeforeTheFaultSaysNothing() {
        RunBuilder before = RunBuilder.killOfOneOfTwo()
                .remove(AlarmStateChanged.class)
                .remove(AlarmsRead.class, 19, 20)
                .add(alarm(19.9, AlarmState.OK, AlarmState.ALARM));
        assertThat(timeOf("web-1a-down", before).measured())
                .isEqualTo(new Missing("web-1a-down was in ALARM before the fault"));

        RunBuilder read = RunBuilder.killOfOneOfTwo()
                .add(new AlarmsRead(at(19.9), Map.of("web-1a-down", AlarmState.INSUFFICIENT_DATA)));
        assertThat(timeOf("web-1a-down", read).measured())
                .isEqualTo(new Missing("web-1a-down was in INSUFFICIENT_DATA before the fault"));

        RunBuilder late = RunBuilder.killOfOneOfTwo().add(new AlarmsRead(at(25), Map.of("latency", AlarmState.ALARM)));
        assertThat(timeOf("latency", late).measured())
                .isEqualTo(new Missing("latency was in a state that nobody read before the fault"));
    }

    private static Finding timeOf(String name, RunBuilder run) {
        return Figure.ALARM.find(run.build(), name);
    }

    @Test
    void aForecastIsComparedWithWhatWasLost() {
        RunBuilder run = RunBuilder.killOfOneOfTwo()
                .add(new LossForecast(at(0), "kill", "web-1a", 30, "30 requests"))
                .requests(IntStream.range(0, 33)
                        .mapToObj(i -> failed(20_000 + i, 5, 502, ""))
                        .toArray(RequestSample[]::new));

        assertThat(find(Figure.FORECAST_ERROR, run))
                .isEqualTo(new Finding(new Count(10), "30 were forecast, 33 were lost", List.of("30 requests")));
        assertThat(measured(Figure.FORECAST_ERROR, run.add(failed(21_000, 5, 502, ""))))
                .isEqualTo(new Count(14));
        assertThat(measured(Figure.FORECAST_ERROR, RunBuilder.killOfOneOfTwo()))
                .isEqualTo(new Missing("no loss was forecast; it is with --timing aws --retry alb,"
                        + " where no Auto Scaling group replaces what dies"));
    }

    @Test
    void noRequestLostSaysOfHowMany() {
        assertThat(find(Figure.REQUESTS_LOST, RunBuilder.killOfOneOfTwo()))
                .isEqualTo(new Finding(new Count(0), "0 of 380 requests", List.of()));
    }

    @Test
    void withoutAnyRequestNothingIsSaidAboutLostOnes() {
        assertThat(find(Figure.REQUESTS_LOST, RunBuilder.quiet().requests()))
                .isEqualTo(Finding.missing("no request was made in the judged window"));
    }

    @Test
    void theSlowestRequestAfterTheFaultMayHaveBeenUnderWayThen() {
        RunBuilder run =
                RunBuilder.killOfOneOfTwo().requests(request(10_000, 900), request(19_999, 207), request(25_000, 31));

        assertThat(find(Figure.SLOWEST_AFTER, run))
                .isEqualTo(new Finding(new Time(Duration.ofMillis(207)), "item, due at 19.999 s", List.of()));
        assertThat(measured(Figure.SLOWEST_AFTER, RunBuilder.quiet()))
                .isEqualTo(new Missing("no judged request followed a fault"));
    }

    @Test
    void anOutageLastsFromTheFirstRequestThatGotNothingToTheNextGoodAnswerOfItsKind() {
        RunBuilder run = RunBuilder.killOfOneOfTwo()
                .requests(
                        order(19_900, 30, true),
                        order(19_995, 10, true),
                        order(20_100, 500, false),
                        request(20_110, 10),
                        order(20_200, 300, true),
                        request(20_390, 10),
                        order(20_600, 20, false),
                        order(20_700, 40, true));

        assertThat(find(Figure.WRITES_OUTAGE, run))
                .isEqualTo(new Finding(
                        new Time(Duration.ofMillis(400)),
                        "no write was answered from 20.100 s to 20.500 s",
                        List.of()));
        assertThat(measured(Figure.READS_OUTAGE, run)).isEqualTo(new Time(Duration.ofMillis(10)));
    }

    @Test
    void anOutageThatLastsToTheEndOfTheLoadIsNotOver() {
        RunBuilder run = RunBuilder.killOfOneOfTwo()
                .requests(order(19_000, 10, true), order(20_500, 10, true), order(30_000, 10_000, false));

        assertThat(find(Figure.WRITES_OUTAGE, run))
                .isEqualTo(new Finding(
                        new Never(Duration.ofMillis(10_000)),
                        "no write was answered from 30.000 s to the end of the load",
                        List.of()));
        assertThat(measured(Figure.WRITES_OUTAGE, RunBuilder.killOfOneOfTwo()))
                .isEqualTo(new Missing("no judged write in a run with a fault"));
        assertThat(measured(Figure.READS_OUTAGE, RunBuilder.quiet()))
                .isEqualTo(new Missing("no judged read in a run with a fault"));
    }

    private static RequestSample order(long startMillis, long millis, boolean ok) {
        return new RequestSample(
                RequestSample.WRITE, Duration.ofMillis(startMillis), Duration.ofMillis(millis), ok, ok ? 200 : 503, "");
    }

    @Test
    void p99IsTakenFromTheSamplesOfItsPart() {
        RunBuilder run = RunBuilder.killOfOneOfTwo()
                .requests(IntStream.rangeClosed(1, 200)
                        .mapToObj(i -> request(3_000 + i, i))
                        .toArray(RequestSample[]::new))
                .add(request(20_000, 500), request(30_000, 7));

        assertThat(measured(Figure.P99_BEFORE, run)).isEqualTo(new Time(Duration.ofMillis(198)));
        assertThat(measured(Figure.P99_DURING, run)).isEqualTo(new Time(Duration.ofMillis(500)));
        assertThat(measured(Figure.P99_AFTER, run)).isEqualTo(new Time(Duration.ofMillis(7)));
    }

    @Test
    void delaysRunFromTheFault() {
        RunBuilder run = RunBuilder.killOfOneOfTwo();

        assertThat(measured(Figure.DETECTED, run)).isEqualTo(new Time(Duration.ofMillis(100)));
        assertThat(measured(Figure.OUT_OF_ROTATION, run)).isEqualTo(new Time(Duration.ofMillis(200)));
        assertThat(measured(Figure.ALARMED, run)).isEqualTo(new Time(Duration.ofMillis(500)));
    }

    @Test
    void ofSeveralFaultsTheLongestDelayCounts() {
        RunBuilder run = RunBuilder.killOfOneOfTwo()
                .add(new FaultInjected(at(30), "kill", "web-1c", "", true, "gone"))
                .add(target(30.4, "web-1c", TargetState.HEALTHY, TargetState.UNHEALTHY));

        assertThat(measured(Figure.DETECTED, run)).isEqualTo(new Time(Duration.ofMillis(400)));
    }

    @Test
    void whatDidNotFollowIsNeverAndNotMissing() {
        RunBuilder run = RunBuilder.killOfOneOfTwo()
                .remove(TargetStateChanged.class, 20, 40)
                .remove(RotationChanged.class, 20, 40)
                .remove(AlarmStateChanged.class);

        assertThat(measured(Figure.DETECTED, run)).isEqualTo(new Never(at(20)));
        assertThat(measured(Figure.OUT_OF_ROTATION, run)).isEqualTo(new Never(at(20)));
        assertThat(measured(Figure.ALARMED, run)).isEqualTo(new Never(at(20)));
    }

    @Test
    void whatFollowsOnlyAfterTheLoadIsTheLabCleaningUp() {
        RunBuilder run = RunBuilder.killOfOneOfTwo()
                .remove(TargetStateChanged.class, 20, 40)
                .remove(RotationChanged.class, 20, 40)
                .remove(AlarmStateChanged.class)
                .add(
                        target(40.1, "web-1a", TargetState.HEALTHY, TargetState.UNHEALTHY),
                        new RotationChanged(at(40.2), List.of("web-1c"), 2),
                        alarm(40.3, AlarmState.OK, AlarmState.ALARM));

        assertThat(measured(Figure.DETECTED, run)).isEqualTo(new Never(at(20)));
        assertThat(measured(Figure.OUT_OF_ROTATION, run)).isEqualTo(new Never(at(20)));
        assertThat(measured(Figure.ALARMED, run)).isEqualTo(new Never(at(20)));
        assertThat(measured(Figure.ALARM_RECOVERS, run)).isEqualTo(new Missing("no alarm went off after the fault"));
        assertThat(measured(
                        Figure.ALARM_RECOVERS,
                        RunBuilder.killOfOneOfTwo().add(alarm(41, AlarmState.ALARM, AlarmState.OK))))
                .isEqualTo(new Never(at(19.5)));
    }

    @Test
    void whatCannotBeKnownIsMissing() {
        RunBuilder unwatched = RunBuilder.killOfOneOfTwo()
                .remove(AlarmStateChanged.class)
                .remove(AlarmsRead.class)
                .remove(RotationChanged.class)
                .remove(TargetStateChanged.class);

        assertThat(measured(Figure.ALARMED, unwatched)).isEqualTo(new Missing("no alarm was watched"));
        assertThat(measured(Figure.DETECTED, unwatched))
                .isEqualTo(new Missing("no fault hit a target of the load balancer"));
        assertThat(measured(Figure.ALARMED, RunBuilder.quiet())).isEqualTo(new Missing("no fault was injected"));
    }

    @Test
    void anAlarmFromBeforeTheFaultDoesNotCount() {
        RunBuilder run = RunBuilder.killOfOneOfTwo()
                .remove(AlarmStateChanged.class)
                .add(alarm(19.999, AlarmState.OK, AlarmState.ALARM));

        assertThat(measured(Figure.ALARMED, run)).isEqualTo(new Never(at(20)));
    }

    @Test
    void anAlarmHasRecoveredWhenItIsOkForGood() {
        RunBuilder run = RunBuilder.killOfOneOfTwo();
        assertThat(measured(Figure.ALARM_RECOVERS, run)).isEqualTo(new Never(at(19.5)));

        run.add(alarm(25, AlarmState.ALARM, AlarmState.OK));
        assertThat(measured(Figure.ALARM_RECOVERS, run)).isEqualTo(new Time(Duration.ofMillis(4_500)));

        run.add(alarm(26, AlarmState.OK, AlarmState.ALARM), alarm(31, AlarmState.ALARM, AlarmState.OK));
        assertThat(measured(Figure.ALARM_RECOVERS, run)).isEqualTo(new Time(Duration.ofMillis(10_500)));
    }

    @Test
    void recoveredIsWhenTheExpectedNumberIsInServiceForGood() {
        RunBuilder run = RunBuilder.killOfOneOfTwo();
        assertThat(measured(Figure.RECOVERED, run)).isEqualTo(new Degraded(1, 2, at(20)));

        run.add(target(28, "web-1a", TargetState.UNHEALTHY, TargetState.HEALTHY));
        assertThat(measured(Figure.RECOVERED, run)).isEqualTo(new Time(Duration.ofSeconds(8)));

        run.add(
                target(29, "web-1a", TargetState.HEALTHY, TargetState.UNHEALTHY),
                target(33, "web-1a", TargetState.UNHEALTHY, TargetState.HEALTHY));
        assertThat(measured(Figure.RECOVERED, run)).isEqualTo(new Time(Duration.ofSeconds(13)));
    }

    @Test
    void aTargetThatComesBackAfterTheLoadIsNoRecovery() {
        RunBuilder run =
                RunBuilder.killOfOneOfTwo().add(target(41, "web-1a", TargetState.UNHEALTHY, TargetState.HEALTHY));

        assertThat(measured(Figure.RECOVERED, run)).isEqualTo(new Degraded(1, 2, at(20)));
    }

    @Test
    void aFaultThatNobodyNoticedHasNotBeenRecoveredFrom() {
        assertThat(measured(Figure.RECOVERED, RunBuilder.killOfOneOfTwo().remove(TargetStateChanged.class, 20, 40)))
                .isEqualTo(new Missing("no target left service after the fault, so nothing had to recover"));
    }

    @Test
    void theShareOfTheRequestsIsCountedInTheJudgedWindow() {
        RunBuilder run = RunBuilder.quiet()
                .remove(MetricSample.class)
                .add(
                        new MetricSample(at(1), "RequestCount", "web-1a", 1_000),
                        new MetricSample(at(3), "RequestCount", "web-1a", 30),
                        new MetricSample(at(3), "CPUUtilization", "web-1a", 99),
                        new MetricSample(at(3), "RequestCount", "web-1c", 20),
                        new MetricSample(at(4), "RequestCount", "web-1c", 50));

        assertThat(measured(Figure.REQUEST_SHARE, run)).isEqualTo(new Shares(Map.of("web-1a", 30L, "web-1c", 70L)));
        assertThat(measured(Figure.REQUEST_SHARE, run).text()).isEqualTo("web-1a 30.0 %, web-1c 70.0 %");
    }

    @Test
    void anFisExperimentEndsInTheLastOfItsStatesWithThatOfEachAction() {
        RunBuilder run = RunBuilder.quiet()
                .add(
                        new ExperimentChanged(at(20), ExperimentStatus.RUNNING, ""),
                        new ActionChanged(at(20), "stop", "aws:ec2:stop-instances", ActionStatus.RUNNING, ""),
                        new ActionChanged(at(25), "stop", "aws:ec2:stop-instances", ActionStatus.COMPLETED, ""),
                        new ActionChanged(at(25), "wait", "aws:fis:wait", ActionStatus.SKIPPED, "left out"),
                        new ExperimentChanged(at(25), ExperimentStatus.COMPLETED, ""));

        assertThat(find(Figure.EXPERIMENT, run))
                .isEqualTo(new Finding(
                        new Measurement.State("completed"),
                        "25.000 s completed",
                        List.of("stop completed", "wait skipped")));
        assertThat(measured(Figure.STOPPED_AFTER, run)).isEqualTo(new Missing("no alarm stopped an FIS experiment"));
        assertThat(measured(Figure.EXPERIMENT, RunBuilder.quiet())).isEqualTo(new Missing("no FIS experiment was run"));
    }

    @Test
    void aStopConditionIsTimedFromTheMonitorsAlarmToEverythingUndone() {
        RunBuilder run = RunBuilder.quiet()
                .add(
                        new AlarmStateChanged(at(21), "target-5xx", AlarmState.OK, AlarmState.ALARM, "", at(20.9)),
                        new AlarmStateChanged(at(22), "latency", AlarmState.OK, AlarmState.ALARM, "", at(21.9)),
                        new ExperimentChanged(
                                at(22), ExperimentStatus.STOPPING, "the stop condition latency went to ALARM"));

        assertThat(measured(Figure.STOPPED_AFTER, run)).isEqualTo(new Never(at(18.1)));
        run.add(new ExperimentChanged(at(22.4), ExperimentStatus.STOPPED, ""));
        assertThat(find(Figure.STOPPED_AFTER, run))
                .isEqualTo(new Finding(new Time(at(0.5)), "21.900 s latency in ALARM; 22.400 s all undone", List.of()));
    }

    @Test
    void aReadIsStaleIfANewerVersionWasKnownToAnybodyBeforeItBegan() {
        RunBuilder run = RunBuilder.quiet()
                .items(
                        read(7, 1, 3_000, 3_010),
                        changed(7, 2, 4_000, 4_010),
                        // under way when the change was acknowledged: either version is right
                        read(7, 1, 4_005, 4_020),
                        read(7, 1, 4_010, 4_020),
                        read(7, 1, 4_011, 4_021),
                        read(8, 1, 4_011, 4_021),
                        // the reader saw what the one who wrote was never told
                        read(7, 4, 5_000, 5_010),
                        read(7, 2, 7_500, 7_510),
                        read(7, 4, 8_000, 8_010));

        assertThat(find(Figure.STALE_READS, run))
                .isEqualTo(
                        new Finding(
                                new Count(2),
                                "2 of 8 reads of items, after 1 change: the first at 4.0 s, the last at 7.5 s, out of date for"
                                        + " up to 2.490 s",
                                List.of(
                                        "item 7 in version 1 at 4.011 s, though version 2 was known: a newer one for 1 ms",
                                        "item 7 in version 2 at 7.500 s, though version 4 was known: a newer one for 2.490 s")));
    }

    @Test
    void staleReadsCountInTheJudgedWindowOnly() {
        RunBuilder run = RunBuilder.quiet()
                .items(
                        changed(7, 2, 500, 510),
                        read(7, 1, 1_999, 2_010),
                        read(7, 2, 2_000, 2_010),
                        read(7, 1, 40_000, 40_010));

        assertThat(find(Figure.STALE_READS, run))
                .isEqualTo(new Finding(new Count(0), "0 of 1 read of items, after 1 change", List.of()));
    }

    @Test
    void whereNothingChangesOrIsReadNobodyKnows() {
        assertThat(measured(Figure.STALE_READS, RunBuilder.quiet().items(read(7, 1, 3_000, 3_010))))
                .isEqualTo(
                        new Missing("no item was changed, so no read could be stale; browse-and-reprice changes some"));
        assertThat(measured(Figure.STALE_READS, RunBuilder.quiet().items(changed(7, 2, 500, 510))))
                .isEqualTo(new Missing("no item was read while it was judged, so no read could be stale"));
    }

    private static ItemVersion read(long item, long version, long start, long end) {
        return new ItemVersion(item, version, false, Duration.ofMillis(start), Duration.ofMillis(end));
    }

    private static ItemVersion changed(long item, long version, long start, long end) {
        return new ItemVersion(item, version, true, Duration.ofMillis(start), Duration.ofMillis(end));
    }

    @Test
    void timesAreRoundedUpToWhatIsShown() {
        assertThat(new Time(Duration.ofNanos(1_000_000_001L)))
                .isEqualTo(new Time(Duration.ofMillis(1_001)))
                .extracting(Time::text)
                .isEqualTo("1.001 s");
    }

    private static Finding find(Figure figure, RunBuilder run) {
        return figure.find(run.build());
    }

    private static Measurement measured(Figure figure, RunBuilder run) {
        return find(figure, run).measured();
    }
}
