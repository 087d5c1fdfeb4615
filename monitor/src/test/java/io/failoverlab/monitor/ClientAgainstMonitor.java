package io.failoverlab.monitor;

import io.failoverlab.alarm.Timing;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatch.model.ComparisonOperator;
import software.amazon.awssdk.services.cloudwatch.model.Dimension;
import software.amazon.awssdk.services.cloudwatch.model.GetMetricDataRequest;
import software.amazon.awssdk.services.cloudwatch.model.GetMetricDataResponse;
import software.amazon.awssdk.services.cloudwatch.model.MetricDataQuery;
import software.amazon.awssdk.services.cloudwatch.model.MetricDatum;
import software.amazon.awssdk.services.cloudwatch.model.PutMetricAlarmRequest;
import software.amazon.awssdk.services.cloudwatch.model.ScanBy;
import software.amazon.awssdk.services.cloudwatch.model.Statistic;

/** A monitor on a real port and the AWS SDK for Java v2, unmodified. Each test has a namespace of its own. */
@Timeout(60)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class ClientAgainstMonitor {
    /** A whole minute that is over, and young enough to be taken. */
    static final Instant MINUTE = Instant.now().truncatedTo(ChronoUnit.MINUTES).minusSeconds(120);

    RunningMonitor monitor;
    CloudWatchClient client;
    String namespace;

    @BeforeAll
    void start(@TempDir Path directory) {
        monitor = RunningMonitor.start(settings(directory), InstantSource.system());
        client = CloudWatchClient.builder()
                .endpointOverride(monitor.url())
                .region(Region.AP_NORTHEAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("any", "thing")))
                .build();
    }

    /** A monitor that scrapes nothing, tells nobody and serves everybody on this machine. */
    static MonitorSettings settings(Path directory) {
        return new MonitorSettings(
                0,
                directory.resolve("monitor.db"),
                Timing.LAB,
                Optional.empty(),
                List.of(),
                List.of(),
                List.of(),
                Optional.empty(),
                Optional.empty());
    }

    @AfterAll
    void stop() {
        client.close();
        monitor.close();
    }

    @BeforeEach
    void nameNamespace(TestInfo test) {
        namespace = "Test/" + test.getTestMethod().orElseThrow().getName();
    }

    static Dimension dimension(String name, String value) {
        return Dimension.builder().name(name).value(value).build();
    }

    static MetricDatum.Builder datum(String name, int second) {
        return MetricDatum.builder()
                .metricName(name)
                .timestamp(MINUTE.plusSeconds(second))
                .storageResolution(1);
    }

    void put(MetricDatum.Builder... data) {
        client.putMetricData(request -> request.namespace(namespace)
                .metricData(Arrays.stream(data).map(MetricDatum.Builder::build).toList()));
    }

    MetricDataQuery query(String id, String name, String stat, int period) {
        return MetricDataQuery.builder()
                .id(id)
                .metricStat(metric -> metric.metric(m -> m.namespace(namespace).metricName(name))
                        .stat(stat)
                        .period(period))
                .build();
    }

    GetMetricDataResponse read(MetricDataQuery... queries) {
        return client.getMetricData(reading(queries).build());
    }

    static GetMetricDataRequest.Builder reading(MetricDataQuery... queries) {
        return GetMetricDataRequest.builder()
                .startTime(MINUTE)
                .endTime(MINUTE.plusSeconds(60))
                .scanBy(ScanBy.TIMESTAMP_ASCENDING)
                .metricDataQueries(queries);
    }

    PutMetricAlarmRequest.Builder alarm(String name) {
        return PutMetricAlarmRequest.builder()
                .alarmName(name)
                .namespace(namespace)
                .metricName("Value")
                .statistic(Statistic.MAXIMUM)
                .period(1)
                .evaluationPeriods(1)
                .threshold(1.0)
                .comparisonOperator(ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD);
    }
}
