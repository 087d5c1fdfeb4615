package io.failoverlab.api;

import io.failoverlab.math.Grid;
import io.failoverlab.metric.Aggregate;
import io.failoverlab.metric.MetricId;
import io.failoverlab.metric.MetricQuery;
import io.failoverlab.metric.Statistic;
import io.failoverlab.metric.Unit;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.cloudwatch.model.Datapoint;
import software.amazon.awssdk.services.cloudwatch.model.GetMetricStatisticsRequest;
import software.amazon.awssdk.services.cloudwatch.model.GetMetricStatisticsResponse;

/** Reads the datapoints of one metric; one for each unit where they were published in several. */
final class GetMetricStatistics implements Action<GetMetricStatisticsRequest, GetMetricStatisticsResponse> {
    private static final int MAX_DATAPOINTS = 1440;
    private static final int MAX_STATISTICS = 5;
    private static final int MAX_EXTENDED_STATISTICS = 10;

    private final InstantSource clock;

    GetMetricStatistics(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public GetMetricStatisticsResponse answer(GetMetricStatisticsRequest request, CloudWatchRegion region) {
        MetricId metric = Parameters.metric(
                Parameters.required(request.namespace(), "Namespace"),
                Parameters.required(request.metricName(), "MetricName"),
                request.dimensions(),
                "");
        List<Statistic> statistics = statistics(request);
        int period = Parameters.period(request.period(), "Period");
        TimeRange range = TimeRange.of(request.startTime(), request.endTime(), clock.instant());
        long requested = range.requested(period);
        if (requested > MAX_DATAPOINTS) {
            throw new ApiException(
                    ErrorKind.INVALID_PARAMETER_COMBINATION,
                    "You have requested up to " + requested + " datapoints, which exceeds the limit of "
                            + MAX_DATAPOINTS
                            + ". You may reduce the datapoints requested by increasing Period, or decreasing the time range.");
        }
        Grid grid = range.grid(period);
        boolean distributions = statistics.stream().anyMatch(Statistic::needsDistribution);
        Set<Unit> units = Parameters.unit(request.unitAsString(), "unit")
                .map(Set::of)
                .orElse(region.metrics().units(metric));
        List<Datapoint> datapoints = new ArrayList<>();
        for (Unit unit : units) {
            region.metrics()
                    .read(new MetricQuery(metric, Optional.of(unit), grid.start(), period, grid.count(), distributions))
                    .forEach((start, data) -> datapoints.add(datapoint(start, unit, data, statistics)));
        }
        return GetMetricStatisticsResponse.builder()
                .label(metric.name())
                .datapoints(datapoints)
                .build();
    }

    private static List<Statistic> statistics(GetMetricStatisticsRequest request) {
        if (request.hasStatistics() && request.hasExtendedStatistics()) {
            throw ApiException.exclusive("Statistics", "ExtendedStatistics");
        }
        List<String> simple = request.statisticsAsStrings();
        List<String> extended = request.extendedStatistics();
        requireAtMost(MAX_STATISTICS, simple, "statistics");
        requireAtMost(MAX_EXTENDED_STATISTICS, extended, "extendedStatistics");
        List<Statistic> statistics = new ArrayList<>();
        simple.forEach(name -> statistics.add(Parameters.statistic(name, "statistics.member")));
        extended.forEach(name -> statistics.add(Parameters.anyStatistic(name, "ExtendedStatistics")));
        if (statistics.isEmpty()) {
            throw new ApiException(
                    ErrorKind.MISSING_PARAMETER, "Must specify either Statistics or ExtendedStatistics.");
        }
        return statistics;
    }

    private static void requireAtMost(int size, List<String> names, String path) {
        if (names.size() > size) {
            throw ApiException.constraint(names, path, "have length less than or equal to " + size);
        }
    }

    private static Datapoint datapoint(Instant start, Unit unit, Aggregate data, List<Statistic> statistics) {
        Datapoint.Builder point = Datapoint.builder().timestamp(start).unit(unit.wireName());
        Map<String, Double> extended = new LinkedHashMap<>();
        for (Statistic statistic : statistics) {
            statistic.of(data).ifPresent(value -> {
                switch (statistic) {
                    case Statistic.Extended one -> extended.put(one.toString(), value);
                    case Statistic.Simple simple -> set(point, simple, value);
                }
            });
        }
        return extended.isEmpty()
                ? point.build()
                : point.extendedStatistics(extended).build();
    }

    private static void set(Datapoint.Builder point, Statistic.Simple statistic, double value) {
        switch (statistic) {
            case SAMPLE_COUNT -> point.sampleCount(value);
            case AVERAGE -> point.average(value);
            case SUM -> point.sum(value);
            case MINIMUM -> point.minimum(value);
            case MAXIMUM -> point.maximum(value);
        }
    }
}
