package io.failoverlab.fault;

import io.failoverlab.clock.LabScheduler;

/** A fault of a whole Availability Zone: it hits every instance in it at once. */
public sealed interface ZoneFault extends Fault permits AzNetwork, AzPower {
    /**
     * Injects it into every instance of the zone that runs, together, and waits until it is seen to have taken effect, or to
     * have not.
     *
     * @throws io.failoverlab.ec2.NotRunning if none of them runs; nothing was done then
     */
    ActiveFault inject(FaultZone zone, LabScheduler scheduler);
}
