package io.failoverlab.bench;

import io.failoverlab.fault.Deaf;
import io.failoverlab.fault.Fault;
import io.failoverlab.fault.Hang;
import io.failoverlab.fault.Kill;
import io.failoverlab.fault.Pause;
import io.failoverlab.fault.Slow;
import java.util.Locale;
import java.util.Optional;

/** What happens to one of the targets in the middle of a trial. */
public enum Disturbance {
    /** The control: what the instrument and the machine add by themselves. */
    NONE(Optional.empty()),
    KILL(Optional.of(new Kill())),
    PAUSE(Optional.of(new Pause())),
    /** Accepts connections and never answers. */
    HANG(Optional.of(new Hang())),
    /** Answers health checks, and no request. */
    DEAF(Optional.of(new Deaf())),
    /** Answers two seconds late. */
    SLOW(Optional.of(new Slow()));

    private final Optional<Fault> fault;

    Disturbance(Optional<Fault> fault) {
        this.fault = fault;
    }

    Optional<Fault> fault() {
        return fault;
    }

    /** Such as {@code kill}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
