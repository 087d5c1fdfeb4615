package io.failoverlab.exposition;

import io.failoverlab.metric.MetricStream;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a stream of CloudWatch is called in Prometheus, by the convention of Prometheus's CloudWatch exporter: {@code AWS/EC2
 * CPUUtilization {InstanceId}} is {@code aws_ec2_cpuutilization{instance_id}}, before the name of the statistic.
 *
 * @param family without the statistic
 */
record PrometheusName(String family, SortedMap<String, String> labels) {
    /** Different dimensions that come to the same label are told apart by a number. */
    static PrometheusName of(MetricStream stream) {
        SortedMap<String, String> labels = new TreeMap<>();
        stream.metric().dimensions().forEach((name, value) -> putFree(labels, snakeCase(name), value));
        String family = legal(stream.metric().namespace().toLowerCase(Locale.ROOT)) + "_"
                + snakeCase(stream.metric().name());
        return new PrometheusName(joined(family), labels);
    }

    /** For one that is not the only one of its name and labels: a label with its exact identity. */
    PrometheusName identifiedAs(MetricStream stream) {
        SortedMap<String, String> more = new TreeMap<>(labels);
        putFree(
                more,
                "cloudwatch",
                stream.metric().namespace() + " " + stream.metric().name() + " "
                        + stream.metric().dimensions() + " " + stream.unit().wireName());
        return new PrometheusName(family, more);
    }

    private static void putFree(SortedMap<String, String> labels, String name, String value) {
        String free = name;
        for (int number = 2; labels.containsKey(free); number++) {
            free = name + "_" + number;
        }
        labels.put(free, value);
    }

    private static String snakeCase(String text) {
        StringBuilder snake = new StringBuilder(text.length() + 8);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (i > 0 && isUpper(c) && (isLower(text.charAt(i - 1)) || isDigit(text.charAt(i - 1)))) {
                snake.append('_');
            }
            snake.append(c);
        }
        return legal(snake.toString().toLowerCase(Locale.ROOT));
    }

    /** Colons are left to recording rules, and two underscores at the beginning to Prometheus itself. */
    private static String legal(String text) {
        StringBuilder legal = new StringBuilder(text.length() + 1);
        if (!text.isEmpty() && isDigit(text.charAt(0))) {
            legal.append('_');
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            legal.append(isLower(c) || isDigit(c) ? c : '_');
        }
        return joined(legal.toString());
    }

    private static String joined(String name) {
        return name.contains("__") ? name.replaceAll("_+", "_") : name;
    }

    private static boolean isUpper(char c) {
        return c >= 'A' && c <= 'Z';
    }

    private static boolean isLower(char c) {
        return c >= 'a' && c <= 'z';
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
