package io.failoverlab.autoscaling;

/** What can be suspended and resumed (EC2 Auto Scaling guide, "Suspend and resume processes"). */
public enum ScalingProcess {
    LAUNCH,
    TERMINATE,
    ALARM_NOTIFICATION,
    AZ_REBALANCE,
    HEALTH_CHECK,
    INSTANCE_REFRESH,
    REPLACE_UNHEALTHY,
    SCHEDULED_ACTIONS
}
