package io.failoverlab.comparison;

import static io.failoverlab.history.RunBuilder.at;
import static org.assertj.core.api.Assertions.assertThat;

import io.failoverlab.comparison.Damage.Kind;
import io.failoverlab.experiment.RunOutcome;
import io.failoverlab.fault.Faults;
import io.failoverlab.history.Event;
import io.failoverlab.history.Event.FaultHealed;
import io.failoverlab.history.Event.FaultInjected;
import io.failoverlab.history.Event.InstanceStateChanged;
import io.failoverlab.history.History;
import io.failoverlab.history.InstanceState;
import io.failoverlab.history.RequestSample;
import io.failoverlab.history.RunBuilder;
import io.failoverlab.topology.TopologyFile;
import io.failoverlab.verdict.Judge;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongPredicate;
import org.junit.jupiter.api.Test;

/** Ten requests a second from 2 s to 40 s, every fifth one a write; a part dies at 20 s and is repaired at 28 s. */
final class DamageTest {
    private static final FaultHealed REPAIRED = new FaultHealed(at(28), "kill", "db-1", "started again");

    @Test
    void aPartWithoutWhichNothingIsServedIsASinglePointOfFailure() {
        Damage damage = damage(
                "db-1", read -> read >= 20_000 && read < 28_000, write -> write >= 20_000 && write < 28_000, REPAIRED);

        assertThat(damage.dead()).isEqualTo(Set.of(Kind.READS, Kind.WRITES));
        assertThat(damage.lost()).isEqualTo(80);
        assertThat(damage.judged()).isEqualTo(380);
    }

    @Test
    void whatIsServedAgainWhileThePartIsStillDeadIsServedWithoutIt() {
        assertThat(damage("db-1", read -> false, write -> write >= 20_000 && write < 23_000, REPAIRED)
                        .dead())
                .isEmpty();
        assertThat(damage("db-1", read -> false, write -> write >= 20_000 && write < 28_000, REPAIRED)
                        .dead())
                .isEqualTo(Set.of(Kind.WRITES));
    }

    @Test
    void aBalancerThatComesBackByItselfIsJudgedByTheTimeThatItWasDead() {
        Event back = new InstanceStateChanged(at(21), "lb", InstanceState.RUNNING, "its container started");
        Event healed = new FaultHealed(at(28), "kill", "lb", "runs");
        LongPredicate gone = due -> due >= 20_000 && due < 21_000;

        assertThat(damage("lb", gone, gone, back, healed).dead()).isEqualTo(Set.of(Kind.READS, Kind.WRITES));
    }

    @Test
    void aDatabaseServerThatRunsAgainAsAStandbyIsStillDead() {
        Event rebuilt = new InstanceStateChanged(at(21), "db-1", InstanceState.RUNNING, "its container started");
        LongPredicate failsOver = due -> due >= 20_000 && due < 21_500;

        assertThat(damage("db-1", failsOver, failsOver, rebuilt, REPAIRED).dead())
                .isEmpty();
    }

    @Test
    void whereNothingWasDueNothingIsSaid() {
        Event back = new InstanceStateChanged(at(20.1), "lb", InstanceState.RUNNING, "its container started");
        Damage damage = damage("lb", read -> false, write -> false, back);

        assertThat(damage.dead()).isEmpty();
        assertThat(damage.doubts())
                .contains(
                        "none of the writes was due while lb was dead; a higher --rate or a longer --repair shows more");
    }

    @Test
    void aZoneIsNoSinglePart() {
        History history = history(time -> true, time -> true, REPAIRED);

        assertThat(Damage.of(
                                new Strike(
                                        Faults.named("az-power", Optional.empty(), Map.of()),
                                        "a",
                                        List.of("db-1", "web-1a")),
                                outcome(history))
                        .dead())
                .isEmpty();
    }

    @Test
    void theCourseCountsTheRequestsOfEachStep() {
        List<Damage.Moment> course = damage("db-1", read -> read >= 20_000 && read < 28_000, write -> false, REPAIRED)
                .course();

        assertThat(course).hasSize(38 * 4);
        assertThat(course.get(17 * 4)).isEqualTo(new Damage.Moment(3, 0));
        assertThat(course.get(18 * 4)).isEqualTo(new Damage.Moment(1, 2));
    }

    @Test
    void aRunThatProvesNothingSaysWhy() {
        Event idle = new FaultInjected(at(20), "kill", "db-1", "", false, "still running");
        History history =
                RunBuilder.quiet().plan("kill", "db-1", 20).add(idle, REPAIRED).build();

        assertThat(Damage.of(strike("db-1"), outcome(history)).doubts())
                .contains("Every fault took effect: kill of db-1 had no effect: still running");
    }

    private static Damage damage(String part, LongPredicate readFails, LongPredicate writeFails, Event... events) {
        return Damage.of(strike(part), outcome(history(readFails, writeFails, events)));
    }

    private static Strike strike(String part) {
        return new Campaign(10, Duration.ofSeconds(8))
                .kills(TopologyFile.pattern("two-web-one-db")).stream()
                        .filter(it -> it.where().equals(part))
                        .findFirst()
                        .orElseThrow();
    }

    private static History history(LongPredicate readFails, LongPredicate writeFails, Event... events) {
        List<RequestSample> requests = new ArrayList<>();
        for (int number = 0; number < 400; number++) {
            long due = number * 100L;
            boolean write = number % 5 == 0;
            boolean ok = !(write ? writeFails : readFails).test(due);
            requests.add(new RequestSample(
                    write ? RequestSample.WRITE : "item",
                    Duration.ofMillis(due),
                    Duration.ofMillis(5),
                    ok,
                    ok ? 200 : 503,
                    ""));
        }
        return RunBuilder.quiet()
                .requests(requests.toArray(RequestSample[]::new))
                .add(new FaultInjected(at(20), "kill", "db-1", "", true, "exit code 137"))
                .add(new FaultInjected(at(20), "kill", "lb", "", true, "exit code 137"))
                .add(events)
                .build();
    }

    private static RunOutcome outcome(History history) {
        return new RunOutcome(Path.of("runs"), history, Judge.judge(history));
    }
}
