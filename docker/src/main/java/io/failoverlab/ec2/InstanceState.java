package io.failoverlab.ec2;

import java.util.Locale;

/** States of an instance (EC2 user guide: "Instance lifecycle"). */
public enum InstanceState {
    PENDING,
    RUNNING,
    STOPPING,
    STOPPED,
    SHUTTING_DOWN,
    TERMINATED;

    /** The word that AWS prints, such as {@code shutting-down}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
