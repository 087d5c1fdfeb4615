package io.failoverlab.fault;

import io.failoverlab.clock.LabScheduler;
import io.failoverlab.ec2.Ec2Instance;

/** A fault of one instance. */
public sealed interface InstanceFault extends Fault
        permits CpuStress, Cut, Deaf, Hang, Kill, KillProcess, Pause, Slow, Stop {
    /**
     * Injects it and waits until it is seen to have taken effect, or to have not.
     *
     * @throws io.failoverlab.ec2.NotRunning if the instance is not in a state to be hurt; nothing was done then
     */
    ActiveFault inject(Ec2Instance instance, LabScheduler scheduler);
}
