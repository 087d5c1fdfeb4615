package io.failoverlab.alarm;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * An alarm as PutMetricAlarm or PutCompositeAlarm describes it.
 *
 * @param name 1 to 255 characters, unique
 * @param configured when it was created or last redefined
 */
public record AlarmDefinition(
        String name,
        String arn,
        Optional<String> description,
        Actions actions,
        AlarmCondition condition,
        Instant configured) {
    public AlarmDefinition {
        if (name == null || name.isBlank() || name.length() > 255) {
            throw new IllegalArgumentException("an alarm name has 1 to 255 characters, found '" + name + "'");
        }
        Objects.requireNonNull(arn, "arn");
        Objects.requireNonNull(description, "description");
        Objects.requireNonNull(actions, "actions");
        Objects.requireNonNull(condition, "condition");
        Objects.requireNonNull(configured, "configured");
    }

    AlarmDefinition withActionsEnabled(boolean enabled, Instant now) {
        Actions changed = new Actions(enabled, actions.ok(), actions.alarm(), actions.insufficientData());
        return new AlarmDefinition(name, arn, description, changed, condition, now);
    }

    /** Whether the other says the same, whenever it was configured. */
    public boolean isSameAs(AlarmDefinition other) {
        return new AlarmDefinition(name, arn, description, actions, condition, other.configured).equals(other);
    }

    /**
     * What is to be done when a state is entered.
     *
     * @param enabled false: states change, and nobody is told
     */
    public record Actions(boolean enabled, List<String> ok, List<String> alarm, List<String> insufficientData) {
        public Actions {
            ok = List.copyOf(ok);
            alarm = List.copyOf(alarm);
            insufficientData = List.copyOf(insufficientData);
        }

        /** ARNs of what is done when an alarm enters the state, whether enabled or not. */
        public List<String> of(AlarmState state) {
            return switch (state) {
                case OK -> ok;
                case ALARM -> alarm;
                case INSUFFICIENT_DATA -> insufficientData;
            };
        }
    }
}
