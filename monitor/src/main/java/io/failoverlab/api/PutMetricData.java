package io.failoverlab.api;

import io.failoverlab.metric.Aggregate;
import io.failoverlab.metric.Datum;
import io.failoverlab.metric.Distribution;
import io.failoverlab.metric.MetricId;
import io.failoverlab.metric.MetricStream;
import io.failoverlab.metric.Unit;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import software.amazon.awssdk.services.cloudwatch.model.MetricDatum;
import software.amazon.awssdk.services.cloudwatch.model.PutMetricDataRequest;
import software.amazon.awssdk.services.cloudwatch.model.PutMetricDataResponse;
import software.amazon.awssdk.services.cloudwatch.model.StatisticSet;

/**
 * Takes datapoints in: all of a request or none. Unlike CloudWatch it accepts the namespaces {@code AWS/*}, which is how the lab
 * publishes what AWS's services would.
 */
final class PutMetricData implements Action<PutMetricDataRequest, PutMetricDataResponse> {
    private static final int MAX_DATA = 1000;
    private static final int MAX_VALUES = 150;
    private static final double MAX_VALUE = Math.pow(2, 360);
    private static final Duration OLDEST = Duration.ofDays(14);
    private static final Duration NEWEST = Duration.ofHours(2);

    private final InstantSource clock;

    PutMetricData(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public PutMetricDataResponse answer(PutMetricDataRequest request, CloudWatchRegion region) {
        String namespace = Parameters.required(request.namespace(), "Namespace");
        if (request.hasEntityMetricData()) {
            throw ApiException.unsupported("EntityMetricData");
        }
        List<MetricDatum> data = request.metricData();
        if (data.isEmpty()) {
            throw ApiException.missing("MetricData");
        }
        requireSize(data, MAX_DATA, "MetricData");
        Instant now = clock.instant();
        List<Datum> read = new ArrayList<>(data.size());
        for (int i = 0; i < data.size(); i++) {
            read.add(datum(namespace, data.get(i), i + 1, now));
        }
        region.sink().accept(read);
        return PutMetricDataResponse.builder().build();
    }

    private static Datum datum(String namespace, MetricDatum datum, int number, Instant now) {
        String prefix = "MetricData.member." + number + ".";
        String name = Parameters.required(datum.metricName(), prefix + "MetricName");
        MetricId metric = Parameters.metric(namespace, name, datum.dimensions(), prefix);
        Unit unit = Parameters.unit(datum.unitAsString(), "metricData." + number + ".member.unit")
                .orElse(Unit.NONE);
        int resolution = datum.storageResolution() == null ? 60 : datum.storageResolution();
        if (resolution != 1 && resolution != 60) {
            throw ApiException.invalid(
                    "The parameter " + prefix + "StorageResolution must be 1 or 60, found " + resolution + ".");
        }
        return new Datum(
                new MetricStream(metric, unit), timestamp(datum, prefix, now), value(datum, prefix), resolution);
    }

    private static Instant timestamp(MetricDatum datum, String prefix, Instant now) {
        Instant timestamp = datum.timestamp() == null ? now : datum.timestamp();
        if (timestamp.isBefore(now.minus(OLDEST)) || timestamp.isAfter(now.plus(NEWEST))) {
            throw ApiException.invalid("The parameter " + prefix
                    + "Timestamp must specify a time between two weeks before and two hours after now, found "
                    + timestamp + ".");
        }
        return timestamp;
    }

    private static Aggregate value(MetricDatum datum, String prefix) {
        boolean values = datum.hasValues();
        if (datum.value() != null && values) {
            throw ApiException.exclusive(prefix + "Value", prefix + "Values");
        }
        if (datum.value() != null && datum.statisticValues() != null) {
            throw ApiException.exclusive(prefix + "Value", prefix + "StatisticValues");
        }
        if (values && datum.statisticValues() != null) {
            throw ApiException.exclusive(prefix + "Values", prefix + "StatisticValues");
        }
        if (datum.hasCounts() && !values) {
            throw new ApiException(
                    ErrorKind.INVALID_PARAMETER_COMBINATION,
                    "The parameter " + prefix + "Counts is only allowed together with " + prefix + "Values.");
        }
        if (datum.value() != null) {
            return Aggregate.ofValue(number(datum.value(), prefix + "Value"));
        }
        if (values) {
            return Aggregate.ofValues(distribution(datum, prefix));
        }
        if (datum.statisticValues() != null) {
            return statisticSet(datum.statisticValues(), prefix + "StatisticValues.");
        }
        throw new ApiException(
                ErrorKind.MISSING_PARAMETER,
                "One of the parameters " + prefix + "Value, " + prefix + "Values and " + prefix
                        + "StatisticValues is required.");
    }

    private static Distribution distribution(MetricDatum datum, String prefix) {
        List<Double> values = datum.values();
        if (values.isEmpty()) {
            throw ApiException.missing(prefix + "Values");
        }
        requireSize(values, MAX_VALUES, prefix + "Values");
        List<Double> counts = datum.hasCounts() ? datum.counts() : Collections.nCopies(values.size(), 1.0);
        if (counts.size() != values.size()) {
            throw ApiException.invalid(
                    "The parameters " + prefix + "Values and " + prefix + "Counts must be of the same size.");
        }
        double[] numbers = new double[values.size()];
        double[] times = new double[values.size()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = number(values.get(i), prefix + "Values.member." + (i + 1));
            times[i] = positive(counts.get(i), prefix + "Counts.member." + (i + 1));
        }
        return Distribution.of(numbers, times);
    }

    private static Aggregate statisticSet(StatisticSet set, String prefix) {
        double count = positive(Parameters.required(set.sampleCount(), prefix + "SampleCount"), prefix + "SampleCount");
        double sum = number(Parameters.required(set.sum(), prefix + "Sum"), prefix + "Sum");
        double minimum = number(Parameters.required(set.minimum(), prefix + "Minimum"), prefix + "Minimum");
        double maximum = number(Parameters.required(set.maximum(), prefix + "Maximum"), prefix + "Maximum");
        if (minimum > maximum) {
            throw ApiException.invalid("The parameter " + prefix + "Minimum must not be greater than " + prefix
                    + "Maximum, found " + minimum + " and " + maximum + ".");
        }
        return Aggregate.ofStatisticSet(count, sum, minimum, maximum);
    }

    private static double number(Double value, String parameter) {
        if (!(Math.abs(value) <= MAX_VALUE)) {
            throw ApiException.invalid("The value " + value + " for parameter " + parameter + " is invalid.");
        }
        return value;
    }

    private static double positive(Double value, String parameter) {
        if (!(number(value, parameter) > 0)) {
            throw ApiException.invalid(
                    "The value " + value + " for parameter " + parameter + " is invalid: it must be positive.");
        }
        return value;
    }

    private static void requireSize(List<?> list, int limit, String parameter) {
        if (list.size() > limit) {
            throw ApiException.invalid(
                    "The collection " + parameter + " must not have a size greater than " + limit + ".");
        }
    }
}
