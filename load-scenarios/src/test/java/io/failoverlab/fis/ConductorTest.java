package io.failoverlab.fis;

import static org.assertj.core.api.Assertions.assertThat;

import io.failoverlab.clock.LabScheduler;
import io.failoverlab.fis.Plan.PlannedAction;
import io.failoverlab.fis.Plan.Work;
import io.failoverlab.fis.Progress.Change;
import io.failoverlab.history.ActionStatus;
import io.failoverlab.history.AlarmState;
import io.failoverlab.history.ExperimentStatus;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ConductorTest {
    private static final Duration LIMIT = Duration.ofSeconds(10);

    private final LabScheduler scheduler = new LabScheduler(Throwable::printStackTrace);
    private final RecordedEffects effects = new RecordedEffects();
    private final List<Change> changes = new CopyOnWriteArrayList<>();

    /** A stack on which everything works, unless told otherwise. */
    private static final class RecordedEffects implements Effects {
        private final List<String> done = new CopyOnWriteArrayList<>();
        private final Map<String, AlarmState> alarms = new ConcurrentHashMap<>();
        private final Map<String, String> failures = new ConcurrentHashMap<>();

        @Override
        public String begin(PlannedAction action) {
            done.add("begin " + action.name());
            if (failures.containsKey(action.name())) {
                throw new IllegalStateException(failures.get(action.name()));
            }
            return "seen";
        }

        @Override
        public String end(PlannedAction action) {
            done.add("end " + action.name());
            return "";
        }

        @Override
        public String undoAll() {
            done.add("undo");
            if (failures.containsKey("undo")) {
                throw new IllegalStateException(failures.get("undo"));
            }
            return "undone";
        }

        @Override
        public Map<String, AlarmState> alarms() {
            return alarms;
        }
    }

    @BeforeEach
    void allIsWell() {
        effects.alarms.put("latency", AlarmState.OK);
    }

    private Conductor conductor(Duration holdOfStop) {
        Plan plan = new Plan(
                "two",
                1,
                1,
                List.of(),
                Map.of(),
                List.of(
                        new PlannedAction("stop", "aws:ec2:stop-instances", List.of(), new Work.Wait(holdOfStop), ""),
                        new PlannedAction(
                                "reboot",
                                "aws:ec2:reboot-instances",
                                List.of("stop"),
                                new Work.Reboot(List.of("web-1a")),
                                "")),
                List.of("latency"),
                List.of());
        return new Conductor(plan, effects, scheduler, (at, change) -> changes.add(change));
    }

    private void await(Conductor conductor, ExperimentStatus status) {
        assertThat(scheduler.await(
                        LIMIT, () -> conductor.progress().status() == status ? Optional.of(true) : Optional.empty()))
                .as("%s", conductor.progress())
                .isPresent();
    }

    @AfterEach
    void close() {
        scheduler.close();
    }

    @Test
    void actionsAreCarriedOutInTheirOrder() {
        Conductor conductor = conductor(Duration.ZERO);

        conductor.start();
        await(conductor, ExperimentStatus.COMPLETED);
        conductor.close();

        assertThat(effects.done).containsExactly("begin stop", "end stop", "begin reboot", "end reboot");
        assertThat(changes).contains(new Change.OfExperiment(ExperimentStatus.COMPLETED, ""));
    }

    @Test
    void anAlarmStopsAndUndoesAndTheTimerThatWaitsComesTooLate() {
        Conductor conductor = conductor(Duration.ofMillis(300));
        conductor.start();
        scheduler.await(
                LIMIT,
                () -> conductor.progress().actions().get("stop") == ActionStatus.RUNNING
                        ? Optional.of(true)
                        : Optional.empty());

        conductor.alarmChanged("target-5xx", AlarmState.ALARM);
        conductor.alarmChanged("latency", AlarmState.OK);
        assertThat(conductor.progress().status()).isEqualTo(ExperimentStatus.RUNNING);
        conductor.alarmChanged("latency", AlarmState.ALARM);
        await(conductor, ExperimentStatus.STOPPED);
        // Due after the timer that the action waits on.
        scheduler.after(Duration.ofMillis(400), () -> effects.done.add("later"));
        scheduler.await(LIMIT, () -> effects.done.contains("later") ? Optional.of(true) : Optional.empty());

        assertThat(effects.done).containsExactly("begin stop", "undo", "later");
        assertThat(conductor.progress().reason()).isEqualTo("the stop condition latency went to ALARM");
        assertThat(conductor.progress().actions())
                .isEqualTo(Map.of("stop", ActionStatus.STOPPED, "reboot", ActionStatus.CANCELLED));
    }

    @Test
    void anAlarmThatWasThereBeforeLetsNothingBegin() {
        effects.alarms.put("latency", AlarmState.ALARM);
        Conductor conductor = conductor(Duration.ZERO);

        conductor.start();
        await(conductor, ExperimentStatus.STOPPED);

        assertThat(effects.done).containsExactly("undo");
    }

    @Test
    void withoutTheAlarmOfItsStopConditionNothingBegins() {
        effects.alarms.clear();
        Conductor conductor = conductor(Duration.ZERO);

        conductor.start();
        await(conductor, ExperimentStatus.STOPPED);

        assertThat(effects.done).containsExactly("undo");
        assertThat(conductor.progress().reason()).isEqualTo("the stop condition latency does not exist");
    }

    @Test
    void anActionThatCannotBeDoneFailsTheExperimentAndTheRestIsUndone() {
        effects.failures.put("reboot", "web-1a is gone");
        Conductor conductor = conductor(Duration.ZERO);

        conductor.start();
        await(conductor, ExperimentStatus.FAILED);

        assertThat(effects.done).containsExactly("begin stop", "end stop", "begin reboot", "undo");
        assertThat(conductor.progress().reason()).isEqualTo("action reboot failed: web-1a is gone");
    }

    @Test
    void whatCannotBeUndoneIsNotToldAsStopped() {
        effects.failures.put("undo", "web-1c does not answer");
        Conductor conductor = conductor(Duration.ofMinutes(1));
        conductor.start();
        scheduler.await(
                LIMIT,
                () -> conductor.progress().actions().get("stop") == ActionStatus.RUNNING
                        ? Optional.of(true)
                        : Optional.empty());

        conductor.alarmChanged("latency", AlarmState.ALARM);
        await(conductor, ExperimentStatus.FAILED);
        conductor.close();

        assertThat(conductor.progress().reason())
                .isEqualTo("the stop condition latency went to ALARM; not all was undone: web-1c does not answer");
        assertThat(conductor.progress().actions())
                .isEqualTo(Map.of("stop", ActionStatus.FAILED, "reboot", ActionStatus.CANCELLED));
    }

    @Test
    void theEndOfTheLoadStopsWhatStillGoesOn() {
        Conductor conductor = conductor(Duration.ofMinutes(1));
        conductor.close();
        assertThat(conductor.progress().status()).isEqualTo(ExperimentStatus.PENDING);

        conductor.start();
        conductor.close();

        assertThat(conductor.progress().status()).isEqualTo(ExperimentStatus.STOPPED);
        assertThat(conductor.progress().reason()).isEqualTo("the load ended before the experiment");
    }
}
