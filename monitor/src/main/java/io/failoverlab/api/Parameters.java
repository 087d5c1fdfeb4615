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

    /**
     * A text of one to so many characters.
     *
     * @param text null if it was not given
     * @param path in lower camel case, as AWS writes it in these messages
     * @return the same text
     */
    static String length(String text, String path, int maximum) {
        return length(text, path, 1, maximum);
    }

    static String length(String text, String path, int minimum, int maximum) {
        if (text != null && text.length() < minimum) {
            throw ApiException.constraint(text, path, "have length greater than or equal to " + minimum);
        }
        if (text != null && text.length() > maximum) {
            throw ApiException.constraint(text, path, "have length less than or equal to " + maximum);
        }
        return text;
    }

    /** At most so many elements, each a text of one to so many characters. */
    static List<String> lengths(List<String> texts, String path, int size, int maximum) {
        if (texts.size() > size) {
            throw ApiException.constraint(texts, path, "have length less than or equal to " + size);
        }
        for (int i = 0; i < texts.size(); i++) {
            length(texts.get(i), path + "." + (i + 1) + ".member", maximum);
        }
        return texts;
    }

    /** A number that is one or more, or none. */
    static Integer positive(Integer number, String path) {
        if (number != null && number < 1) {
            throw ApiException.constraint(number, path, "have value greater than or equal to 1");
        }
        return number;
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
