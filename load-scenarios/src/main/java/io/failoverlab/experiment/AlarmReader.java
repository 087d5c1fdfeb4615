package io.failoverlab.experiment;

import io.failoverlab.document.Field;
import io.failoverlab.document.Section;
import io.failoverlab.topology.Timing;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.cloudwatch.model.ComparisonOperator;
import software.amazon.awssdk.services.cloudwatch.model.Dimension;
import software.amazon.awssdk.services.cloudwatch.model.PutMetricAlarmRequest;
import software.amazon.awssdk.services.cloudwatch.model.Statistic;

/**
 * Reads the alarms of an experiment's file: inputs of {@code PutMetricAlarm} by their names there, on one metric each. What the
 * monitor would not take once the stack is up is refused here.
 */
final class AlarmReader {
    private static final int DAY = 86_400;
    private static final int WEEK = 7 * DAY;
    private static final int HOUR = 3_600;
    private static final int MOST_DIMENSIONS = 30;
    private static final int LONGEST_DESCRIPTION = 1_024;
    private static final double LARGEST = 1e15;
    private static final int LONGEST_NAME = 255;
    /** A percentile, or one of the short forms of trimmed statistics. */
    private static final Pattern EXTENDED =
            Pattern.compile("(p|tm|tc|ts|wm)(100(\\.0{1,10})?|\\d{1,2}(\\.\\d{1,10})?)|IQM");
    /** With bounds, of which the monitor says whether they ascend. */
    private static final Pattern BOUNDED = Pattern.compile("(TM|TC|TS|WM|PR)\\((?!:\\))[\\d.%]*:[\\d.%]*\\)");

    private static final Set<ComparisonOperator> OF_BANDS = EnumSet.of(
            ComparisonOperator.LESS_THAN_LOWER_OR_GREATER_THAN_UPPER_THRESHOLD,
            ComparisonOperator.LESS_THAN_LOWER_THRESHOLD,
            ComparisonOperator.GREATER_THAN_UPPER_THRESHOLD);
    private static final List<String> MISSING = List.of("breaching", "notBreaching", "ignore", "missing");

    private AlarmReader() {}

    /**
     * @param taken names of the stack's own alarms
     * @param clocks of the stack: those of the lab allow shorter periods than AWS does
     */
    static List<PutMetricAlarmRequest> read(List<Section> sections, List<String> taken, Timing.Clocks clocks) {
        List<String> names = new ArrayList<>(taken);
        return sections.stream()
                .map(section -> read(section, names, clocks))
                .flatMap(Optional::stream)
                .toList();
    }

    private static Optional<PutMetricAlarmRequest> read(Section section, List<String> names, Timing.Clocks clocks) {
        Field<String> name = section.text("AlarmName").required();
        name.value().ifPresent(found -> requireName(name, found, names));
        Field<String> description = section.text("AlarmDescription");
        description
                .value()
                .filter(found -> found.length() > LONGEST_DESCRIPTION)
                .ifPresent(found -> description.reject(
                        "at most " + LONGEST_DESCRIPTION + " characters", found.length() + " characters", ""));
        Field<String> namespace = section.text("Namespace").required();
        Field<String> metric = section.text("MetricName").required();
        List<Dimension> dimensions = dimensions(section);
        Field<Statistic> statistic = section.oneOf("Statistic", words(Statistic.knownValues(), Statistic::toString));
        Field<String> percentile = section.text("ExtendedStatistic");
        if (statistic.present() == percentile.present()) {
            section.reject(
                    "either a Statistic or an ExtendedStatistic such as p99",
                    statistic.present() ? "both" : "neither",
                    "");
        }
        percentile
                .value()
                .filter(found -> !EXTENDED.matcher(found).matches()
                        && !BOUNDED.matcher(found).matches())
                .ifPresent(found -> percentile.reject(
                        "a percentile from p0 to p100, or tm, tc, ts or wm with such a number", '"' + found + '"', ""));
        Field<Integer> period = section.integer("Period", 1, WEEK).required();
        Field<Integer> periods = section.integer("EvaluationPeriods", 1, DAY).required();
        Field<Integer> datapoints = section.integer("DatapointsToAlarm", 1, DAY);
        requirePeriods(period, periods, datapoints, clocks);
        Field<Double> threshold =
                section.decimal("Threshold", -LARGEST, LARGEST).required();
        Field<ComparisonOperator> comparison = section.oneOf(
                        "ComparisonOperator", words(ofThresholds(), ComparisonOperator::toString))
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

    private static void requirePeriods(
            Field<Integer> period, Field<Integer> periods, Field<Integer> datapoints, Timing.Clocks clocks) {
        period.value()
                .filter(found -> !allows(clocks, found))
                .ifPresent(found -> period.reject(
                        (switch (clocks) {
                                    case LAB -> "1, 5, ";
                                    case AWS -> "";
                                })
                                + "10, 20, 30 or a multiple of 60 seconds",
                        String.valueOf(found),
                        ""));
        if (period.value().isPresent() && periods.value().isPresent()) {
            long watched = (long) period.get() * periods.get();
            int most = period.get() < HOUR ? DAY : WEEK;
            if (watched > most) {
                periods.reject(
                        "Period times EvaluationPeriods of at most " + most + " seconds",
                        period.get() + " times " + periods.get(),
                        "");
            }
        }
        if (datapoints.value().isPresent() && periods.value().isPresent() && datapoints.get() > periods.get()) {
            datapoints.reject("at most the EvaluationPeriods, " + periods.get(), String.valueOf(datapoints.get()), "");
        }
    }

    private static boolean allows(Timing.Clocks clocks, int period) {
        return switch (period) {
            case 1, 5 -> clocks == Timing.Clocks.LAB;
            case 10, 20, 30 -> true;
            default -> period % 60 == 0;
        };
    }

    /** Those of anomaly detection need a band. */
    private static Set<ComparisonOperator> ofThresholds() {
        Set<ComparisonOperator> operators = EnumSet.copyOf(ComparisonOperator.knownValues());
        operators.removeAll(OF_BANDS);
        return operators;
    }

    private static List<Dimension> dimensions(Section section) {
        List<Section> written = section.sections("Dimensions");
        if (written.size() > MOST_DIMENSIONS) {
            section.reject("at most " + MOST_DIMENSIONS + " Dimensions", String.valueOf(written.size()), "");
        }
        List<Dimension> dimensions =
                written.stream().map(AlarmReader::dimension).toList();
        Set<String> names = new HashSet<>();
        for (int i = 0; i < dimensions.size(); i++) {
            String name = dimensions.get(i).name();
            if (!names.add(name) && !name.isEmpty()) {
                written.get(i).reject("a dimension once", name + " a second time", "");
            }
        }
        return dimensions;
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
