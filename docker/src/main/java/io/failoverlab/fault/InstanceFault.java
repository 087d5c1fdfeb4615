package io.failoverlab.fault;

import io.failoverlab.clock.LabScheduler;
import io.failoverlab.ec2.Ec2Instance;

/** A fault of one instance. */
public sealed interface InstanceFault extends Fault
        permits Cut, Deaf, Hang, Kill, KillProcess, NetworkFault, Pause, Reboot, ReplicaLag, Slow, Stop, Stress {
    /**
     * Looks whether the instance can be hurt now, and does nothing yet.
     *
     * @throws io.failoverlab.ec2.NotRunning if it is not in a state to be hurt
     */
    Injection prepare(Ec2Instance instance, LabScheduler scheduler);
}
