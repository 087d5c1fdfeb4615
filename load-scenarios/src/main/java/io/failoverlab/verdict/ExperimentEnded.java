package io.failoverlab.verdict;

import io.failoverlab.history.Event.ActionChanged;
import io.failoverlab.history.Event.ExperimentChanged;
import io.failoverlab.history.History;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The last state of the FIS experiment, with the last state of each of its actions. */
final class ExperimentEnded implements Check {

    @Override
    public Finding find(History history) {
        List<ExperimentChanged> changes =
                history.events(ExperimentChanged.class).toList();
        if (changes.isEmpty()) {
            return Finding.missing("no FIS experiment was run");
        }
        ExperimentChanged last = changes.getLast();
        Map<String, String> actions = new LinkedHashMap<>();
        history.events(ActionChanged.class)
                .forEach(change -> actions.put(change.action(), change.action() + " " + change.status()));
        return new Finding(
                new Measurement.State(last.status().toString()),
                AfterFault.line(last.at(), last.status() + (last.reason().isEmpty() ? "" : ": " + last.reason())),
                List.copyOf(actions.values()));
    }
}
