package io.failoverlab.api;

import io.failoverlab.store.DashboardStore;
import java.nio.charset.StandardCharsets;
import software.amazon.awssdk.services.cloudwatch.model.DashboardEntry;
import software.amazon.awssdk.services.cloudwatch.model.ListDashboardsRequest;
import software.amazon.awssdk.services.cloudwatch.model.ListDashboardsResponse;

/** Lists the dashboards of an account, by name. */
final class ListDashboards implements Action<ListDashboardsRequest, ListDashboardsResponse> {
    private static final int PAGE = 1000;

    private final DashboardStore dashboards;

    ListDashboards(DashboardStore dashboards) {
        this.dashboards = dashboards;
    }

    @Override
    public ListDashboardsResponse answer(ListDashboardsRequest request, CloudWatchRegion region) {
        String prefix = request.dashboardNamePrefix() == null ? "" : request.dashboardNamePrefix();
        Pages.Page<DashboardStore.Dashboard> page = new Pages("ListDashboards", prefix, PAGE)
                .page(
                        dashboards.list(region.scope().account(), prefix),
                        DashboardStore.Dashboard::name,
                        request.nextToken());
        return ListDashboardsResponse.builder()
                .dashboardEntries(page.records().stream()
                        .map(dashboard -> entry(dashboard, region))
                        .toList())
                .nextToken(page.nextToken())
                .build();
    }

    private static DashboardEntry entry(DashboardStore.Dashboard dashboard, CloudWatchRegion region) {
        return DashboardEntry.builder()
                .dashboardName(dashboard.name())
                .dashboardArn(region.scope().dashboardArn(dashboard.name()))
                .lastModified(dashboard.modified())
                .size((long) dashboard.body().getBytes(StandardCharsets.UTF_8).length)
                .build();
    }
}
