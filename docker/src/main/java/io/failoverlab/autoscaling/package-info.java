/**
 * The Auto Scaling group of the web tier: how many instances there are, where, and which of them go. Start at
 * {@link io.failoverlab.autoscaling.AutoScalingGroup}, which decides; {@link io.failoverlab.autoscaling.GroupController}
 * has its decisions carried out by a {@link io.failoverlab.autoscaling.InstanceActions}.
 */
package io.failoverlab.autoscaling;
