package io.failoverlab.alarm;

import java.util.Objects;
import java.util.Optional;

/**
 * An alarm went from one state to another.
 *
 * @param id of its history item; the same in every copy of every message about it
 * @param suppression what its actions wait for, if they do
 */
public record AlarmTransition(
        String id, AlarmDefinition definition, AlarmStatus from, AlarmStatus to, Optional<Suppression> suppression) {
    public AlarmTransition {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(definition, "definition");
        Objects.requireNonNull(suppression, "suppression");
        if (from.state() == to.state()) {
            throw new IllegalArgumentException("a transition changes the state, found " + to.state() + " twice");
        }
    }
}
