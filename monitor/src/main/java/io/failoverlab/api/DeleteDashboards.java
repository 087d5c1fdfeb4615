package io.failoverlab.api;

import io.failoverlab.store.DashboardStore;
import io.failoverlab.store.TagStore;
import java.util.List;
import software.amazon.awssdk.services.cloudwatch.model.DeleteDashboardsRequest;
import software.amazon.awssdk.services.cloudwatch.model.DeleteDashboardsResponse;

/** Deletes dashboards: all that are named, or none if one of them does not exist. */
final class DeleteDashboards implements Action<DeleteDashboardsRequest, DeleteDashboardsResponse> {
    private static final int MAX_NAMES = 100;

    private final DashboardStore dashboards;
    private final TagStore tags;

    DeleteDashboards(DashboardStore dashboards, TagStore tags) {
        this.dashboards = dashboards;
        this.tags = tags;
    }

    @Override
    public DeleteDashboardsResponse answer(DeleteDashboardsRequest request, CloudWatchRegion region) {
        List<String> names = request.dashboardNames();
        if (names.isEmpty()) {
            throw ApiException.missing("DashboardNames");
        }
        if (names.size() > MAX_NAMES) {
            throw ApiException.constraint(names, "dashboardNames", "have length less than or equal to " + MAX_NAMES);
        }
        if (!dashboards.delete(region.scope().account(), names)) {
            throw new ApiException(
                    ErrorKind.DASHBOARD_NOT_FOUND,
                    "At least one of the dashboards does not exist: " + String.join(", ", names));
        }
        names.forEach(name -> tags.forget(region.scope().dashboardArn(name)));
        return DeleteDashboardsResponse.builder().build();
    }
}
