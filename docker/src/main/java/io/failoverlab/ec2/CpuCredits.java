package io.failoverlab.ec2;

import io.failoverlab.topology.InstanceType;
import java.time.Duration;
import java.util.Optional;

/**
 * The CPU credits of a burstable instance in unlimited mode, which T3 starts in (EC2 User Guide, "Key concepts and
 * definitions for burstable performance instances"). Bookkeeping only: nothing is slowed down, as nothing is there.
 *
 * <p>A credit is one vCPU at 100 % for a minute, and is spent and earned by the millisecond. What is spent beyond the balance
 * is surplus: paid back by what is earned, and charged for what of it exceeds a day's earnings. Instances start with nothing,
 * since launch credits are for standard mode.
 *
 * <p>The share of a vCPU is the share of what the lab grants for it.
 */
public final class CpuCredits {
    /** {@code earnedPerHour} is for the whole instance. The balance never exceeds what a day earns. */
    private record Rate(double earnedPerHour) {
        double limit() {
            return earnedPerHour * 24;
        }
    }

    /**
     * In credits, which CloudWatch counts in vCPU-minutes.
     *
     * @param used in the time that was added last
     * @param charged surplus charged in that time
     */
    record Reading(double used, double balance, double surplus, double charged) {}

    private final int vcpus;
    private final Rate rate;
    private double balance;
    private double surplus;

    private CpuCredits(int vcpus, Rate rate) {
        this.vcpus = vcpus;
        this.rate = rate;
    }

    /** Empty for types that always run at full speed. */
    static Optional<CpuCredits> of(InstanceType type) {
        int earned = earnedPerHour(type);
        return earned == 0 ? Optional.empty() : Optional.of(new CpuCredits(type.vcpus(), new Rate(earned)));
    }

    /** The credits that an instance of the type earns in an hour; 0 if it always runs at full speed. */
    public static int earnedPerHour(InstanceType type) {
        return switch (type) {
            case T2_MICRO -> 6;
            case T2_SMALL, T3_MICRO -> 12;
            case T2_MEDIUM, T3_SMALL, T3_MEDIUM -> 24;
            case M5_LARGE -> 0;
        };
    }

    /** The most credits that an instance of the type can have: what a day earns. */
    public static int most(InstanceType type) {
        return 24 * earnedPerHour(type);
    }

    /**
     * Goes on by some time.
     *
     * @param percent of all the instance's vCPUs that were used in it
     */
    Reading add(Duration time, double percent) {
        double minutes = time.toNanos() / 60e9;
        double used = percent / 100 * vcpus * minutes;
        double net = balance - surplus + rate.earnedPerHour() * minutes / 60 - used;
        balance = Math.min(rate.limit(), Math.max(0, net));
        double owed = Math.max(0, -net);
        double charged = Math.max(0, owed - rate.limit());
        surplus = owed - charged;
        return new Reading(used, balance, surplus, charged);
    }
}
