package io.failoverlab.alarm;

import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;

/** Which composite alarms watch which alarms, and which are suppressed by which. */
final class AlarmTree {
    private final Map<String, WatchedAlarm> composites = new LinkedHashMap<>();
    private final Map<String, Set<WatchedAlarm>> parents = new HashMap<>();
    private final Map<String, Set<WatchedAlarm>> suppressed = new HashMap<>();
    private final Set<WatchedAlarm> withSuppressor = new LinkedHashSet<>();
    /** Empty after a change, until it is asked for. */
    private final Map<String, Integer> heights = new HashMap<>();

    void add(WatchedAlarm watched, CompositeCondition condition) {
        composites.put(watched.name(), watched);
        condition.rule().children().forEach(child -> link(parents, child, watched));
        condition.suppressor().ifPresent(suppressor -> {
            link(suppressed, suppressor.alarmName(), watched);
            withSuppressor.add(watched);
        });
        heights.clear();
    }

    void remove(WatchedAlarm watched, CompositeCondition condition) {
        composites.remove(watched.name());
        condition.rule().children().forEach(child -> unlink(parents, child, watched));
        condition.suppressor().ifPresent(suppressor -> unlink(suppressed, suppressor.alarmName(), watched));
        withSuppressor.remove(watched);
        heights.clear();
    }

    private static void link(Map<String, Set<WatchedAlarm>> links, String from, WatchedAlarm to) {
        links.computeIfAbsent(from, name -> new LinkedHashSet<>()).add(to);
    }

    private static void unlink(Map<String, Set<WatchedAlarm>> links, String from, WatchedAlarm to) {
        links.computeIfPresent(from, (name, all) -> {
            all.remove(to);
            return all.isEmpty() ? null : all;
        });
    }

    /** The composite alarms whose rule names this one. */
    Set<WatchedAlarm> parents(String name) {
        return Collections.unmodifiableSet(parents.getOrDefault(name, Set.of()));
    }

    /** The composite alarms whose actions this one suppresses. */
    Set<WatchedAlarm> suppressedBy(String name) {
        return Collections.unmodifiableSet(suppressed.getOrDefault(name, Set.of()));
    }

    Set<WatchedAlarm> withSuppressor() {
        return withSuppressor;
    }

    /**
     * How many composite alarms are above each other from this one down; empty if there is a cycle among them, in which case it is not
     * evaluated (CloudWatch User Guide, "Creating a composite alarm").
     */
    OptionalInt height(String name) {
        if (heights.isEmpty()) {
            measure();
        }
        Integer height = heights.get(name);
        return height == null ? OptionalInt.empty() : OptionalInt.of(height);
    }

    /** From the bottom up: an alarm whose children are all measured is next. What is on a cycle or above one is never reached. */
    private void measure() {
        Map<String, Long> open = new HashMap<>();
        Deque<String> ready = new ArrayDeque<>();
        composites.forEach((name, composite) -> {
            long children = condition(composite).rule().children().stream()
                    .filter(composites::containsKey)
                    .count();
            open.put(name, children);
            if (children == 0) {
                heights.put(name, 1);
                ready.add(name);
            }
        });
        while (!ready.isEmpty()) {
            String child = ready.remove();
            for (WatchedAlarm parent : parents(child)) {
                if (open.merge(parent.name(), -1L, Long::sum) == 0) {
                    heights.put(parent.name(), heights.get(child) + 1); // the highest child is the last to be ready
                    ready.add(parent.name());
                }
            }
        }
    }

    static CompositeCondition condition(WatchedAlarm composite) {
        return (CompositeCondition) composite.alarm().definition().condition();
    }
}
