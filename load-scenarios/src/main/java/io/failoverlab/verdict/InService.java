package io.failoverlab.verdict;

import io.failoverlab.history.Event.TargetStateChanged;
import io.failoverlab.history.History;
import io.failoverlab.history.TargetState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** How many targets were in service, over time. */
final class InService {

    /** From {@code at} on there were {@code count}. */
    record Step(Duration at, int count) {}

    private InService() {}

    /** The steps up to {@code end}, oldest first. */
    static List<Step> steps(History history, Duration end) {
        Set<String> healthy = new HashSet<>();
        List<Step> steps = new ArrayList<>();
        history.events(TargetStateChanged.class)
                .filter(change -> change.at().compareTo(end) <= 0)
                .forEach(change -> {
                    if (change.to() == TargetState.HEALTHY) {
                        healthy.add(change.instance());
                    } else {
                        healthy.remove(change.instance());
                    }
                    steps.add(new Step(change.at(), healthy.size()));
                });
        return steps;
    }

    /** How many were in service just before the moment. */
    static int before(History history, Duration moment) {
        return steps(history, moment.minusNanos(1)).stream()
                .reduce((first, second) -> second)
                .map(Step::count)
                .orElse(0);
    }
}
