package io.failoverlab.alarm;

import java.util.Objects;

/** An alarm and the state it is in. */
public record Alarm(AlarmDefinition definition, AlarmStatus status) {
    public Alarm {
        Objects.requireNonNull(definition, "definition");
        Objects.requireNonNull(status, "status");
    }

    public String name() {
        return definition.name();
    }
}
