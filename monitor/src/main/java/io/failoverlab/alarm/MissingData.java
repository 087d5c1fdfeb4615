package io.failoverlab.alarm;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What a period without data stands for: PutMetricAlarm's TreatMissingData. */
public enum MissingData {
    /** Nothing: an alarm that has only such periods goes to INSUFFICIENT_DATA. CloudWatch's default. */
    MISSING("missing", "Missing"),
    /** Nothing: an alarm that has only such periods keeps its state. */
    IGNORE("ignore", "Ignore"),
    BREACHING("breaching", "Breaching"),
    NOT_BREACHING("notBreaching", "NonBreaching");

    private final String wireName;
    private final String reasonName;

    MissingData(String wireName, String reasonName) {
        this.wireName = wireName;
        this.reasonName = reasonName;
    }

    public String wireName() {
        return wireName;
    }

    /** The word that state reasons use. */
    String reasonName() {
        return reasonName;
    }

    public static Optional<MissingData> ofWireName(String wireName) {
        return Arrays.stream(values()).filter(m -> m.wireName.equals(wireName)).findFirst();
    }

    public static List<String> wireNames() {
        return Arrays.stream(values()).map(MissingData::wireName).toList();
    }
}
