package io.failoverlab.fis;

import static org.assertj.core.api.Assertions.assertThat;

import io.failoverlab.fis.Plan.PlannedAction;
import io.failoverlab.fis.Plan.Work;
import io.failoverlab.fis.Progress.Change;
import io.failoverlab.fis.Progress.Step;
import io.failoverlab.history.ExperimentStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ProgressTest {
    private static final Work WAIT = new Work.Wait(Duration.ofSeconds(1));

    /** first; second and left (skipped) after it; third after both. */
    private static final Plan PLAN = new Plan(
            "four",
            1,
            1,
            List.of(),
            Map.of(),
            List.of(
                    new PlannedAction("first", "aws:fis:wait", List.of(), WAIT, ""),
                    new PlannedAction("second", "aws:fis:wait", List.of("first"), WAIT, ""),
                    new PlannedAction("left", "aws:ecs:stop-task", List.of("first"), new Work.Skip("left out"), ""),
                    new PlannedAction("third", "aws:fis:wait", List.of("second", "left"), WAIT, "")),
            List.of("latency"),
            List.of());

    private final List<String> told = new ArrayList<>();
    private Progress progress = Progress.of(PLAN);

    private void take(Step step) {
        progress = step.next();
        step.changes().forEach(change -> told.add(text(change)));
        step.begin().forEach(action -> told.add("-> " + action.name()));
        if (step.undo()) {
            told.add("-> undo");
        }
    }

    private static String text(Change change) {
        return switch (change) {
            case Change.OfExperiment(var status, var reason) -> ("experiment " + status + " " + reason).strip();
            case Change.OfAction(var action, var status, var reason) ->
                (action.name() + " " + status + " " + reason).strip();
        };
    }

    private void begun() {
        take(progress.initiate());
        take(progress.begin());
        take(progress.began("first", ""));
    }

    @Test
    void actionsFollowThoseTheyStartAfterAndTheExperimentCompletesWithTheLast() {
        begun();
        take(progress.ended("first", "over"));
        take(progress.began("second", ""));
        take(progress.ended("second", ""));
        take(progress.began("third", ""));
        take(progress.ended("third", ""));

        assertThat(told)
                .containsExactly(
                        "experiment initiating",
                        "experiment running",
                        "first initiating wait 1s",
                        "-> first",
                        "first running",
                        "first completed over",
                        "second initiating wait 1s",
                        "left skipped left out",
                        "-> second",
                        "second running",
                        "second completed",
                        "third initiating wait 1s",
                        "-> third",
                        "third running",
                        "third completed",
                        "experiment completed");
    }

    @Test
    void aStopConditionStopsWhatRunsAndCancelsWhatWaits() {
        begun();
        told.clear();
        take(progress.stop("latency went to ALARM"));
        take(progress.ended("first", "too late"));
        take(progress.stop("again"));
        take(progress.undone("1 fault undone"));
        take(progress.undone("again"));

        assertThat(told)
                .containsExactly(
                        "experiment stopping latency went to ALARM",
                        "second cancelled",
                        "left cancelled",
                        "third cancelled",
                        "first stopping",
                        "-> undo",
                        "first stopped 1 fault undone",
                        "experiment stopped latency went to ALARM");
    }

    @Test
    void anActionThatFailsEndsTheExperimentAsFailed() {
        begun();
        told.clear();
        take(progress.failed("first", "no effect"));
        assertThat(progress.status()).isEqualTo(ExperimentStatus.RUNNING);
        take(progress.stop("too late"));
        take(progress.undone(""));

        assertThat(told)
                .containsExactly(
                        "first failed no effect",
                        "second cancelled",
                        "left cancelled",
                        "third cancelled",
                        "-> undo",
                        "experiment failed action first failed: no effect");
    }

    @Test
    void anExperimentWhoseStopConditionHoldsBeforeItBeginsDoesNothing() {
        take(progress.initiate());
        take(progress.stop("latency was in ALARM already"));
        take(progress.begin());
        take(progress.undone(""));

        assertThat(told)
                .containsExactly(
                        "experiment initiating",
                        "experiment stopping latency was in ALARM already",
                        "first cancelled",
                        "second cancelled",
                        "left cancelled",
                        "third cancelled",
                        "-> undo",
                        "experiment stopped latency was in ALARM already");
    }

    @Test
    void anExperimentOfSkippedActionsAloneCompletes() {
        Plan skips = new Plan(
                "none",
                1,
                1,
                List.of(),
                Map.of(),
                List.of(new PlannedAction("left", "aws:ecs:stop-task", List.of(), new Work.Skip("left out"), "")),
                List.of(),
                List.of());
        progress = Progress.of(skips);
        take(progress.initiate());
        take(progress.begin());

        assertThat(told)
                .containsExactly(
                        "experiment initiating", "experiment running", "left skipped left out", "experiment completed");
    }
}
