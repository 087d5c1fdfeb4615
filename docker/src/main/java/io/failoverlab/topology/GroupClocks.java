package io.failoverlab.topology;

import io.failoverlab.document.DurationText;
import java.time.Duration;

/**
 * The clocks of an Auto Scaling group.
 *
 * @param gracePeriod after an instance is in service, before its failed checks count. AWS: 300 s from its console, 0 from
 *     its API
 * @param cooldown after an activity of a simple scaling policy; AWS: 300 s
 * @param warmup until a new instance's metrics count for step scaling and target tracking; AWS: the cooldown unless set
 * @param impairedWait how long a failed status check is watched before it counts; AWS: "a few minutes", here 5
 * @param launchRetry the pause after a failed launch, doubled with each further one; AWS backs off but gives no figure
 * @param metricPeriod a datapoint of target tracking; AWS: 60 s
 */
public record GroupClocks(
        Duration gracePeriod,
        Duration cooldown,
        Duration warmup,
        Duration impairedWait,
        Duration launchRetry,
        Duration metricPeriod) {

    static final Duration MAX = Duration.ofHours(2);

    /** For a rehearsal: an instance of the lab serves within a second or two. */
    public static final GroupClocks LAB_DEFAULT = new GroupClocks(
            Duration.ofSeconds(10),
            Duration.ofSeconds(5),
            Duration.ofSeconds(3),
            Duration.ofSeconds(5),
            Duration.ofSeconds(1),
            Duration.ofSeconds(1));

    /** EC2 Auto Scaling guide: "Set the health check grace period", "Scaling cooldowns", "Health checks". */
    public static final GroupClocks AWS_DEFAULT = new GroupClocks(
            Duration.ofSeconds(300),
            Duration.ofSeconds(300),
            Duration.ofSeconds(300),
            Duration.ofSeconds(300),
            Duration.ofSeconds(60),
            Duration.ofSeconds(60));

    public GroupClocks {
        require("grace period", gracePeriod, Duration.ZERO);
        require("cooldown", cooldown, Duration.ZERO);
        require("warm-up", warmup, Duration.ZERO);
        require("wait for an impaired instance", impairedWait, Duration.ZERO);
        require("pause after a failed launch", launchRetry, Duration.ofMillis(100));
        require("metric period", metricPeriod, Duration.ofMillis(100));
    }

    private static void require(String what, Duration found, Duration min) {
        if (found.compareTo(min) < 0 || found.compareTo(MAX) > 0) {
            throw new IllegalArgumentException("expected a %s of %s to %s, found %s"
                    .formatted(what, DurationText.print(min), DurationText.print(MAX), found));
        }
    }

    GroupClocks dividedBy(int scale) {
        return new GroupClocks(
                gracePeriod.dividedBy(scale),
                cooldown.dividedBy(scale),
                warmup.dividedBy(scale),
                impairedWait.dividedBy(scale),
                launchRetry.dividedBy(scale),
                metricPeriod.dividedBy(scale));
    }
}
