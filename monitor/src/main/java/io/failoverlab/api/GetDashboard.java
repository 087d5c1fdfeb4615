package io.failoverlab.api;

import io.failoverlab.store.DashboardStore;
import software.amazon.awssdk.services.cloudwatch.model.GetDashboardRequest;
import software.amazon.awssdk.services.cloudwatch.model.GetDashboardResponse;

/** Gives a dashboard back to the letter. */
final class GetDashboard implements Action<GetDashboardRequest, GetDashboardResponse> {
    private final DashboardStore dashboards;

    GetDashboard(DashboardStore dashboards) {
        this.dashboards = dashboards;
    }

    @Override
    public GetDashboardResponse answer(GetDashboardRequest request, CloudWatchRegion region) {
        String name = Parameters.required(request.dashboardName(), "DashboardName");
        DashboardStore.Dashboard dashboard = dashboards
                .get(region.scope().account(), name)
                .orElseThrow(
                        () -> new ApiException(ErrorKind.DASHBOARD_NOT_FOUND, "Dashboard " + name + " does not exist"));
        return GetDashboardResponse.builder()
                .dashboardArn(region.scope().dashboardArn(name))
                .dashboardBody(dashboard.body())
                .dashboardName(name)
                .build();
    }
}
