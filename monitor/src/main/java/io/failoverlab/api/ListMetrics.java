package io.failoverlab.api;

import io.failoverlab.metric.MetricId;
import io.failoverlab.store.MetricListing;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import software.amazon.awssdk.services.cloudwatch.model.Dimension;
import software.amazon.awssdk.services.cloudwatch.model.DimensionFilter;
import software.amazon.awssdk.services.cloudwatch.model.ListMetricsRequest;
import software.amazon.awssdk.services.cloudwatch.model.ListMetricsResponse;
import software.amazon.awssdk.services.cloudwatch.model.Metric;

/** Lists the metrics that had datapoints in the last two weeks. */
final class ListMetrics implements Action<ListMetricsRequest, ListMetricsResponse> {
    private static final int PAGE = 500;
    private static final int MAX_FILTERS = 10;
    private static final Duration LISTED = Duration.ofDays(14);
    private static final Duration RECENT = Duration.ofHours(3);
    private final InstantSource clock;

    ListMetrics(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public ListMetricsResponse answer(ListMetricsRequest request, CloudWatchRegion region) {
        check(request);
        String recently = request.recentlyActiveAsString();
        if (recently != null && !recently.equals("PT3H")) {
            throw ApiException.notInEnum(recently, "recentlyActive", List.of("PT3H"));
        }
        Instant oldest = clock.instant().minus(recently == null ? LISTED : RECENT);
        String account = region.scope().account();
        boolean ours =
                request.owningAccount() == null || request.owningAccount().equals(account);
        List<MetricId> found = !ours
                ? List.of()
                : region.metrics().metrics().stream()
                        .filter(listing -> !listing.newest().isBefore(oldest))
                        .map(MetricListing::metric)
                        .filter(metric -> matches(metric, request))
                        .sorted(Comparator.comparing(ListMetrics::key))
                        .toList();
        String asked = request.toBuilder().nextToken(null).build().toString();
        Pages.Page<MetricId> page =
                new Pages("ListMetrics", asked, PAGE).page(found, ListMetrics::key, request.nextToken());
        ListMetricsResponse.Builder answer = ListMetricsResponse.builder()
                .metrics(page.records().stream().map(ListMetrics::metric).toList())
                .nextToken(page.nextToken());
        if (Boolean.TRUE.equals(request.includeLinkedAccounts())) {
            answer.owningAccounts(Collections.nCopies(page.records().size(), account));
        }
        return answer.build();
    }

    private static void check(ListMetricsRequest request) {
        List<DimensionFilter> filters = request.dimensions();
        if (filters.size() > MAX_FILTERS) {
            throw ApiException.constraint(filters, "dimensions", "have length less than or equal to " + MAX_FILTERS);
        }
        Parameters.length(request.namespace(), "namespace", MetricId.MAX_NAME_LENGTH);
        if (request.namespace() != null && request.namespace().startsWith(":")) {
            throw ApiException.constraint(
                    request.namespace(), "namespace", "satisfy regular expression pattern: [^:].*");
        }
        Parameters.length(request.metricName(), "metricName", MetricId.MAX_NAME_LENGTH);
        Parameters.length(request.owningAccount(), "owningAccount", MetricId.MAX_NAME_LENGTH);
        for (int i = 0; i < filters.size(); i++) {
            Parameters.required(filters.get(i).name(), "Dimensions.member." + (i + 1) + ".Name");
            String path = "dimensions." + (i + 1) + ".member.";
            Parameters.length(filters.get(i).name(), path + "name", MetricId.MAX_NAME_LENGTH);
            Parameters.length(filters.get(i).value(), path + "value", MetricId.MAX_DIMENSION_VALUE_LENGTH);
        }
    }

    /** Tells every metric from every other: no name has a NUL. */
    private static String key(MetricId metric) {
        StringBuilder key = new StringBuilder(metric.namespace()).append('\0').append(metric.name());
        metric.dimensions()
                .forEach((name, value) ->
                        key.append('\0').append(name).append('\0').append(value));
        return key.toString();
    }

    private static boolean matches(MetricId metric, ListMetricsRequest request) {
        return (request.namespace() == null || request.namespace().equals(metric.namespace()))
                && (request.metricName() == null || request.metricName().equals(metric.name()))
                && request.dimensions().stream().allMatch(filter -> matches(metric, filter));
    }

    private static boolean matches(MetricId metric, DimensionFilter filter) {
        String value = metric.dimensions().get(filter.name());
        return value != null && (filter.value() == null || filter.value().equals(value));
    }

    private static Metric metric(MetricId metric) {
        return Metric.builder()
                .namespace(metric.namespace())
                .metricName(metric.name())
                .dimensions(dimensions(metric))
                .build();
    }

    static List<Dimension> dimensions(MetricId metric) {
        return metric.dimensions().entrySet().stream()
                .map(entry -> Dimension.builder()
                        .name(entry.getKey())
                        .value(entry.getValue())
                        .build())
                .toList();
    }
}
