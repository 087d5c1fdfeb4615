package io.failoverlab.autoscaling;

import java.time.Instant;

/**
 * What EventBridge would be told, in its words (EC2 Auto Scaling guide, "Amazon EventBridge events").
 *
 * @param kind AWS's detail type
 * @param instance its name here; empty for what concerns the whole group
 * @param zone AWS's name of it; empty for what concerns the whole group
 * @param description of the activity
 * @param cause of the activity
 */
public record GroupEvent(
        Instant at,
        Kind kind,
        String group,
        String instance,
        String instanceId,
        String zone,
        String description,
        String cause) {

    /** AWS's detail types. */
    public enum Kind {
        LAUNCH_SUCCESSFUL("EC2 Instance Launch Successful"),
        LAUNCH_UNSUCCESSFUL("EC2 Instance Launch Unsuccessful"),
        TERMINATE_SUCCESSFUL("EC2 Instance Terminate Successful"),
        TERMINATE_UNSUCCESSFUL("EC2 Instance Terminate Unsuccessful"),
        LAUNCH_LIFECYCLE_ACTION("EC2 Instance-launch Lifecycle Action"),
        TERMINATE_LIFECYCLE_ACTION("EC2 Instance-terminate Lifecycle Action"),
        REFRESH_STARTED("EC2 Auto Scaling Instance Refresh Started"),
        REFRESH_SUCCEEDED("EC2 Auto Scaling Instance Refresh Succeeded"),
        REFRESH_CANCELLED("EC2 Auto Scaling Instance Refresh Cancelled");

        private final String detailType;

        Kind(String detailType) {
            this.detailType = detailType;
        }

        public String detailType() {
            return detailType;
        }
    }
}
