package io.failoverlab.fault;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a lab must know of a fault to undo it, also if another lab injected it.
 *
 * @param fault its name
 * @param where in words, such as {@code web-1a} or {@code zone ap-northeast-1a}
 * @param until when it ends by itself; empty if it does not
 * @param undo one for each instance that it hit
 */
public record FaultRecord(String fault, String where, Optional<Instant> until, Effect effect, List<Undo> undo) {
    public FaultRecord {
        undo = List.copyOf(undo);
    }

    public boolean isOver(Instant now) {
        return until.filter(end -> !now.isBefore(end)).isPresent();
    }

    /** Whether it is by this fault that the instance does not run. */
    public boolean keepsDown(String instance) {
        return undo.stream()
                .filter(it -> it.instance().equals(instance))
                .anyMatch(it -> it instanceof Undo.Start || it instanceof Undo.Reboot);
    }
}
