package io.failoverlab.topology;

/**
 * How a policy changes the capacity (EC2 Auto Scaling guide, "Scaling adjustment types").
 *
 * @param type what the amount means
 * @param amount instances, or percent of the capacity
 * @param minMagnitude with percent: at least so many instances; 1 or more
 */
public record Adjustment(Type type, int amount, int minMagnitude) {
    /** AWS's adjustment types. */
    public enum Type {
        CHANGE_IN_CAPACITY,
        EXACT_CAPACITY,
        PERCENT_CHANGE_IN_CAPACITY
    }

    public Adjustment {
        if (type == Type.EXACT_CAPACITY && amount < 0) {
            throw new IllegalArgumentException("expected an exact capacity of 0 or more, found " + amount);
        }
        if (minMagnitude < 1) {
            throw new IllegalArgumentException("expected a magnitude of 1 or more, found " + minMagnitude);
        }
    }

    /** The capacity that the adjustment asks for; the group's limits are not applied. */
    public int applyTo(int capacity) {
        return switch (type) {
            case CHANGE_IN_CAPACITY -> capacity + amount;
            case EXACT_CAPACITY -> amount;
            case PERCENT_CHANGE_IN_CAPACITY -> capacity + percentOf(capacity);
        };
    }

    /** Towards zero, but never to it: 12.7 is 12, 0.3 is 1, −6.67 is −6. */
    private int percentOf(int capacity) {
        int change = (int) ((long) capacity * amount / 100);
        return Integer.signum(amount) * Math.max(Math.abs(change), minMagnitude);
    }
}
