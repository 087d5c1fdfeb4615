package io.failoverlab.monitor;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatch.model.CloudWatchException;
import software.amazon.awssdk.services.cloudwatch.model.ComparisonOperator;
import software.amazon.awssdk.services.cloudwatch.model.Dimension;
import software.amazon.awssdk.services.cloudwatch.model.HistoryItemType;
import software.amazon.awssdk.services.cloudwatch.model.MetricAlarm;
import software.amazon.awssdk.services.cloudwatch.model.MetricDataQuery;
import software.amazon.awssdk.services.cloudwatch.model.MetricDataResult;
import software.amazon.awssdk.services.cloudwatch.model.MetricDatum;
import software.amazon.awssdk.services.cloudwatch.model.StandardUnit;
import software.amazon.awssdk.services.cloudwatch.model.StateValue;
import software.amazon.awssdk.services.cloudwatch.model.Statistic;
import software.amazon.awssdk.services.cloudwatch.model.Tag;

/**
 * Speaks to the monitor as the AWS SDK for Java does, and prints what it saw. It runs in a process of its own with whichever SDK is
 * on its class path: the one of the build, and one of the time when it spoke AWS Query.
 */
final class JavaClient {
    private final CloudWatchClient client;
    private final String namespace;
    private final String alarm;
    private final String page;
    private final Instant start;
    private final Map<String, Object> report = new LinkedHashMap<>();

    private JavaClient(CloudWatchClient client, String name, Instant start) {
        this.client = client;
        this.namespace = "Client/" + name;
        this.alarm = name + ": slow";
        this.page = name + "-page";
        this.start = start;
    }

    /** @param arguments the monitor's URL, a name and a whole minute as seconds since 1970 */
    public static void main(String[] arguments) throws JsonProcessingException {
        try (CloudWatchClient client = CloudWatchClient.builder()
                .endpointOverride(URI.create(arguments[0]))
                .region(Region.AP_NORTHEAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("any", "thing")))
                .build()) {
            Instant start = Instant.ofEpochSecond(Long.parseLong(arguments[2]));
            Map<String, Object> report = new JavaClient(client, arguments[1], start).run();
            System.out.println(new ObjectMapper().writeValueAsString(report));
        }
    }

    private Map<String, Object> run() {
        put();
        read();
        alarm();
        dashboard();
        report.put("unknown", refusal(() -> client.getDashboard(request -> request.dashboardName("nobody"))));
        report.put(
                "invalid",
                refusal(() -> client.setAlarmState(
                        request -> request.alarmName(alarm).stateValue("RED").stateReason("x"))));
        client.deleteAlarms(request -> request.alarmNames(alarm));
        client.deleteDashboards(request -> request.dashboardNames(page));
        report.put(
                "left",
                client.describeAlarms(request -> request.alarmNames(alarm))
                        .metricAlarms()
                        .size());
        return report;
    }

    private static Dimension host() {
        return Dimension.builder().name("Host").value("web-1a").build();
    }

    private MetricDatum.Builder latency(int second) {
        return MetricDatum.builder()
                .metricName("Latency")
                .dimensions(host())
                .unit(StandardUnit.SECONDS)
                .timestamp(start.plusSeconds(second));
    }

    private MetricDataQuery query(String statistic) {
        return MetricDataQuery.builder()
                .id(statistic.toLowerCase(Locale.ROOT))
                .metricStat(stat -> stat.metric(metric -> metric.namespace(namespace)
                                .metricName("Latency")
                                .dimensions(host()))
                        .period(60)
                        .stat(statistic))
                .build();
    }

    private void put() {
        client.putMetricData(request -> request.namespace(namespace)
                .metricData(
                        latency(0)
                                .values(1.5, 2.5)
                                .counts(3.0, 1.0)
                                .storageResolution(1)
                                .build(),
                        latency(10)
                                .statisticValues(set -> set.sampleCount(2.0)
                                        .sum(3.0)
                                        .minimum(1.0)
                                        .maximum(2.0))
                                .build(),
                        MetricDatum.builder()
                                .metricName("Size")
                                .timestamp(start)
                                .value(3.0)
                                .unit(StandardUnit.BYTES)
                                .build()));
    }

    private void read() {
        MetricDataQuery half =
                MetricDataQuery.builder().id("half").expression("sum / 2").build();
        report.put(
                "data",
                client
                        .getMetricData(request -> request.metricDataQueries(query("Sum"), query("Maximum"), half)
                                .startTime(start)
                                .endTime(start.plusSeconds(60)))
                        .metricDataResults()
                        .stream()
                        .collect(Collectors.toMap(MetricDataResult::id, MetricDataResult::values)));
        report.put(
                "p50",
                client.getMetricStatistics(request -> request.namespace(namespace)
                                .metricName("Size")
                                .startTime(start)
                                .endTime(start.plusSeconds(60))
                                .period(60)
                                .extendedStatistics("p50"))
                        .datapoints()
                        .get(0)
                        .extendedStatistics()
                        .get("p50"));
        report.put(
                "metrics",
                client.listMetrics(request -> request.namespace(namespace)).metrics().stream()
                        .map(metric -> List.of(
                                metric.metricName(),
                                metric.dimensions().stream()
                                        .map(dimension -> List.of(dimension.name(), dimension.value()))
                                        .toList()))
                        .toList());
    }

    private void alarm() {
        client.putMetricAlarm(request -> request.alarmName(alarm)
                .namespace(namespace)
                .metricName("Nothing")
                .statistic(Statistic.MAXIMUM)
                .period(60)
                .evaluationPeriods(1)
                .threshold(1.5)
                .comparisonOperator(ComparisonOperator.GREATER_THAN_THRESHOLD)
                .treatMissingData("ignore"));
        client.setAlarmState(
                request -> request.alarmName(alarm).stateValue(StateValue.ALARM).stateReason("a drill"));
        MetricAlarm described = client.describeAlarms(request -> request.alarmNames(alarm))
                .metricAlarms()
                .get(0);
        report.put(
                "alarm",
                List.of(
                        described.alarmName(),
                        described.stateValueAsString(),
                        described.stateReason(),
                        described.threshold()));
        report.put(
                "history",
                client
                        .describeAlarmHistory(
                                request -> request.alarmName(alarm).historyItemType(HistoryItemType.STATE_UPDATE))
                        .alarmHistoryItems()
                        .stream()
                        .map(item -> item.historySummary())
                        .toList());
        client.tagResource(request -> request.resourceARN(described.alarmArn())
                .tags(Tag.builder().key("team").value("web").build()));
        report.put(
                "tags",
                client.listTagsForResource(request -> request.resourceARN(described.alarmArn())).tags().stream()
                        .map(tag -> List.of(tag.key(), tag.value()))
                        .toList());
    }

    private void dashboard() {
        client.putDashboard(request -> request.dashboardName(page)
                .dashboardBody("{\"widgets\":[{\"type\":\"text\",\"properties\":{\"markdown\":\"Grüße\"}}]}"));
        report.put(
                "dashboard",
                client.getDashboard(request -> request.dashboardName(page)).dashboardBody());
        report.put(
                "dashboards",
                client.listDashboards(request -> request.dashboardNamePrefix(page)).dashboardEntries().stream()
                        .map(entry -> entry.dashboardName())
                        .toList());
    }

    private static List<String> refusal(Runnable call) {
        try {
            call.run();
            return List.of("not refused");
        } catch (CloudWatchException refused) {
            return List.of(
                    refused.awsErrorDetails().errorCode(),
                    refused.awsErrorDetails().errorMessage());
        }
    }
}
