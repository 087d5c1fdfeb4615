package io.failoverlab.alarm;

import java.util.Objects;

/**
 * An alarm went from one state to another.
 *
 * @param id of its history item; the same in every copy of every message about it
 */
public record AlarmTransition(String id, AlarmDefinition definition, AlarmStatus from, AlarmStatus to) {
    public AlarmTransition {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(definition, "definition");
        if (from.state() == to.state()) {
            throw new IllegalArgumentException("a transition changes the state, found " + to.state() + " twice");
        }
    }
}
