/**
 * Instances: a container each, with EC2's states, identity and metrics. Start at {@link io.failoverlab.ec2.Ec2Instance}.
 */
package io.failoverlab.ec2;
