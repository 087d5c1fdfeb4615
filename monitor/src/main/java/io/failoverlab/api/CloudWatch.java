package io.failoverlab.api;

import io.failoverlab.alarm.Timing;
import io.failoverlab.metric.Scope;
import io.failoverlab.store.DashboardStore;
import io.failoverlab.store.TagStore;
import java.time.InstantSource;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.cloudwatch.model.DeleteAlarmsRequest;
import software.amazon.awssdk.services.cloudwatch.model.DeleteDashboardsRequest;
import software.amazon.awssdk.services.cloudwatch.model.DescribeAlarmHistoryRequest;
import software.amazon.awssdk.services.cloudwatch.model.DescribeAlarmsForMetricRequest;
import software.amazon.awssdk.services.cloudwatch.model.DescribeAlarmsRequest;
import software.amazon.awssdk.services.cloudwatch.model.DisableAlarmActionsRequest;
import software.amazon.awssdk.services.cloudwatch.model.EnableAlarmActionsRequest;
import software.amazon.awssdk.services.cloudwatch.model.GetDashboardRequest;
import software.amazon.awssdk.services.cloudwatch.model.GetMetricDataRequest;
import software.amazon.awssdk.services.cloudwatch.model.GetMetricStatisticsRequest;
import software.amazon.awssdk.services.cloudwatch.model.ListDashboardsRequest;
import software.amazon.awssdk.services.cloudwatch.model.ListMetricsRequest;
import software.amazon.awssdk.services.cloudwatch.model.ListTagsForResourceRequest;
import software.amazon.awssdk.services.cloudwatch.model.PutCompositeAlarmRequest;
import software.amazon.awssdk.services.cloudwatch.model.PutDashboardRequest;
import software.amazon.awssdk.services.cloudwatch.model.PutMetricAlarmRequest;
import software.amazon.awssdk.services.cloudwatch.model.PutMetricDataRequest;
import software.amazon.awssdk.services.cloudwatch.model.SetAlarmStateRequest;
import software.amazon.awssdk.services.cloudwatch.model.TagResourceRequest;
import software.amazon.awssdk.services.cloudwatch.model.UntagResourceRequest;
import software.amazon.awssdk.utils.builder.SdkBuilder;

/**
 * The operations, whatever protocol they are called by. Requests and answers are the types of the AWS SDK, so that what its clients
 * send and read needs no second description.
 */
public final class CloudWatch {
    private final CloudWatchRegion.Directory regions;
    private final Map<String, Operation<?, ?>> operations;

    /** An operation: how an empty request of it is made, what one names, and what it does. */
    private record Operation<I, O extends SdkPojo>(
            Supplier<? extends SdkBuilder<?, I>> builder, Named<I> named, Action<I, O> action) {
        private SdkPojo call(
                Protocol.Call call, Scope scope, Consumer<String> permission, Supplier<CloudWatchRegion> region) {
            SdkBuilder<?, I> empty = builder.get();
            call.arguments().accept((SdkPojo) empty);
            I request = empty.build();
            named.in(request, scope).forEach(permission);
            return action.answer(request, region.get());
        }
    }

    public CloudWatch(
            CloudWatchRegion.Directory regions,
            DashboardStore dashboards,
            TagStore tags,
            Timing timing,
            InstantSource clock) {
        this.regions = regions;
        SortedMap<String, Operation<?, ?>> all = new TreeMap<>();
        all.put("PutMetricData", of(PutMetricDataRequest::builder, new PutMetricData(clock)));
        all.put("GetMetricData", of(GetMetricDataRequest::builder, new GetMetricData(clock)));
        all.put("GetMetricStatistics", of(GetMetricStatisticsRequest::builder, new GetMetricStatistics(clock)));
        all.put("ListMetrics", of(ListMetricsRequest::builder, new ListMetrics(clock)));
        addAlarms(all, tags, timing, clock);
        addDashboards(all, dashboards, tags, clock);
        addTags(all, new TaggedResource(dashboards), tags);
        this.operations = all;
    }

    private static void addAlarms(Map<String, Operation<?, ?>> all, TagStore tags, Timing timing, InstantSource clock) {
        all.put(
                "PutMetricAlarm",
                of(
                        PutMetricAlarmRequest::builder,
                        Named.alarm(PutMetricAlarmRequest::alarmName),
                        new PutMetricAlarm(timing, clock, tags)));
        all.put(
                "PutCompositeAlarm",
                of(
                        PutCompositeAlarmRequest::builder,
                        Named.alarm(PutCompositeAlarmRequest::alarmName),
                        new PutCompositeAlarm(clock, tags)));
        all.put("DescribeAlarmsForMetric", of(DescribeAlarmsForMetricRequest::builder, new DescribeAlarmsForMetric()));
        all.put(
                "EnableAlarmActions",
                of(
                        EnableAlarmActionsRequest::builder,
                        Named.alarms(EnableAlarmActionsRequest::alarmNames),
                        ActionsSwitch::enable));
        all.put(
                "DisableAlarmActions",
                of(
                        DisableAlarmActionsRequest::builder,
                        Named.alarms(DisableAlarmActionsRequest::alarmNames),
                        ActionsSwitch::disable));
        all.put(
                "DescribeAlarms",
                of(
                        DescribeAlarmsRequest::builder,
                        Named.alarms(DescribeAlarmsRequest::alarmNames),
                        new DescribeAlarms()));
        all.put(
                "DescribeAlarmHistory",
                of(
                        DescribeAlarmHistoryRequest::builder,
                        Named.alarm(DescribeAlarmHistoryRequest::alarmName),
                        new DescribeAlarmHistory()));
        all.put(
                "SetAlarmState",
                of(SetAlarmStateRequest::builder, Named.alarm(SetAlarmStateRequest::alarmName), new SetAlarmState()));
        all.put(
                "DeleteAlarms",
                of(
                        DeleteAlarmsRequest::builder,
                        Named.alarms(DeleteAlarmsRequest::alarmNames),
                        new DeleteAlarms(tags)));
    }

    private static void addDashboards(
            Map<String, Operation<?, ?>> all, DashboardStore dashboards, TagStore tags, InstantSource clock) {
        all.put(
                "PutDashboard",
                of(
                        PutDashboardRequest::builder,
                        Named.dashboard(PutDashboardRequest::dashboardName),
                        new PutDashboard(dashboards, tags, clock)));
        all.put(
                "GetDashboard",
                of(
                        GetDashboardRequest::builder,
                        Named.dashboard(GetDashboardRequest::dashboardName),
                        new GetDashboard(dashboards)));
        all.put("ListDashboards", of(ListDashboardsRequest::builder, new ListDashboards(dashboards)));
        all.put(
                "DeleteDashboards",
                of(
                        DeleteDashboardsRequest::builder,
                        Named.dashboards(DeleteDashboardsRequest::dashboardNames),
                        new DeleteDashboards(dashboards, tags)));
    }

    private static void addTags(Map<String, Operation<?, ?>> all, TaggedResource resource, TagStore tags) {
        all.put(
                "TagResource",
                of(
                        TagResourceRequest::builder,
                        Named.resource(TagResourceRequest::resourceARN),
                        new TagResource(resource, tags)));
        all.put(
                "UntagResource",
                of(
                        UntagResourceRequest::builder,
                        Named.resource(UntagResourceRequest::resourceARN),
                        new UntagResource(resource, tags)));
        all.put(
                "ListTagsForResource",
                of(
                        ListTagsForResourceRequest::builder,
                        Named.resource(ListTagsForResourceRequest::resourceARN),
                        new ListTagsForResource(resource, tags)));
    }

    /** One that names nothing. */
    private static <I, O extends SdkPojo> Operation<I, O> of(
            Supplier<? extends SdkBuilder<?, I>> builder, Action<I, O> action) {
        return new Operation<>(builder, Named.nothing(), action);
    }

    private static <I, O extends SdkPojo> Operation<I, O> of(
            Supplier<? extends SdkBuilder<?, I>> builder, Named<I> named, Action<I, O> action) {
        return new Operation<>(builder, named, action);
    }

    /**
     * Calls an operation.
     *
     * @param permission told of each resource that the request names before anything is done; throws if that may not be touched
     * @throws ApiException if there is no such operation, or the operation refuses the request
     */
    SdkPojo call(Protocol.Call call, Scope scope, Consumer<String> permission) {
        String name = call.operation();
        Operation<?, ?> operation = operations.get(name);
        if (operation == null) {
            permission.accept("*");
            throw new ApiException(
                    ErrorKind.UNKNOWN_OPERATION,
                    OutOfScope.feature(name)
                            .map(feature -> "The operation " + name + " is not supported by this monitor, which has no "
                                    + feature + ".")
                            .orElseGet(() -> "The operation " + name + " is not known to this monitor; it answers "
                                    + String.join(", ", operations.keySet()) + "."));
        }
        return operation.call(call, scope, permission, () -> region(scope));
    }

    private CloudWatchRegion region(Scope scope) {
        return regions.of(scope)
                .orElseThrow(() -> new ApiException(
                        ErrorKind.LIMIT_EXCEEDED,
                        "This monitor holds as many accounts and regions as it may, and " + scope.account() + " in "
                                + scope.region() + " is none of them."));
    }
}
