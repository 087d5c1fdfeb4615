/**
 * Faults: one type a file, each with the AWS event it stands for, a proof that it took effect, and an undo. Start at
 * {@link io.failoverlab.fault.Fault}; to add one, write a record that implements
 * {@link io.failoverlab.fault.InstanceFault} or {@link io.failoverlab.fault.ZoneFault} and name it in
 * {@link io.failoverlab.fault.Faults}.
 */
package io.failoverlab.fault;
