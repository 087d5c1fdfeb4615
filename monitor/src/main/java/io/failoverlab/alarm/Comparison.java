package io.failoverlab.alarm;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** How a value is compared with the threshold; the value is the first operand. */
public enum Comparison {
    GREATER_THAN_OR_EQUAL("GreaterThanOrEqualToThreshold", ">=", "greater than or equal to") {
        @Override
        boolean breaches(double value, double threshold) {
            return value >= threshold;
        }
    },
    GREATER_THAN("GreaterThanThreshold", ">", "greater than") {
        @Override
        boolean breaches(double value, double threshold) {
            return value > threshold;
        }
    },
    LESS_THAN("LessThanThreshold", "<", "less than") {
        @Override
        boolean breaches(double value, double threshold) {
            return value < threshold;
        }
    },
    LESS_THAN_OR_EQUAL("LessThanOrEqualToThreshold", "<=", "less than or equal to") {
        @Override
        boolean breaches(double value, double threshold) {
            return value <= threshold;
        }
    };

    private final String wireName;
    private final String symbol;
    private final String words;

    Comparison(String wireName, String symbol, String words) {
        this.wireName = wireName;
        this.symbol = symbol;
        this.words = words;
    }

    abstract boolean breaches(double value, double threshold);

    /** Whether a greater value can only be nearer to a breach. */
    boolean upwards() {
        return this == GREATER_THAN || this == GREATER_THAN_OR_EQUAL;
    }

    /** The ComparisonOperator of PutMetricAlarm. */
    public String wireName() {
        return wireName;
    }

    String symbol() {
        return symbol;
    }

    String words() {
        return words;
    }

    public static Optional<Comparison> ofWireName(String wireName) {
        return Arrays.stream(values()).filter(c -> c.wireName.equals(wireName)).findFirst();
    }

    public static List<String> wireNames() {
        return Arrays.stream(values()).map(Comparison::wireName).toList();
    }
}
