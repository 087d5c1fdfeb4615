package io.failoverlab.api;

import io.failoverlab.metric.MetricId;
import io.failoverlab.metric.Statistic;
import io.failoverlab.metric.Unit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import software.amazon.awssdk.services.cloudwatch.model.Dimension;

/** Reads the parameters that several operations have in common, refusing them in CloudWatch's words. */
final class Parameters {
    private static final int DAY = 86_400;

    private Parameters() {}

    static <T> T required(T value, String parameter) {
        if (value == null || (value instanceof String text && text.isEmpty())) {
            throw ApiException.missing(parameter);
        }
        return value;
    }

    /** @param prefix of the parameters' names, for example {@code MetricData.member.1.} */
    static MetricId metric(String namespace, String name, List<Dimension> dimensions, String prefix) {
        Map<String, String> pairs = new TreeMap<>();
        for (int i = 0; i < dimensions.size(); i++) {
            String path = prefix + "Dimensions.member." + (i + 1);
            Dimension dimension = dimensions.get(i);
            String key = required(dimension.name(), path + ".Name");
            if (pairs.put(key, required(dimension.value(), path + ".Value")) != null) {
                throw ApiException.invalid("The parameter " + path + ".Name repeats the dimension " + key + ".");
            }
        }
        try {
            return MetricId.of(namespace, name, pairs);
        } catch (IllegalArgumentException e) {
            String where =
                    prefix.isEmpty() ? "The metric" : "The metric of " + prefix.substring(0, prefix.length() - 1);
            throw ApiException.invalid(where + " is invalid: " + e.getMessage() + ".");
        }
    }

    static Optional<Unit> unit(String unit, String path) {
        return Optional.ofNullable(unit)
                .map(name ->
                        Unit.ofWireName(name).orElseThrow(() -> ApiException.notInEnum(name, path, Unit.wireNames())));
    }

    /** One of the five, by the parameter Statistic. */
    static Statistic statistic(String name, String path) {
        return Statistic.parse(name)
                .filter(found -> found instanceof Statistic.Simple)
                .orElseThrow(() -> ApiException.notInEnum(name, path, Statistic.Simple.wireNames()));
    }

    /** Any, by the parameters Stat and ExtendedStatistic. */
    static Statistic anyStatistic(String name, String parameter) {
        return Statistic.parse(name)
                .orElseThrow(() -> ApiException.invalid("The value " + name + " for parameter " + parameter
                        + " is not supported: expected one of " + Statistic.FORMS + "."));
    }

    /** The period of a reading operation, in seconds. */
    static int period(Integer period, String parameter) {
        int seconds = required(period, parameter);
        boolean subMinute = List.of(1, 5, 10, 20, 30).contains(seconds);
        if (!subMinute && (seconds < 60 || seconds % 60 != 0 || seconds > DAY)) {
            throw ApiException.invalid("The parameter " + parameter
                    + " must be 1, 5, 10, 20, 30 or a multiple of 60 up to " + DAY + ", found " + seconds + ".");
        }
        return seconds;
    }

    /** A token is the number of records already given. */
    static int offset(String nextToken) {
        if (nextToken == null) {
            return 0;
        }
        if (!nextToken.matches("\\d{1,9}")) {
            throw new ApiException(ErrorKind.INVALID_NEXT_TOKEN, "The token '" + nextToken + "' is not one of ours.");
        }
        return Integer.parseInt(nextToken);
    }

    /** A page of records and the token of the next one, null after the last. */
    record Page<T>(List<T> records, String nextToken) {}

    static <T> Page<T> page(List<T> all, String nextToken, int size) {
        int from = Math.min(offset(nextToken), all.size());
        int to = Math.min(from + size, all.size());
        return new Page<>(all.subList(from, to), to < all.size() ? Integer.toString(to) : null);
    }

    static int maxRecords(Integer maxRecords, int defaultSize) {
        int size = maxRecords == null ? defaultSize : maxRecords;
        if (size < 1 || size > 100) {
            throw ApiException.constraint(
                    size,
                    "maxRecords",
                    size < 1 ? "have value greater than or equal to 1" : "have value less than or equal to 100");
        }
        return size;
    }
}
