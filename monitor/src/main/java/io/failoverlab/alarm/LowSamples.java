package io.failoverlab.alarm;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What a percentile of too few values means: PutMetricAlarm's EvaluateLowSampleCountPercentile. */
public enum LowSamples {
    /** It is judged as any other. CloudWatch's default. */
    EVALUATE("evaluate"),
    /** The alarm keeps its state while it would be judged by one. */
    IGNORE("ignore");

    private final String wireName;

    LowSamples(String wireName) {
        this.wireName = wireName;
    }

    public String wireName() {
        return wireName;
    }

    public static Optional<LowSamples> ofWireName(String wireName) {
        return Arrays.stream(values()).filter(m -> m.wireName.equals(wireName)).findFirst();
    }

    public static List<String> wireNames() {
        return Arrays.stream(values()).map(LowSamples::wireName).toList();
    }
}
