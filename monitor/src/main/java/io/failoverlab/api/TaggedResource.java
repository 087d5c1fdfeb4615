package io.failoverlab.api;

import io.failoverlab.metric.Scope;
import io.failoverlab.store.DashboardStore;

/** Finds what a tagging request names: an alarm or a dashboard of the request's account. */
final class TaggedResource {
    private final DashboardStore dashboards;

    TaggedResource(DashboardStore dashboards) {
        this.dashboards = dashboards;
    }

    /** The ARN again, if there is such an alarm or dashboard. */
    String require(String resourceArn, CloudWatchRegion region) {
        String arn = Parameters.required(resourceArn, "ResourceARN");
        Scope scope = region.scope();
        String alarms = scope.alarmArn("");
        String ownDashboards = scope.dashboardArn("");
        boolean exists = arn.startsWith(alarms)
                ? hasAlarm(region, arn.substring(alarms.length()))
                : arn.startsWith(ownDashboards)
                        && dashboards
                                .get(scope.account(), arn.substring(ownDashboards.length()))
                                .isPresent();
        if (!exists) {
            throw new ApiException(
                    ErrorKind.TAGGED_RESOURCE_NOT_FOUND,
                    "Expected the ARN of an alarm of " + scope.region() + " or of a dashboard, which begin with "
                            + alarms + " and " + ownDashboards + ", found none of that name: " + arn);
        }
        return arn;
    }

    private static boolean hasAlarm(CloudWatchRegion region, String name) {
        return region.alarms().alarms().stream().anyMatch(alarm -> alarm.name().equals(name));
    }
}
