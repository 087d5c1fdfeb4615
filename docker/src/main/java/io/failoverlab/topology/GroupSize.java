package io.failoverlab.topology;

/**
 * How many instances a group has.
 *
 * @param min 0 to desired
 * @param desired at the start
 * @param max desired to {@link Topology#MAX_WEB}
 */
public record GroupSize(int min, int desired, int max) {
    public GroupSize {
        if (min < 0 || max > Topology.MAX_WEB || min > desired || desired > max) {
            throw new IllegalArgumentException("expected 0 <= min <= desired <= max <= %d, found %d, %d, %d"
                    .formatted(Topology.MAX_WEB, min, desired, max));
        }
    }

    /** With that many desired, and limits that allow for them. */
    GroupSize around(int count) {
        return new GroupSize(Math.min(min, count), count, Math.max(max, count));
    }

    @Override
    public String toString() {
        return "%d to %d, desired %d".formatted(min, max, desired);
    }
}
