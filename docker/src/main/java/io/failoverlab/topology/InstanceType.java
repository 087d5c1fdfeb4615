package io.failoverlab.topology;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** The instance types of EC2 that the lab knows, with AWS's sizes (EC2 User Guide, "Instance types", 2023). */
public enum InstanceType {
    T2_MICRO("t2.micro", 1, 1),
    T2_SMALL("t2.small", 1, 2),
    T2_MEDIUM("t2.medium", 2, 4),
    T3_MICRO("t3.micro", 2, 1),
    T3_SMALL("t3.small", 2, 2),
    T3_MEDIUM("t3.medium", 2, 4),
    M5_LARGE("m5.large", 2, 8);

    private static final Map<String, InstanceType> BY_NAME = byName("");
    private static final Map<String, InstanceType> BY_CLASS = byName("db.");

    private final String awsName;
    private final int vcpus;
    private final int memoryGib;

    InstanceType(String awsName, int vcpus, int memoryGib) {
        this.awsName = awsName;
        this.vcpus = vcpus;
        this.memoryGib = memoryGib;
    }

    /** Such as {@code t3.small}. */
    public String awsName() {
        return awsName;
    }

    /** The name as a class of RDS, such as {@code db.t3.small}. */
    public String dbClass() {
        return "db." + awsName;
    }

    public int vcpus() {
        return vcpus;
    }

    public long memoryBytes() {
        return memoryGib * (1L << 30);
    }

    /**
     * How many processes and threads an instance may have. EC2 knows no such limit; here it keeps a fork bomb in one
     * instance from taking the whole machine.
     */
    public int pidsLimit() {
        return 1024;
    }

    static Map<String, InstanceType> named() {
        return BY_NAME;
    }

    static Map<String, InstanceType> dbClasses() {
        return BY_CLASS;
    }

    int memoryGib() {
        return memoryGib;
    }

    private static Map<String, InstanceType> byName(String prefix) {
        Map<String, InstanceType> types = new LinkedHashMap<>();
        for (InstanceType type : values()) {
            types.put(prefix + type.awsName, type);
        }
        return Collections.unmodifiableMap(types);
    }
}
