package io.failoverlab.alarm;

import java.util.Objects;
import java.util.Optional;

/**
 * An alarm and the state it is in.
 *
 * @param suppression what its actions wait for, if they do
 */
public record Alarm(AlarmDefinition definition, AlarmStatus status, Optional<Suppression> suppression) {
    public Alarm {
        Objects.requireNonNull(definition, "definition");
        Objects.requireNonNull(status, "status");
        Objects.requireNonNull(suppression, "suppression");
    }

    public String name() {
        return definition.name();
    }

    Alarm in(AlarmStatus other) {
        return new Alarm(definition, other, suppression);
    }

    Alarm with(Optional<Suppression> other) {
        return new Alarm(definition, status, other);
    }
}
