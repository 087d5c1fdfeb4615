package io.failoverlab.fault;

/** Something bad that can be done to the stack and undone. Stateless: what is going on is an {@link ActiveFault}. */
public sealed interface Fault permits InstanceFault, ZoneFault {
    /** The word for it in experiments, reports and on the command line, such as {@code kill}. */
    String name();

    /** The event on AWS that it stands for. */
    String standsFor();
}
