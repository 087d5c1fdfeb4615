package io.failoverlab.alarm;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * An alarm as PutMetricAlarm describes it.
 *
 * @param name 1 to 255 characters, unique
 * @param configured when it was created or last redefined
 */
public record AlarmDefinition(
        String name,
        String arn,
        Optional<String> description,
        Actions actions,
        MetricCondition condition,
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
    }
}
