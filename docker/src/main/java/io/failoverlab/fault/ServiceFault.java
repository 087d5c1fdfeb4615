package io.failoverlab.fault;

import io.failoverlab.clock.LabScheduler;

/** A fault that strikes through a service of AWS, not in an instance: what a call to its API, or its failure, does. */
public sealed interface ServiceFault extends Fault permits Terminate, Failover, ConnectionsExhausted, DnsStale {
    /**
     * Looks whether it can strike now, and does nothing yet.
     *
     * @param where name of the instance or of the database
     * @throws io.failoverlab.ec2.NotRunning if what it needs is not in a state to be hurt
     * @throws IllegalArgumentException if there is no such thing
     */
    Injection prepare(Services services, String where, LabScheduler scheduler);
}
