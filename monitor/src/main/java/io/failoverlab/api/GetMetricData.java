package io.failoverlab.api;

import io.failoverlab.metric.Aggregate;
import io.failoverlab.metric.MetricId;
import io.failoverlab.metric.MetricQuery;
import io.failoverlab.metric.MetricReader;
import io.failoverlab.metric.Statistic;
import io.failoverlab.metric.Unit;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.cloudwatch.model.GetMetricDataRequest;
import software.amazon.awssdk.services.cloudwatch.model.GetMetricDataResponse;
import software.amazon.awssdk.services.cloudwatch.model.MessageData;
import software.amazon.awssdk.services.cloudwatch.model.MetricDataQuery;
import software.amazon.awssdk.services.cloudwatch.model.MetricDataResult;
import software.amazon.awssdk.services.cloudwatch.model.MetricStat;
import software.amazon.awssdk.services.cloudwatch.model.ScanBy;
import software.amazon.awssdk.services.cloudwatch.model.StatusCode;

/** Reads the datapoints of several metrics at once. */
final class GetMetricData implements Action<GetMetricDataRequest, GetMetricDataResponse> {
    private static final int MAX_QUERIES = 500;
    private static final int MAX_DATAPOINTS = 100_800;
    private static final Pattern ID = Pattern.compile("[a-z][a-zA-Z0-9_]{0,254}");

    private final InstantSource clock;

    GetMetricData(InstantSource clock) {
        this.clock = clock;
    }

    /** A query that was understood. */
    private record Wanted(
            String id, Optional<String> label, MetricId metric, Optional<Unit> unit, Statistic statistic, int period) {}

    @Override
    public GetMetricDataResponse answer(GetMetricDataRequest request, CloudWatchRegion region) {
        List<Wanted> wanted = wanted(request.metricDataQueries());
        boolean ascending = switch (request.scanBy()) {
            case null -> false;
            case TIMESTAMP_ASCENDING -> true;
            case TIMESTAMP_DESCENDING -> false;
            case UNKNOWN_TO_SDK_VERSION ->
                throw ApiException.notInEnum(
                        request.scanByAsString(),
                        "scanBy",
                        ScanBy.knownValues().stream()
                                .map(ScanBy::toString)
                                .sorted()
                                .toList());
        };
        List<MetricDataResult> results = new ArrayList<>();
        for (Wanted one : wanted) {
            results.add(read(one, wanted, request, ascending, region.metrics()));
        }
        return page(results, request);
    }

    private static List<Wanted> wanted(List<MetricDataQuery> queries) {
        if (queries.isEmpty()) {
            throw ApiException.missing("MetricDataQueries");
        }
        if (queries.size() > MAX_QUERIES) {
            throw ApiException.invalid(
                    "The collection MetricDataQueries must not have a size greater than " + MAX_QUERIES + ".");
        }
        List<Wanted> wanted = new ArrayList<>();
        TreeSet<String> ids = new TreeSet<>();
        for (int i = 0; i < queries.size(); i++) {
            String prefix = "MetricDataQueries.member." + (i + 1) + ".";
            MetricDataQuery query = queries.get(i);
            String id = Parameters.required(query.id(), prefix + "Id");
            if (!ID.matcher(id).matches() || !ids.add(id)) {
                throw ApiException.invalid("The value " + id + " for parameter " + prefix
                        + "Id must be unique and match " + ID.pattern() + ".");
            }
            Wanted one = wanted(id, query, prefix);
            if (query.returnData() == null || query.returnData()) {
                wanted.add(one);
            }
        }
        return wanted;
    }

    private static Wanted wanted(String id, MetricDataQuery query, String prefix) {
        if (query.expression() != null) {
            throw ApiException.unsupported("Metric math (" + prefix + "Expression)");
        }
        MetricStat stat = Parameters.required(query.metricStat(), prefix + "MetricStat");
        String path = prefix + "MetricStat.";
        var metric = Parameters.required(stat.metric(), path + "Metric");
        String namespace = Parameters.required(metric.namespace(), path + "Metric.Namespace");
        String name = Parameters.required(metric.metricName(), path + "Metric.MetricName");
        return new Wanted(
                id,
                Optional.ofNullable(query.label()),
                Parameters.metric(namespace, name, metric.dimensions(), path + "Metric."),
                Parameters.unit(stat.unitAsString(), "metricDataQueries.member.metricStat.unit"),
                Parameters.anyStatistic(Parameters.required(stat.stat(), path + "Stat"), path + "Stat"),
                Parameters.period(stat.period(), path + "Period"));
    }

    private MetricDataResult read(
            Wanted one, List<Wanted> all, GetMetricDataRequest request, boolean ascending, MetricReader metrics) {
        Parameters.Span span = Parameters.span(request.startTime(), request.endTime(), one.period(), clock.instant());
        SortedMap<Instant, Aggregate> windows = metrics.read(new MetricQuery(
                one.metric(),
                one.unit(),
                span.start(),
                one.period(),
                span.windows(one.period()),
                one.statistic().needsDistribution()));
        List<Instant> timestamps = new ArrayList<>();
        List<Double> values = new ArrayList<>();
        windows.forEach((start, data) -> one.statistic().of(data).ifPresent(value -> {
            timestamps.add(start);
            values.add(value);
        }));
        if (!ascending) {
            Collections.reverse(timestamps);
            Collections.reverse(values);
        }
        MetricDataResult.Builder result = MetricDataResult.builder()
                .id(one.id())
                .label(label(one, all))
                .timestamps(timestamps)
                .values(values)
                .statusCode(StatusCode.COMPLETE);
        List<String> units = metrics.units(one.metric()).stream()
                .map(Unit::wireName)
                .sorted()
                .toList();
        if (one.unit().isEmpty() && units.size() > 1) {
            result.messages(MessageData.builder()
                    .code("MultipleUnits")
                    .value("Multiple units returned: '" + units + "'")
                    .build());
        }
        return result.build();
    }

    /** The metric's name, with what else tells the queries apart. */
    private static String label(Wanted one, List<Wanted> all) {
        boolean statistics = all.stream().map(Wanted::statistic).distinct().count() > 1;
        boolean periods = all.stream().map(Wanted::period).distinct().count() > 1;
        return one.label()
                .orElse(one.metric().name()
                        + (statistics ? " " + one.statistic() : "")
                        + (periods ? " " + one.period() : ""));
    }

    /** As many datapoints as one answer may have; the token counts those already given, over all results. */
    private static GetMetricDataResponse page(List<MetricDataResult> results, GetMetricDataRequest request) {
        int size = request.maxDatapoints() == null
                ? MAX_DATAPOINTS
                : Math.clamp(request.maxDatapoints(), 1, MAX_DATAPOINTS);
        int skip = Parameters.offset(request.nextToken());
        int left = size;
        boolean more = false;
        List<MetricDataResult> page = new ArrayList<>();
        for (MetricDataResult result : results) {
            int points = result.values().size();
            int from = Math.min(skip, points);
            int to = Math.min(from + left, points);
            skip -= from;
            left -= to - from;
            more |= to < points;
            page.add(result.toBuilder()
                    .timestamps(result.timestamps().subList(from, to))
                    .values(result.values().subList(from, to))
                    .statusCode(to < points ? StatusCode.PARTIAL_DATA : StatusCode.COMPLETE)
                    .build());
        }
        return GetMetricDataResponse.builder()
                .metricDataResults(page)
                .messages(List.of())
                .nextToken(more ? Integer.toString(Parameters.offset(request.nextToken()) + size) : null)
                .build();
    }
}
