package io.failoverlab.verdict;

import static io.failoverlab.history.RunBuilder.at;
import static io.failoverlab.history.RunBuilder.failed;
import static io.failoverlab.history.RunBuilder.target;
import static org.assertj.core.api.Assertions.assertThat;

import io.failoverlab.history.ActionStatus;
import io.failoverlab.history.AlarmState;
import io.failoverlab.history.Event.ActionChanged;
import io.failoverlab.history.Event.AlarmsRead;
import io.failoverlab.history.Event.ExperimentChanged;
import io.failoverlab.history.Event.FaultHealed;
import io.failoverlab.history.Event.FaultInjected;
import io.failoverlab.history.Event.GeneratorUse;
import io.failoverlab.history.Event.JudgingStarted;
import io.failoverlab.history.Event.LoadEnded;
import io.failoverlab.history.Event.LoadSecond;
import io.failoverlab.history.Event.MetricSample;
import io.failoverlab.history.ExperimentStatus;
import io.failoverlab.history.LedgerReading;
import io.failoverlab.history.LedgerReading.FinalRead;
import io.failoverlab.history.RequestSample;
import io.failoverlab.history.RunBuilder;
import io.failoverlab.history.TargetState;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Each test breaks one thing in a run of which every assumption holds. */
final class AssumptionsTest {

    @Test
    void aGoodRunHoldsAllOfThem() {
        assertThat(broken(RunBuilder.killOfOneOfTwo())).isEmpty();
        assertThat(broken(RunBuilder.quiet())).isEmpty();
    }

    @Test
    void aDamagedHistoryIsNotComplete() {
        assertThat(broken(RunBuilder.killOfOneOfTwo().damage("requests.csv is missing")))
                .containsExactly("history-complete: requests.csv is missing");
    }

    @Test
    void samplesMustCoverTheAnswersThatWereCounted() {
        assertThat(broken(RunBuilder.killOfOneOfTwo()
                        .remove(LoadSecond.class, 30, 31)
                        .add(new LoadSecond(at(30), 10, 10, 15, 0, Map.of()))))
                .containsExactly("history-complete: 400 samples of 405 answers counted live");
    }

    @Test
    void aFaultThatWasNotUndoneIsSaid() {
        assertThat(broken(RunBuilder.killOfOneOfTwo().remove(FaultHealed.class)))
                .containsExactly("faults-took-effect: kill of web-1a was not seen to be undone");
    }

    @Test
    void aGeneratorThatIsShortOfSomethingMeasuresItself() {
        assertThat(broken(RunBuilder.quiet().add(use(30, 150, 18_001, 0))))
                .containsExactly("injector-not-starved: 18,001 of 20,000 file descriptors were open at 30.0 s");
        assertThat(broken(RunBuilder.quiet().add(use(30, 150, 18_000, 501))))
                .containsExactly("injector-not-starved: 501 ms of the second from 30.0 s went into garbage collection");
        assertThat(broken(RunBuilder.quiet()
                        .add(use(30, 161, 9, 0), use(31, 170, 9, 0), use(32, 199, 9, 0), use(33, 161, 9, 0))))
                .as("four seconds are a compiler at work")
                .isEmpty();
        assertThat(broken(RunBuilder.quiet()
                        .add(use(30, 161, 9, 0), use(31, 170, 9, 0), use(32, 199, 9, 0), use(33, 161, 9, 0))
                        .add(use(34, 161, 9, 0))))
                .containsExactly("injector-not-starved: it took more than 80 % of 2 cores for 5 s, up to 35.0 s");
        assertThat(broken(RunBuilder.quiet().add(use(1, 150, 20_000, 900))))
                .as("before judging it may be short of anything")
                .isEmpty();
    }

    private static GeneratorUse use(int second, double cpuPercent, long files, long collecting) {
        return new GeneratorUse(at(second), cpuPercent, files, 20_000, Duration.ofMillis(collecting));
    }

    @Test
    void theLedgerAndTheClientCountTheSameWrites() {
        RequestSample answered =
                new RequestSample(RequestSample.WRITE, Duration.ofSeconds(5), Duration.ofMillis(9), true, 201, "");
        RequestSample refused =
                new RequestSample(RequestSample.WRITE, Duration.ofSeconds(6), Duration.ofMillis(9), false, 502, "");

        assertThat(broken(RunBuilder.quiet().add(answered, answered, refused))).isEmpty();
        assertThat(broken(RunBuilder.quiet().add(answered, refused)))
                .containsExactly("counts-agree: the client saw 1 write answered, the ledger has 2 acknowledged");
        RequestSample repriced =
                new RequestSample(RequestSample.CHANGE, Duration.ofSeconds(5), Duration.ofMillis(9), true, 200, "");
        assertThat(broken(RunBuilder.quiet().add(answered, answered, refused, repriced)))
                .as("the ledger is of orders alone")
                .isEmpty();
    }

    @Test
    void ofASimulationOfOnesOwnTheLedgerKnowsNothingAndItsCustomersAreCounted() {
        RequestSample order = new RequestSample("order", Duration.ofSeconds(5), Duration.ofMillis(9), true, 201, "");
        RunBuilder run = RunBuilder.quiet().own("mine.Shop").add(order).ledger(LedgerReading.off("nobody kept it"));

        assertThat(broken(run)).isEmpty();
        assertThat(broken(second(30, 10, 4).own("mine.Shop")))
                .anyMatch(line -> line.endsWith("only 4 of 10 customers were started in the second from 30.0 s"));
    }

    @Test
    void theBalancerMustHaveForwardedWhatTheClientGotAnswersTo() {
        RunBuilder uncounted = RunBuilder.quiet().remove(MetricSample.class);
        assertThat(broken(uncounted))
                .containsExactly("counts-agree: the client got 400 answers, the balancer counted 0");
        assertThat(broken(RunBuilder.quiet().remove(MetricSample.class).balancer("network balancer, nginx")))
                .as("one that passes TCP on counts no requests")
                .isEmpty();
        assertThat(broken(RunBuilder.quiet()
                        .remove(MetricSample.class)
                        .add(new MetricSample(at(5), "RequestCount", "web-1a", 396))))
                .isEmpty();
        assertThat(broken(RunBuilder.quiet()
                        .remove(MetricSample.class)
                        .add(new MetricSample(at(5), "RequestCount", "web-1a", 200))
                        .add(new MetricSample(at(5), "RequestCount", "web-1c", 195))))
                .containsExactly("counts-agree: the client got 400 answers, the balancer counted 395");
        assertThat(broken(RunBuilder.quiet()
                        .remove(MetricSample.class)
                        .add(new MetricSample(at(5), "RequestCount", "web-1a", 200))
                        .add(new FaultInjected(at(20), "kill", "lb", "", true, "exit code 137"))))
                .as("a balancer that was killed takes its last counts with it")
                .isEmpty();
    }

    @Test
    void aRateThatChangesIsComparedWithWhatIsDueThen() {
        RunBuilder run = second(30, 10, 4).rates("10 for 30s, 1000 for 10s");

        assertThat(broken(run))
                .anyMatch(line -> line.equals("injector-not-starved: 6 requests (600 ms) behind at 30.0 s"));
    }

    @Test
    void ofARateThatChangesTheLongestLagCountsNotTheMostRequests() {
        RunBuilder run = RunBuilder.killOfOneOfTwo()
                .remove(LoadSecond.class, 10, 13)
                .add(new LoadSecond(at(10), 1_000, 900, 900, 0, Map.of()))
                .add(new LoadSecond(at(11), 10, 110, 110, 0, Map.of()))
                .add(new LoadSecond(at(12), 10, 2, 2, 0, Map.of()))
                .remove(LoadSecond.class, 13, 14)
                .add(new LoadSecond(at(13), 0, 8, 8, 0, Map.of()))
                .rates("1000 for 11s, 10 for 29s");

        assertThat(broken(run)).contains("injector-not-starved: 8 requests (800 ms) behind at 12.0 s");
    }

    @Test
    void whatIsStillOverdueWhenNothingMoreIsDueIsAsLateAsItIs() {
        RunBuilder run = RunBuilder.killOfOneOfTwo()
                .remove(LoadSecond.class, 10, 12)
                .add(new LoadSecond(at(10), 1_000, 990, 990, 0, Map.of()))
                .add(new LoadSecond(at(11), 0, 0, 0, 0, Map.of()))
                .rates("1000 for 11s, 0 for 1s, 10 for 28s");

        assertThat(broken(run)).contains("injector-not-starved: 10 requests (1.010 s) behind at 11.0 s");
    }

    @Test
    void aStarvedSecondIsNotOnSchedule() {
        assertThat(broken(second(30, 10, 4)))
                .containsExactly(
                        "load-on-schedule: only 4 of 10 requests were started in the second from 30.0 s",
                        "injector-not-starved: 6 requests (600 ms) behind at 30.0 s");
    }

    @Test
    void aStallFollowedByABurstIsStarvationThoughTheTotalIsRight() {
        RunBuilder run = second(30, 10, 5)
                .remove(LoadSecond.class, 31, 32)
                .add(new LoadSecond(at(31), 10, 7, 7, 0, Map.of()))
                .remove(LoadSecond.class, 32, 33)
                .add(new LoadSecond(at(32), 10, 18, 18, 0, Map.of()));

        assertThat(broken(run)).containsExactly("injector-not-starved: 8 requests (800 ms) behind at 31.0 s");
    }

    @Test
    void aSecondWithoutAnyCountIsNotOnSchedule() {
        assertThat(broken(RunBuilder.killOfOneOfTwo().remove(LoadSecond.class, 30, 32)))
                .containsExactly("load-on-schedule: no count between 30.0 s and 32.0 s");
        assertThat(broken(RunBuilder.killOfOneOfTwo().remove(LoadSecond.class, 38, 40)))
                .containsExactly("load-on-schedule: no count after 38.0 s");
    }

    @Test
    void aLoadThatEndedEarlyIsNotOnSchedule() {
        assertThat(broken(RunBuilder.killOfOneOfTwo()
                        .remove(LoadEnded.class)
                        .add(new LoadEnded(at(40), false, "the generator was stopped"))))
                .containsExactly("load-on-schedule: the load ended early at 40.0 s: the generator was stopped");
    }

    @Test
    void nothingHoldsIfJudgingNeverStarted() {
        assertThat(broken(RunBuilder.killOfOneOfTwo().remove(JudgingStarted.class)))
                .containsExactly(
                        "load-on-schedule: judging never started",
                        "monitor-watched: judging never started",
                        "calm-before-fault: judging never started");
    }

    @Test
    void aPlannedFaultMustBeInjectedInTime() {
        assertThat(broken(RunBuilder.killOfOneOfTwo().plan("pause", "web-1c", 30)))
                .containsExactly("faults-took-effect: pause of web-1c was planned for 30.0 s and not injected then");
        assertThat(broken(RunBuilder.quiet()
                        .plan("stress", "web-1c", 20)
                        .add(new FaultInjected(at(21.001), "stress", "web-1c", "", true, "100 % CPU"))))
                .containsExactly("faults-took-effect: stress of web-1c was planned for 20.0 s and not injected then");
    }

    @Test
    void aFaultMustBeSeenToWork() {
        assertThat(broken(RunBuilder.quiet()
                        .plan("stress", "web-1c", 20)
                        .add(new FaultInjected(at(20), "stress", "web-1c", "", false, "CPU stayed at 3 %"))))
                .containsExactly("faults-took-effect: stress of web-1c had no effect: CPU stayed at 3 %");
    }

    @Test
    void anFisExperimentMustHaveBegun() {
        assertThat(broken(fis(ExperimentStatus.PENDING)))
                .containsExactly("faults-took-effect: the FIS experiment did not begin: pending");
        assertThat(broken(fis(ExperimentStatus.PENDING, ExperimentStatus.INITIATING, ExperimentStatus.STOPPED)))
                .containsExactly("faults-took-effect: the FIS experiment did not begin: stopped");
    }

    @Test
    void theActionsOfAnFisExperimentMustHaveBeenInEffect() {
        assertThat(broken(running().add(action("stop", ActionStatus.RUNNING), action("wait", ActionStatus.COMPLETED))))
                .isEmpty();
        assertThat(broken(running().add(action("stop", ActionStatus.RUNNING), action("late", ActionStatus.FAILED))))
                .containsExactly("faults-took-effect: action late was never in effect: failed, because");
        assertThat(broken(running().add(action("stop", ActionStatus.RUNNING), action("other", ActionStatus.SKIPPED))))
                .isEmpty();
        assertThat(broken(running().add(action("stop", ActionStatus.SKIPPED), action("other", ActionStatus.SKIPPED))))
                .containsExactly("faults-took-effect: no action of the FIS experiment was in effect");
    }

    @Test
    void whatAStopConditionCalledOffNeedNoEffect() {
        RunBuilder run = running().add(action("stop", ActionStatus.RUNNING), action("late", ActionStatus.CANCELLED));
        assertThat(broken(run))
                .containsExactly("faults-took-effect: action late was never in effect: cancelled, because");

        assertThat(broken(run.add(new ExperimentChanged(at(22), ExperimentStatus.STOPPING, "an alarm"))))
                .isEmpty();
    }

    private static RunBuilder running() {
        return fis(ExperimentStatus.PENDING, ExperimentStatus.INITIATING, ExperimentStatus.RUNNING);
    }

    private static RunBuilder fis(ExperimentStatus... states) {
        RunBuilder run = RunBuilder.quiet();
        Stream.of(states).forEach(state -> run.add(new ExperimentChanged(at(20), state, "")));
        return run;
    }

    private static ActionChanged action(String name, ActionStatus status) {
        return new ActionChanged(at(21), name, "aws:ec2:stop-instances", status, "because");
    }

    @Test
    void theMonitorMustNotBeSilent() {
        assertThat(broken(RunBuilder.killOfOneOfTwo().remove(AlarmsRead.class, 25, 30)))
                .containsExactly("monitor-watched: no answer between 24.5 s and 30.5 s");
        assertThat(broken(RunBuilder.killOfOneOfTwo().remove(AlarmsRead.class)))
                .containsExactly("monitor-watched: no answer between 2.0 s and 40.0 s");
    }

    @Test
    void theAlarmsMustHaveDataBeforeTheFault() {
        assertThat(broken(RunBuilder.killOfOneOfTwo()
                        .add(new AlarmsRead(
                                at(19.9),
                                Map.of("a-down", AlarmState.OK, "web-1a-down", AlarmState.INSUFFICIENT_DATA)))))
                .containsExactly("monitor-watched: web-1a-down was in INSUFFICIENT_DATA at 19.9 s");
        assertThat(broken(RunBuilder.killOfOneOfTwo().add(new AlarmsRead(at(19.9), Map.of()))))
                .containsExactly("monitor-watched: the monitor had no alarms before 20.0 s");
    }

    @Test
    void beforeTheFaultAllMustBeWellForLongEnough() {
        assertThat(broken(
                        RunBuilder.killOfOneOfTwo().remove(JudgingStarted.class).add(new JudgingStarted(at(15.001)))))
                .containsExactly("calm-before-fault: judging started at 15.0 s, the fault came at 20.0 s");
        assertThat(broken(RunBuilder.killOfOneOfTwo().add(failed(10_000, 5, 503, ""))))
                .containsExactly("calm-before-fault: 1 of 181 requests failed before the fault");
        assertThat(broken(RunBuilder.killOfOneOfTwo()
                        .add(target(19, "web-1c", TargetState.HEALTHY, TargetState.UNHEALTHY))))
                .containsExactly("calm-before-fault: 1 of 2 targets in service at the fault");
    }

    @Test
    void theLedgerMustBeReadBack() {
        LedgerReading notRead =
                new LedgerReading(Set.of("k-1", "k-2"), Map.of(), new FinalRead.NotRead("db-1 is gone"));
        FinalRead strange = new FinalRead.Read("db-1", Map.of("x", List.of(1L)));

        assertThat(broken(RunBuilder.killOfOneOfTwo().ledger(notRead))).containsExactly("ledger-read: db-1 is gone");
        assertThat(broken(RunBuilder.killOfOneOfTwo().ledger(new LedgerReading(Set.of(), Map.of(), strange))))
                .containsExactly("ledger-read: 1 write found in db-1 that nobody attempted");
        assertThat(broken(RunBuilder.killOfOneOfTwo().ledger(LedgerReading.noWrites())))
                .isEmpty();
    }

    private static RunBuilder second(int at, int scheduled, int started) {
        return RunBuilder.killOfOneOfTwo()
                .remove(LoadSecond.class, at, at + 1)
                .add(new LoadSecond(at(at), scheduled, started, started, 0, Map.of()));
    }

    private static Stream<String> broken(RunBuilder run) {
        return Judge.judge(run.build()).assumptions().stream()
                .filter(assumption -> !assumption.holds())
                .map(assumption -> assumption.name() + ": " + assumption.found());
    }
}
