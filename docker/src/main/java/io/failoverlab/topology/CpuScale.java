package io.failoverlab.topology;

/**
 * How much of this machine a vCPU of AWS is: a laptop has fewer cores than the stack has vCPUs. Reports print it.
 *
 * @param coresPerVcpu 0.05 to 4
 */
public record CpuScale(double coresPerVcpu) {
    static final double MIN = 0.05;
    static final double MAX = 4;
    static final CpuScale DEFAULT = new CpuScale(0.5);

    public CpuScale {
        if (!(coresPerVcpu >= MIN && coresPerVcpu <= MAX)) {
            throw new IllegalArgumentException(
                    "expected %s to %s cores for a vCPU, found %s".formatted(MIN, MAX, coresPerVcpu));
        }
    }

    /** The CPU limit of an instance, in cores. */
    public double cores(InstanceType type) {
        return type.vcpus() * coresPerVcpu;
    }
}
