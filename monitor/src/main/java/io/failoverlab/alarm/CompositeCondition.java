package io.failoverlab.alarm;

import java.util.LinkedHashSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** When an alarm on other alarms is in alarm: its rule is true. The components are those of PutCompositeAlarm. */
public record CompositeCondition(AlarmRule rule, Optional<Suppressor> suppressor) implements AlarmCondition {
    public CompositeCondition {
        Objects.requireNonNull(rule, "rule");
        Objects.requireNonNull(suppressor, "suppressor");
    }

    @Override
    public AlarmType type() {
        return AlarmType.COMPOSITE;
    }

    @Override
    public String inWords() {
        return rule.text();
    }

    /** Names of all alarms that must be there for this one. */
    Set<String> needs() {
        Set<String> names = new LinkedHashSet<>(rule.children());
        suppressor.ifPresent(one -> names.add(one.alarmName()));
        return names;
    }
}
