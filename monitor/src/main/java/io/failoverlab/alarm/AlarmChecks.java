package io.failoverlab.alarm;

import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** What alarms must be to each other: the rules of PutCompositeAlarm and DeleteAlarms that need to know all of them. */
final class AlarmChecks {
    private static final int MAX_PARENTS = 150;

    private final AlarmIndex index;

    AlarmChecks(AlarmIndex index) {
        this.index = index;
    }

    /**
     * @param definitions to be defined together; they may name each other
     * @throws AlarmRefusedException if one cannot be defined
     */
    void requireDefinable(Collection<AlarmDefinition> definitions) {
        Set<String> names = new HashSet<>();
        definitions.forEach(definition -> names.add(definition.name()));
        for (AlarmDefinition definition : definitions) {
            WatchedAlarm known = index.named(definition.name());
            AlarmType type = definition.condition().type();
            if (known != null && known.alarm().definition().condition().type() != type) {
                throw new AlarmRefusedException("The alarm " + definition.name() + " exists and is no "
                        + type.wireName() + "; delete it first, or use another name");
            }
            if (definition.condition() instanceof CompositeCondition condition) {
                requireKnown(condition, names);
                condition.rule().children().forEach(child -> requireRoomAbove(child, definition.name()));
            }
        }
    }

    private void requireKnown(CompositeCondition condition, Set<String> names) {
        Set<String> unknown = unknown(condition.rule().children(), names);
        if (!unknown.isEmpty()) {
            throw new AlarmRefusedException(
                    "Could not save the composite alarm as alarms " + unknown + " in the alarm rule do not exist");
        }
        Set<String> suppressor = unknown(condition.needs(), names);
        if (!suppressor.isEmpty()) {
            throw new AlarmRefusedException(
                    "Could not save the composite alarm as the suppressor alarm " + suppressor + " does not exist");
        }
    }

    private Set<String> unknown(Set<String> wanted, Set<String> names) {
        Set<String> unknown = new LinkedHashSet<>(wanted);
        unknown.removeIf(name -> names.contains(name) || index.named(name) != null);
        return unknown;
    }

    private void requireRoomAbove(String child, String parent) {
        Set<WatchedAlarm> parents = index.tree().parents(child);
        boolean counted = parents.stream().anyMatch(known -> known.name().equals(parent));
        if (!counted && parents.size() >= MAX_PARENTS) {
            throw new AlarmRefusedException(
                    "The alarm " + child + " is watched by " + MAX_PARENTS + " composite alarms already");
        }
    }

    /** @throws AlarmRefusedException if an alarm that stays depends on one of these */
    void requireDeletable(Collection<WatchedAlarm> leaving) {
        List<WatchedAlarm> composites = leaving.stream()
                .filter(watched -> watched.alarm().definition().condition().type() == AlarmType.COMPOSITE)
                .toList();
        if (composites.size() > 1) {
            throw new AlarmRefusedException("Only one composite alarm can be deleted at a time, found "
                    + composites.stream().map(WatchedAlarm::name).toList());
        }
        Set<String> needed = new TreeSet<>();
        for (WatchedAlarm watched : leaving) {
            Set<WatchedAlarm> above = new LinkedHashSet<>(index.tree().parents(watched.name()));
            above.addAll(index.tree().suppressedBy(watched.name()));
            above.removeAll(leaving);
            if (!above.isEmpty() || index.tree().parents(watched.name()).contains(watched)) {
                needed.add(watched.name());
            }
        }
        if (!needed.isEmpty()) {
            throw new AlarmRefusedException("Cannot delete " + String.join(",", needed)
                    + " as there are composite alarm(s) depending on " + (needed.size() == 1 ? "it." : "them."));
        }
    }
}
