package io.failoverlab.api;

import io.failoverlab.math.MathException;
import io.failoverlab.math.Queries;
import io.failoverlab.math.QueryResult;
import io.failoverlab.metric.MetricId;
import io.failoverlab.store.MetricListing;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.cloudwatch.model.GetMetricDataRequest;
import software.amazon.awssdk.services.cloudwatch.model.GetMetricDataResponse;
import software.amazon.awssdk.services.cloudwatch.model.LabelOptions;
import software.amazon.awssdk.services.cloudwatch.model.MessageData;
import software.amazon.awssdk.services.cloudwatch.model.MetricDataResult;
import software.amazon.awssdk.services.cloudwatch.model.StatusCode;

/** Reads the datapoints of several metrics at once, and what expressions make of them. */
final class GetMetricData implements Action<GetMetricDataRequest, GetMetricDataResponse> {
    private static final int MAX_QUERIES = 500;
    private static final int MAX_DATAPOINTS = 100_800;
    /** A metric is found if it has data of the last two weeks. */
    private static final Duration SEARCHED = Duration.ofDays(14);

    private static final Pattern TIMEZONE = Pattern.compile("[+-]\\d{4}");

    private final InstantSource clock;

    GetMetricData(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public GetMetricDataResponse answer(GetMetricDataRequest request, CloudWatchRegion region) {
        int size = request.metricDataQueries().size();
        if (size == 0) {
            throw ApiException.missing("MetricDataQueries");
        }
        if (size > MAX_QUERIES) {
            throw ApiException.invalid(
                    "The collection MetricDataQueries must not have a size greater than " + MAX_QUERIES + ".");
        }
        Instant now = clock.instant();
        boolean ascending = Scan.isAscending(request.scanByAsString());
        TimeRange range = TimeRange.of(request.startTime(), request.endTime(), now);
        DynamicLabel label = new DynamicLabel(region.scope(), zone(request.labelOptions()), now);
        try {
            Queries queries =
                    Queries.of(MetricQueries.of(request.metricDataQueries(), "MetricDataQueries", region.scope()));
            List<MetricDataResult> results =
                    queries.evaluate(region.metrics(), () -> published(region, now), range::grid).stream()
                            .map(result -> result(result, label.of(result), ascending))
                            .toList();
            return page(results, request);
        } catch (MathException e) {
            throw new ApiException(ErrorKind.VALIDATION, e.getMessage());
        }
    }

    /** What SEARCH looks at. */
    private static List<MetricId> published(CloudWatchRegion region, Instant now) {
        Instant since = now.minus(SEARCHED);
        return region.metrics().metrics().stream()
                .filter(metric -> !metric.newest().isBefore(since))
                .map(MetricListing::metric)
                .toList();
    }

    private static ZoneOffset zone(LabelOptions options) {
        if (options == null || options.timezone() == null) {
            return ZoneOffset.UTC;
        }
        try {
            if (TIMEZONE.matcher(options.timezone()).matches()) {
                return ZoneOffset.of(options.timezone());
            }
        } catch (DateTimeException e) {
            // told below, as any other that is none
        }
        throw ApiException.invalid("The value " + options.timezone()
                + " for parameter LabelOptions.Timezone is invalid: expected an offset like +0130.");
    }

    private static MetricDataResult result(QueryResult result, String label, boolean ascending) {
        return MetricDataResult.builder()
                .id(result.query().id())
                .label(label)
                .timestamps(
                        ascending ? result.timestamps() : result.timestamps().reversed())
                .values(ascending ? result.values() : result.values().reversed())
                .messages(
                        result.messages().isEmpty()
                                ? null
                                : result.messages().stream()
                                        .map(message -> MessageData.builder()
                                                .code(message.code())
                                                .value(message.value())
                                                .build())
                                        .toList())
                .statusCode(StatusCode.COMPLETE)
                .build();
    }

    /**
     * As many datapoints as one answer may have; the token counts those already given, over all results. A result that was complete
     * before is not repeated.
     */
    private static GetMetricDataResponse page(List<MetricDataResult> results, GetMetricDataRequest request) {
        Integer asked = Parameters.positive(request.maxDatapoints(), "maxDatapoints");
        int size = asked == null ? MAX_DATAPOINTS : Math.min(asked, MAX_DATAPOINTS);
        Pages tokens = new Pages(
                "GetMetricData",
                request.toBuilder().nextToken(null).maxDatapoints(null).build().toString(),
                size);
        int given = tokens.offset(request.nextToken());
        int skip = given;
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
            if (given == 0 || from < points) {
                page.add(result.toBuilder()
                        .timestamps(result.timestamps().subList(from, to))
                        .values(result.values().subList(from, to))
                        .statusCode(to < points ? StatusCode.PARTIAL_DATA : StatusCode.COMPLETE)
                        .build());
            }
        }
        return GetMetricDataResponse.builder()
                .metricDataResults(page)
                .messages(List.of())
                .nextToken(more ? tokens.token(given + size) : null)
                .build();
    }
}
