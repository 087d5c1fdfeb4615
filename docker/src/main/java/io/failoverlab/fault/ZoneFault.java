package io.failoverlab.fault;

import io.failoverlab.clock.LabScheduler;

/** A fault of a whole Availability Zone: it hits every instance in it at once. */
public sealed interface ZoneFault extends Fault permits AzNetwork, AzPower {
    /**
     * Looks which instances of the zone can be hurt, those that run, and does nothing yet. They are hit together.
     *
     * @throws io.failoverlab.ec2.NotRunning if none of them runs
     */
    Injection prepare(FaultZone zone, LabScheduler scheduler);
}
