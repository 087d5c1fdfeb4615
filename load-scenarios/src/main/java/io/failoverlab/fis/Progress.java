package io.failoverlab.fis;

import io.failoverlab.fis.Plan.PlannedAction;
import io.failoverlab.fis.Plan.Work;
import io.failoverlab.history.ActionStatus;
import io.failoverlab.history.ExperimentStatus;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How far an experiment is, by FIS's life cycle: all targets were chosen before; an action without {@code startAfter} begins with
 * the experiment, any other once all that it names have completed or were skipped. If an action fails, what runs is stopped, what
 * waits is cancelled, and the experiment has failed; a stop condition does the same, and it is stopped.
 *
 * <p>Immutable: each thing that happens gives the next progress and what is to be done. What comes too late changes nothing.
 *
 * @param status of the experiment
 * @param actions status by name, in the order of the plan
 * @param ending what the experiment will be once everything is undone; {@code COMPLETED} as long as nothing went wrong
 * @param reason why it ends otherwise; empty as long as nothing went wrong
 */
public record Progress(
        Plan plan, ExperimentStatus status, Map<String, ActionStatus> actions, ExperimentStatus ending, String reason) {

    public Progress {
        actions = Collections.unmodifiableMap(new LinkedHashMap<>(actions));
    }

    /** Something entered a state. */
    public sealed interface Change {
        /** The experiment. */
        record OfExperiment(ExperimentStatus status, String reason) implements Change {}

        /** One of its actions. */
        record OfAction(PlannedAction action, ActionStatus status, String reason) implements Change {}
    }

    /**
     * What follows from something that happened.
     *
     * @param begin actions to begin now
     * @param undo whether everything is to be undone now
     */
    public record Step(Progress next, List<Change> changes, List<PlannedAction> begin, boolean undo) {
        public Step {
            changes = List.copyOf(changes);
            begin = List.copyOf(begin);
        }
    }

    /** Nothing has happened. */
    public static Progress of(Plan plan) {
        Map<String, ActionStatus> actions = new LinkedHashMap<>();
        plan.actions().forEach(action -> actions.put(action.name(), ActionStatus.PENDING));
        return new Progress(plan, ExperimentStatus.PENDING, actions, ExperimentStatus.COMPLETED, "");
    }

    /** It is asked to start. */
    public Step initiate() {
        return status == ExperimentStatus.PENDING
                ? new Draft(this).experiment(ExperimentStatus.INITIATING, "").step()
                : nothing();
    }

    /** Its targets are there, and no stop condition holds. */
    public Step begin() {
        return status == ExperimentStatus.INITIATING
                ? new Draft(this)
                        .experiment(ExperimentStatus.RUNNING, "")
                        .goOn()
                        .step()
                : nothing();
    }

    /** An action is in effect. */
    public Step began(String name, String how) {
        return is(name, ActionStatus.INITIATING)
                ? new Draft(this).action(name, ActionStatus.RUNNING, how).step()
                : nothing();
    }

    /** An action is over. */
    public Step ended(String name, String how) {
        return is(name, ActionStatus.RUNNING)
                ? new Draft(this)
                        .action(name, ActionStatus.COMPLETED, how)
                        .goOn()
                        .step()
                : nothing();
    }

    /** An action could not do what it should. */
    public Step failed(String name, String why) {
        return is(name, ActionStatus.INITIATING) || is(name, ActionStatus.RUNNING)
                ? new Draft(this)
                        .action(name, ActionStatus.FAILED, why)
                        .end(ExperimentStatus.FAILED, "action " + name + " failed: " + why)
                        .step()
                : nothing();
    }

    /** A stop condition holds, or somebody stops it. */
    public Step stop(String why) {
        boolean going = status == ExperimentStatus.INITIATING || status == ExperimentStatus.RUNNING;
        return going && ending == ExperimentStatus.COMPLETED
                ? new Draft(this)
                        .experiment(ExperimentStatus.STOPPING, why)
                        .end(ExperimentStatus.STOPPED, why)
                        .step()
                : nothing();
    }

    /** Everything is undone that was to be. */
    public Step undone(String how) {
        return ending != ExperimentStatus.COMPLETED && !status.isFinal()
                ? new Draft(this).stopped(how).experiment(ending, reason).step()
                : nothing();
    }

    /** Something that was to be undone is not: whatever ended the experiment, it has failed, and nothing is known to be stopped. */
    public Step notUndone(String why) {
        return ending != ExperimentStatus.COMPLETED && !status.isFinal()
                ? new Draft(this).notStopped(why).step()
                : nothing();
    }

    private boolean is(String name, ActionStatus wanted) {
        return actions.get(name) == wanted && ending == ExperimentStatus.COMPLETED;
    }

    private Step nothing() {
        return new Step(this, List.of(), List.of(), false);
    }

    /** The next progress while it is made. */
    private static final class Draft {
        private final Plan plan;
        private final Map<String, ActionStatus> actions;
        private final List<Change> changes = new ArrayList<>();
        private final List<PlannedAction> begin = new ArrayList<>();
        private ExperimentStatus status;
        private ExperimentStatus ending;
        private String reason;
        private boolean undo;

        Draft(Progress from) {
            this.plan = from.plan();
            this.actions = new LinkedHashMap<>(from.actions());
            this.status = from.status();
            this.ending = from.ending();
            this.reason = from.reason();
        }

        Step step() {
            return new Step(new Progress(plan, status, actions, ending, reason), changes, begin, undo);
        }

        Draft experiment(ExperimentStatus entered, String why) {
            status = entered;
            changes.add(new Change.OfExperiment(entered, why));
            return this;
        }

        Draft action(String name, ActionStatus entered, String why) {
            actions.put(name, entered);
            PlannedAction action = plan.actions().stream()
                    .filter(it -> it.name().equals(name))
                    .findFirst()
                    .orElseThrow();
            changes.add(new Change.OfAction(action, entered, why));
            return this;
        }

        /** Begins what waits for nothing any more, or ends the experiment. */
        Draft goOn() {
            boolean more = true;
            while (more) {
                more = false;
                for (PlannedAction action : plan.actions()) {
                    if (actions.get(action.name()) == ActionStatus.PENDING && isDue(action)) {
                        if (action.work() instanceof Work.Skip(String why)) {
                            action(action.name(), ActionStatus.SKIPPED, why);
                            more = true;
                        } else {
                            action(action.name(), ActionStatus.INITIATING, PlanText.work(action.work()));
                            begin.add(action);
                        }
                    }
                }
            }
            return actions.values().stream().allMatch(ActionStatus::isFinal)
                    ? experiment(ExperimentStatus.COMPLETED, "")
                    : this;
        }

        private boolean isDue(PlannedAction action) {
            return action.startAfter().stream()
                    .map(actions::get)
                    .allMatch(other -> other == ActionStatus.COMPLETED || other == ActionStatus.SKIPPED);
        }

        Draft end(ExperimentStatus as, String why) {
            ending = as;
            reason = why;
            undo = true;
            each(ActionStatus.PENDING, ActionStatus.CANCELLED, "");
            each(ActionStatus.INITIATING, ActionStatus.STOPPING, "");
            each(ActionStatus.RUNNING, ActionStatus.STOPPING, "");
            return this;
        }

        Draft stopped(String how) {
            each(ActionStatus.STOPPING, ActionStatus.STOPPED, how);
            return this;
        }

        Draft notStopped(String why) {
            each(ActionStatus.STOPPING, ActionStatus.FAILED, why);
            ending = ExperimentStatus.FAILED;
            reason = reason + "; " + why;
            return experiment(ending, reason);
        }

        private void each(ActionStatus from, ActionStatus to, String why) {
            List.copyOf(actions.entrySet()).stream()
                    .filter(entry -> entry.getValue() == from)
                    .map(Map.Entry::getKey)
                    .toList()
                    .forEach(name -> action(name, to, why));
        }
    }
}
