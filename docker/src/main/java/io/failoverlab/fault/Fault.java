package io.failoverlab.fault;

import java.time.Duration;
import java.util.Optional;

/** Something bad that can be done to the stack and undone. Stateless: what is going on is an {@link ActiveFault}. */
public sealed interface Fault permits InstanceFault, ZoneFault, ServiceFault {
    /** The word for it in experiments, reports and on the command line, such as {@code kill}. */
    String name();

    /** The event on AWS that it stands for. */
    String standsFor();

    /** Whether it lasts until it is undone; else it is over once it is done. */
    default boolean lasts() {
        return true;
    }

    /** After which time it ends by itself, whatever becomes of the lab; empty if it does not. */
    default Optional<Duration> endsAfter() {
        return Optional.empty();
    }
}
