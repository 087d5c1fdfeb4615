package io.failoverlab.topology;

import io.failoverlab.document.DurationText;
import java.time.Duration;
import java.util.OptionalInt;

/**
 * A change of the group's sizes at a set time (EC2 Auto Scaling guide, "Scheduled scaling"). AWS's are at a date or by
 * cron; a lab's life is short, so that here they count from the start of the group.
 *
 * @param at after the group began
 */
public record ScheduledAction(String name, Duration at, OptionalInt min, OptionalInt max, OptionalInt desired) {
    public ScheduledAction {
        Names.require(name);
        if (at.isNegative()) {
            throw new IllegalArgumentException("expected a time of 0 or more for " + name + ", found " + at);
        }
        if (min.isEmpty() && max.isEmpty() && desired.isEmpty()) {
            throw new IllegalArgumentException(
                    "expected min, max or desired for " + name + " at " + DurationText.print(at) + ", found none");
        }
    }
}
