package io.failoverlab.experiment;

import io.failoverlab.document.Field;
import io.failoverlab.document.Section;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import software.amazon.awssdk.services.cloudwatch.model.ComparisonOperator;
import software.amazon.awssdk.services.cloudwatch.model.Dimension;
import software.amazon.awssdk.services.cloudwatch.model.PutMetricAlarmRequest;
import software.amazon.awssdk.services.cloudwatch.model.Statistic;

/** Reads the alarms of an experiment's file: inputs of {@code PutMetricAlarm} by their names there, on one metric each. */
final class AlarmReader {
    private static final int LONGEST = 86_400;
    private static final double LARGEST = 1e15;
    private static final int LONGEST_NAME = 255;
    private static final List<String> MISSING = List.of("breaching", "notBreaching", "ignore", "missing");

    private AlarmReader() {}

    /** @param taken names of the stack's own alarms */
    static List<PutMetricAlarmRequest> read(List<Section> sections, List<String> taken) {
        List<String> names = new ArrayList<>(taken);
        return sections.stream()
                .map(section -> read(section, names))
                .flatMap(Optional::stream)
                .toList();
    }

    private static Optional<PutMetricAlarmRequest> read(Section section, List<String> names) {
        Field<String> name = section.text("AlarmName").required();
        name.value().ifPresent(found -> requireName(name, found, names));
        Field<String> description = section.text("AlarmDescription");
        Field<String> namespace = section.text("Namespace").required();
        Field<String> metric = section.text("MetricName").required();
        List<Dimension> dimensions = section.sections("Dimensions").stream()
                .map(AlarmReader::dimension)
                .toList();
        Field<Statistic> statistic = section.oneOf("Statistic", words(Statistic.knownValues(), Statistic::toString));
        Field<String> percentile = section.text("ExtendedStatistic");
        if (statistic.present() == percentile.present()) {
            section.reject(
                    "either a Statistic or an ExtendedStatistic such as p99",
                    statistic.present() ? "both" : "neither",
                    "");
        }
        Field<Integer> period = section.integer("Period", 1, LONGEST).required();
        Field<Integer> periods =
                section.integer("EvaluationPeriods", 1, LONGEST).required();
        Field<Integer> datapoints = section.integer("DatapointsToAlarm", 1, LONGEST);
        Field<Double> threshold =
                section.decimal("Threshold", -LARGEST, LARGEST).required();
        Field<ComparisonOperator> comparison = section.oneOf(
                        "ComparisonOperator", words(ComparisonOperator.knownValues(), ComparisonOperator::toString))
                .required();
        Field<String> missing = section.oneOf("TreatMissingData", words(MISSING, word -> word));
        section.rejectUnknownKeys();
        boolean complete = name.value().isPresent()
                && namespace.value().isPresent()
                && metric.value().isPresent()
                && period.value().isPresent()
                && periods.value().isPresent()
                && threshold.value().isPresent()
                && comparison.value().isPresent();
        return complete
                ? Optional.of(PutMetricAlarmRequest.builder()
                        .alarmName(name.get())
                        .alarmDescription(description.value().orElse(null))
                        .namespace(namespace.get())
                        .metricName(metric.get())
                        .dimensions(dimensions)
                        .statistic(statistic.value().orElse(null))
                        .extendedStatistic(percentile.value().orElse(null))
                        .period(period.get())
                        .evaluationPeriods(periods.get())
                        .datapointsToAlarm(datapoints.value().orElse(null))
                        .threshold(threshold.get())
                        .comparisonOperator(comparison.get())
                        .treatMissingData(missing.value().orElse(null))
                        .actionsEnabled(true)
                        .build())
                : Optional.empty();
    }

    private static void requireName(Field<String> field, String found, List<String> names) {
        if (!found.matches("\\S{1," + LONGEST_NAME + "}")) {
            field.reject("a name without blanks, of 1 to " + LONGEST_NAME + " characters", '"' + found + '"', "");
        } else if (names.contains(found)) {
            field.reject("a name that no other alarm has", found, "the stack has " + String.join(", ", names));
        } else {
            names.add(found);
        }
    }

    private static Dimension dimension(Section section) {
        String name = section.text("Name").required().orElse("");
        String value = section.text("Value").required().orElse("");
        section.rejectUnknownKeys();
        return Dimension.builder().name(name).value(value).build();
    }

    private static <T> Map<String, T> words(Iterable<T> values, Function<T, String> word) {
        Map<String, T> words = new LinkedHashMap<>();
        values.forEach(value -> words.put(word.apply(value), value));
        return words;
    }

    /**
     * The alarm for a stack as it came up: an instance may be named by its name, the balancer as {@code lb} and the target group
     * as {@code web}.
     */
    static PutMetricAlarmRequest onStack(
            PutMetricAlarmRequest alarm, Map<String, String> instances, String loadBalancer, String targetGroup) {
        return alarm.toBuilder()
                .dimensions(alarm.dimensions().stream()
                        .map(dimension -> dimension.toBuilder()
                                .value(
                                        switch (dimension.name()) {
                                            case "InstanceId" ->
                                                instances.getOrDefault(dimension.value(), dimension.value());
                                            case "LoadBalancer" ->
                                                dimension.value().equals("lb") ? loadBalancer : dimension.value();
                                            case "TargetGroup" ->
                                                dimension.value().equals("web") ? targetGroup : dimension.value();
                                            default -> dimension.value();
                                        })
                                .build())
                        .toList())
                .build();
    }
}
