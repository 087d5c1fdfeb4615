package io.failoverlab.ec2;

import java.util.random.RandomGenerator;

/** Makes ids in the form of EC2's. */
public final class InstanceId {
    private InstanceId() {}

    /** {@code i-} and 17 hexadecimal digits. */
    public static String random(RandomGenerator random) {
        return "i-0%016x".formatted(random.nextLong());
    }
}
