package io.failoverlab.verdict;

import io.failoverlab.history.ActionStatus;
import io.failoverlab.history.Event.ActionChanged;
import io.failoverlab.history.Event.ExperimentChanged;
import io.failoverlab.history.ExperimentStatus;
import io.failoverlab.history.History;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Whether the FIS experiment of the run, if it has one, began and its actions were in effect: at least one, and each that was
 * not skipped or called off by a stop condition. One that asserts the state of alarms has done so though it fails.
 */
final class FisEffect {
    private static final String ASSERTS = "aws:cloudwatch:assert-alarm-state";

    private FisEffect() {}

    /** What is wrong with it; nothing where none was planned. */
    static Optional<String> problem(History history) {
        List<ExperimentChanged> changes =
                history.events(ExperimentChanged.class).toList();
        return changes.isEmpty() ? Optional.empty() : problem(history, changes);
    }

    private static Optional<String> problem(History history, List<ExperimentChanged> changes) {
        if (changes.stream().noneMatch(change -> change.status() == ExperimentStatus.RUNNING)) {
            ExperimentChanged last = changes.getLast();
            return Optional.of("the FIS experiment did not begin: " + last.status() + because(last.reason()));
        }
        Set<String> inEffect = inEffect(history);
        boolean stopped = changes.stream().anyMatch(change -> change.status() == ExperimentStatus.STOPPING);
        Optional<ActionChanged> without = last(history).values().stream()
                .filter(action -> !inEffect.contains(action.action()))
                .filter(action -> action.status() != ActionStatus.SKIPPED)
                .filter(action -> !(stopped && action.status() == ActionStatus.CANCELLED))
                .findFirst();
        if (without.isPresent()) {
            return without.map(action -> "action " + action.action() + " was never in effect: " + action.status()
                    + because(action.reason()));
        }
        return inEffect.isEmpty() ? Optional.of("no action of the FIS experiment was in effect") : Optional.empty();
    }

    private static Set<String> inEffect(History history) {
        Set<String> names = new LinkedHashSet<>();
        history.events(ActionChanged.class)
                .filter(change -> change.status() == ActionStatus.RUNNING
                        || change.status() == ActionStatus.COMPLETED
                        || change.status() == ActionStatus.FAILED
                                && change.actionId().equals(ASSERTS))
                .forEach(change -> names.add(change.action()));
        return names;
    }

    private static Map<String, ActionChanged> last(History history) {
        Map<String, ActionChanged> last = new LinkedHashMap<>();
        history.events(ActionChanged.class).forEach(change -> last.put(change.action(), change));
        return last;
    }

    private static String because(String reason) {
        return reason.isEmpty() ? "" : ", " + reason;
    }
}
