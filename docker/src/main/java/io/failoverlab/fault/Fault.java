package io.failoverlab.fault;

import io.failoverlab.clock.LabScheduler;
import io.failoverlab.ec2.Ec2Instance;

/** Something bad that can be done to an instance and undone. Stateless: what is going on is an {@link ActiveFault}. */
public sealed interface Fault permits CpuStress, Deaf, Hang, Kill, KillProcess, Pause, Slow, Stop {
    /** The word for it in experiments, reports and on the command line, such as {@code kill}. */
    String name();

    /** The event on AWS that it stands for. */
    String standsFor();

    /**
     * Injects it and waits until it is seen to have taken effect, or to have not.
     *
     * @throws io.failoverlab.ec2.NotRunning if the instance is not in a state to be hurt; nothing was done then
     */
    ActiveFault inject(Ec2Instance instance, LabScheduler scheduler);
}
