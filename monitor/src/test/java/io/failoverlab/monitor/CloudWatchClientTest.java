package io.failoverlab.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import io.failoverlab.alarm.Timing;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.assertj.core.data.TemporalUnitOffset;
import org.assertj.core.data.TemporalUnitWithinOffset;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatch.model.AlarmHistoryItem;
import software.amazon.awssdk.services.cloudwatch.model.CloudWatchException;
import software.amazon.awssdk.services.cloudwatch.model.ComparisonOperator;
import software.amazon.awssdk.services.cloudwatch.model.Datapoint;
import software.amazon.awssdk.services.cloudwatch.model.Dimension;
import software.amazon.awssdk.services.cloudwatch.model.DimensionFilter;
import software.amazon.awssdk.services.cloudwatch.model.GetMetricDataRequest;
import software.amazon.awssdk.services.cloudwatch.model.GetMetricDataResponse;
import software.amazon.awssdk.services.cloudwatch.model.HistoryItemType;
import software.amazon.awssdk.services.cloudwatch.model.InvalidParameterCombinationException;
import software.amazon.awssdk.services.cloudwatch.model.InvalidParameterValueException;
import software.amazon.awssdk.services.cloudwatch.model.MetricAlarm;
import software.amazon.awssdk.services.cloudwatch.model.MetricDataQuery;
import software.amazon.awssdk.services.cloudwatch.model.MetricDataResult;
import software.amazon.awssdk.services.cloudwatch.model.MetricDatum;
import software.amazon.awssdk.services.cloudwatch.model.MissingRequiredParameterException;
import software.amazon.awssdk.services.cloudwatch.model.PutMetricAlarmRequest;
import software.amazon.awssdk.services.cloudwatch.model.ScanBy;
import software.amazon.awssdk.services.cloudwatch.model.StandardUnit;
import software.amazon.awssdk.services.cloudwatch.model.StateValue;
import software.amazon.awssdk.services.cloudwatch.model.Statistic;
import software.amazon.awssdk.services.cloudwatch.model.StatisticSet;

/** The AWS SDK for Java v2, unmodified, against a monitor on a real port. Each test has a namespace of its own. */
@Timeout(60)
class CloudWatchClientTest {
    private static final Instant MINUTE =
            Instant.now().truncatedTo(ChronoUnit.MINUTES).minusSeconds(120);

    @TempDir
    private static Path directory;

    private static RunningMonitor monitor;
    private static CloudWatchClient client;

    private String namespace;

    @BeforeAll
    static void start() {
        monitor = RunningMonitor.start(
                new MonitorSettings(
                        0, directory.resolve("monitor.db"), Timing.LAB, Optional.empty(), List.of(), List.of()),
                InstantSource.system());
        client = CloudWatchClient.builder()
                .endpointOverride(monitor.url())
                .region(Region.AP_NORTHEAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("any", "thing")))
                .build();
    }

    @AfterAll
    static void stop() {
        client.close();
        monitor.close();
    }

    @BeforeEach
    void nameNamespace(TestInfo test) {
        namespace = "Test/" + test.getTestMethod().orElseThrow().getName();
    }

    private static Dimension dimension(String name, String value) {
        return Dimension.builder().name(name).value(value).build();
    }

    private static MetricDatum.Builder datum(String name, int second) {
        return MetricDatum.builder()
                .metricName(name)
                .timestamp(MINUTE.plusSeconds(second))
                .storageResolution(1);
    }

    private void put(MetricDatum.Builder... data) {
        client.putMetricData(request -> request.namespace(namespace)
                .metricData(Arrays.stream(data).map(MetricDatum.Builder::build).toList()));
    }

    private MetricDataQuery query(String id, String name, String stat, int period) {
        return MetricDataQuery.builder()
                .id(id)
                .metricStat(metric -> metric.metric(m -> m.namespace(namespace).metricName(name))
                        .stat(stat)
                        .period(period))
                .build();
    }

    private GetMetricDataResponse read(MetricDataQuery... queries) {
        return client.getMetricData(reading(queries).build());
    }

    private static GetMetricDataRequest.Builder reading(MetricDataQuery... queries) {
        return GetMetricDataRequest.builder()
                .startTime(MINUTE)
                .endTime(MINUTE.plusSeconds(60))
                .scanBy(ScanBy.TIMESTAMP_ASCENDING)
                .metricDataQueries(queries);
    }

    private PutMetricAlarmRequest.Builder alarm(String name) {
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

    @Test
    void datapointsAreReadBackAtEveryPeriodAndStatistic() {
        put(
                datum("Latency", 3).values(0.1, 0.2, 0.4).counts(5.0, 4.0, 1.0).unit(StandardUnit.SECONDS),
                datum("Latency", 4).value(2.0).unit(StandardUnit.SECONDS),
                datum("Latency", 70).value(9.0).unit(StandardUnit.SECONDS));
        GetMetricDataResponse response = read(
                query("sum", "Latency", "Sum", 1),
                query("median", "Latency", "p50", 60),
                query("top", "Latency", "p99.9", 60),
                query("count", "Latency", "SampleCount", 60));
        assertThat(response.metricDataResults())
                .extracting(MetricDataResult::id, MetricDataResult::label, MetricDataResult::timestamps)
                .containsExactly(
                        tuple("sum", "Latency Sum 1", List.of(MINUTE.plusSeconds(3), MINUTE.plusSeconds(4))),
                        tuple("median", "Latency p50 60", List.of(MINUTE)),
                        tuple("top", "Latency p99.9 60", List.of(MINUTE)),
                        tuple("count", "Latency SampleCount 60", List.of(MINUTE)));
        assertThat(response.metricDataResults().get(0).values().getFirst()).isCloseTo(1.7, offset());
        assertThat(response.metricDataResults().get(1).values()).containsExactly(0.2);
        assertThat(response.metricDataResults().get(2).values()).containsExactly(2.0);
        assertThat(response.metricDataResults().get(3).values()).containsExactly(11.0);
    }

    private static Offset<Double> offset() {
        return Offset.offset(1e-9);
    }

    @Test
    void newestFirstUnlessAskedOtherwiseAndInPages() {
        put(
                datum("Value", 1).value(1.0),
                datum("Value", 2).value(2.0),
                datum("Value", 3).value(3.0));
        GetMetricDataRequest request = reading(query("v", "Value", "Sum", 1))
                .scanBy((String) null)
                .maxDatapoints(2)
                .build();
        List<List<Double>> pages = client.getMetricDataPaginator(request).stream()
                .map(page -> page.metricDataResults().getFirst().values())
                .toList();
        assertThat(pages).containsExactly(List.of(3.0, 2.0), List.of(1.0));
    }

    @Test
    void statisticSetsAndUnits() {
        put(
                datum("Value", 1)
                        .statisticValues(StatisticSet.builder()
                                .sampleCount(4.0)
                                .sum(10.0)
                                .minimum(1.0)
                                .maximum(5.0)
                                .build())
                        .unit(StandardUnit.BYTES),
                datum("Value", 2).value(7.0).unit(StandardUnit.COUNT));
        List<Datapoint> datapoints = client.getMetricStatistics(request -> request.namespace(namespace)
                        .metricName("Value")
                        .startTime(MINUTE)
                        .endTime(MINUTE.plusSeconds(60))
                        .period(60)
                        .statistics(
                                Statistic.AVERAGE,
                                Statistic.MAXIMUM,
                                Statistic.MINIMUM,
                                Statistic.SUM,
                                Statistic.SAMPLE_COUNT))
                .datapoints();
        assertThat(datapoints)
                .containsExactlyInAnyOrder(
                        Datapoint.builder()
                                .timestamp(MINUTE)
                                .unit(StandardUnit.BYTES)
                                .average(2.5)
                                .maximum(5.0)
                                .minimum(1.0)
                                .sum(10.0)
                                .sampleCount(4.0)
                                .build(),
                        Datapoint.builder()
                                .timestamp(MINUTE)
                                .unit(StandardUnit.COUNT)
                                .average(7.0)
                                .maximum(7.0)
                                .minimum(7.0)
                                .sum(7.0)
                                .sampleCount(1.0)
                                .build());
        MetricDataResult combined =
                read(query("v", "Value", "Sum", 60)).metricDataResults().getFirst();
        assertThat(combined.values()).containsExactly(17.0);
        assertThat(combined.messages().getFirst().value()).isEqualTo("Multiple units returned: '[Bytes, Count]'");
    }

    @Test
    void aLargeRequestIsCompressedAndTaken() {
        List<MetricDatum> data = IntStream.range(0, 1000)
                .mapToObj(i -> datum("Value" + i, 1)
                        .value(1.5 * i)
                        .dimensions(dimension("InstanceId", "i-0123456789abcdef0"))
                        .build())
                .toList();
        client.putMetricData(request -> request.namespace(namespace).metricData(data));
        assertThat(client.listMetricsPaginator(request -> request.namespace(namespace))
                        .metrics())
                .hasSize(1000);
    }

    @Test
    void metricsAreListedByNamespaceNameAndDimension() {
        put(
                datum("CPUUtilization", 1).value(1.0).dimensions(dimension("InstanceId", "i-1")),
                datum("CPUUtilization", 1).value(1.0).dimensions(dimension("InstanceId", "i-2")),
                datum("NetworkIn", 1).value(1.0).dimensions(dimension("InstanceId", "i-1")));
        assertThat(client.listMetrics(request -> request.namespace(namespace)
                                .dimensions(DimensionFilter.builder()
                                        .name("InstanceId")
                                        .value("i-1")
                                        .build()))
                        .metrics())
                .extracting(metric -> metric.metricName() + metric.dimensions())
                .containsExactly(
                        "CPUUtilization" + List.of(dimension("InstanceId", "i-1")),
                        "NetworkIn" + List.of(dimension("InstanceId", "i-1")));
        assertThat(client.listMetrics(request -> request.namespace(namespace).metricName("CPUUtilization"))
                        .metrics())
                .hasSize(2);
    }

    @Test
    void anAlarmIsDescribedAsItWasDefined() {
        client.putMetricAlarm(alarm("described")
                .alarmDescription("a text")
                .statistic((String) null)
                .extendedStatistic("p99")
                .dimensions(dimension("LoadBalancer", "app/lab/0"))
                .unit(StandardUnit.SECONDS)
                .period(60)
                .evaluationPeriods(3)
                .datapointsToAlarm(2)
                .treatMissingData("notBreaching")
                .evaluateLowSampleCountPercentile("ignore")
                .alarmActions("arn:aws:sns:ap-northeast-1:000000000000:topic")
                .build());
        MetricAlarm alarm = client.describeAlarms(request -> request.alarmNames("described"))
                .metricAlarms()
                .getFirst();
        assertThat(alarm.stateUpdatedTimestamp()).isCloseTo(Instant.now(), withinAMinute());
        assertThat(alarm)
                .isEqualTo(MetricAlarm.builder()
                        .alarmName("described")
                        .alarmArn("arn:aws:cloudwatch:ap-northeast-1:000000000000:alarm:described")
                        .alarmDescription("a text")
                        .alarmConfigurationUpdatedTimestamp(alarm.alarmConfigurationUpdatedTimestamp())
                        .actionsEnabled(true)
                        .okActions(List.of())
                        .alarmActions("arn:aws:sns:ap-northeast-1:000000000000:topic")
                        .insufficientDataActions(List.of())
                        .stateValue(StateValue.INSUFFICIENT_DATA)
                        .stateReason("Unchecked: Initial alarm creation")
                        .stateUpdatedTimestamp(alarm.stateUpdatedTimestamp())
                        .stateTransitionedTimestamp(alarm.stateUpdatedTimestamp())
                        .namespace(namespace)
                        .metricName("Value")
                        .extendedStatistic("p99")
                        .dimensions(dimension("LoadBalancer", "app/lab/0"))
                        .unit(StandardUnit.SECONDS)
                        .period(60)
                        .evaluationPeriods(3)
                        .datapointsToAlarm(2)
                        .threshold(1.0)
                        .comparisonOperator(ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD)
                        .treatMissingData("notBreaching")
                        .evaluateLowSampleCountPercentile("ignore")
                        .build());
    }

    private static TemporalUnitOffset withinAMinute() {
        return new TemporalUnitWithinOffset(1, ChronoUnit.MINUTES);
    }

    @Test
    void anAlarmGoesOffAndItsHistoryTells() {
        client.putMetricAlarm(alarm("history").build());
        put(MetricDatum.builder().metricName("Value").value(1.0).storageResolution(1));
        assertThat(state("history")).isEqualTo(StateValue.ALARM);
        List<AlarmHistoryItem> items = client.describeAlarmHistory(
                        request -> request.alarmName("history").historyItemType(HistoryItemType.STATE_UPDATE))
                .alarmHistoryItems();
        assertThat(items)
                .extracting(AlarmHistoryItem::historySummary)
                .containsExactly("Alarm updated from INSUFFICIENT_DATA to ALARM");
        assertThat(items.getFirst().historyData()).contains("\"stateReasonData\":{\"version\":\"1.0\"");
    }

    private static StateValue state(String alarm) {
        return client.describeAlarms(request -> request.alarmNames(alarm))
                .metricAlarms()
                .getFirst()
                .stateValue();
    }

    @Test
    void aStateCanBeSetAndIsCorrectedByTheNextEvaluation() {
        client.putMetricAlarm(alarm("drill").treatMissingData("notBreaching").build());
        client.setAlarmState(request ->
                request.alarmName("drill").stateValue(StateValue.ALARM).stateReason("a drill"));
        await().until(() -> state("drill") == StateValue.OK);
        client.deleteAlarms(request -> request.alarmNames("drill", "nobody"));
        assertThat(client.describeAlarms(request -> request.alarmNamePrefix("drill"))
                        .metricAlarms())
                .isEmpty();
    }

    @Test
    void alarmsComeInPages() {
        IntStream.range(0, 5)
                .forEach(i -> client.putMetricAlarm(alarm("page-" + i).build()));
        assertThat(client.describeAlarmsPaginator(
                                request -> request.alarmNamePrefix("page-").maxRecords(2))
                        .metricAlarms())
                .extracting(MetricAlarm::alarmName)
                .containsExactly("page-0", "page-1", "page-2", "page-3", "page-4");
    }

    private <E extends CloudWatchException> E refused(Class<E> type, Runnable call) {
        return catchThrowableOfType(type, call::run);
    }

    private static void assertCodeAndMessage(CloudWatchException e, int status, String code, String message) {
        assertThat(e.statusCode()).isEqualTo(status);
        assertThat(e.awsErrorDetails().errorCode()).isEqualTo(code);
        assertThat(e.awsErrorDetails().errorMessage()).isEqualTo(message);
    }

    @Test
    void anErrorHasAwsClassCodeStatusAndMessage() {
        assertCodeAndMessage(
                refused(
                        InvalidParameterCombinationException.class,
                        () -> put(datum("Value", 1).value(1.0).values(1.0))),
                400,
                "InvalidParameterCombination",
                "The parameters MetricData.member.1.Value and MetricData.member.1.Values are mutually exclusive and you"
                        + " have specified both.");
        assertCodeAndMessage(
                refused(
                        InvalidParameterValueException.class,
                        () -> put(datum("Value", 1).values(1.0, 2.0).counts(1.0))),
                400,
                "InvalidParameterValue",
                "The parameters MetricData.member.1.Values and MetricData.member.1.Counts must be of the same size.");
        assertCodeAndMessage(
                refused(
                        MissingRequiredParameterException.class,
                        () -> put(
                                datum("Value", 1).value(1.0),
                                MetricDatum.builder().value(1.0))),
                400,
                "MissingParameter",
                "The parameter MetricData.member.2.MetricName is required.");
        assertCodeAndMessage(
                refused(
                        CloudWatchException.class,
                        () -> client.setAlarmState(request -> request.alarmName("nobody")
                                .stateValue("INVALID")
                                .stateReason("x"))),
                400,
                "ValidationError",
                "1 validation error detected: Value 'INVALID' at 'stateValue' failed to satisfy constraint: Member must"
                        + " satisfy enum value set: [INSUFFICIENT_DATA, ALARM, OK]");
        assertThat(refused(
                                CloudWatchException.class,
                                () -> client.setAlarmState(request -> request.alarmName("nobody")
                                        .stateValue(StateValue.OK)
                                        .stateReason("x")))
                        .statusCode())
                .isEqualTo(404);
        assertCodeAndMessage(
                refused(
                        InvalidParameterCombinationException.class,
                        () -> client.getMetricStatistics(request -> request.namespace("N")
                                .metricName("M")
                                .startTime(MINUTE.minusSeconds(86_400 - 60))
                                .endTime(MINUTE.plusSeconds(60))
                                .period(1)
                                .statistics(Statistic.SUM))),
                400,
                "InvalidParameterCombination",
                "You have requested up to 86400 datapoints, which exceeds the limit of 1440. You may reduce the"
                        + " datapoints requested by increasing Period, or decreasing the time range.");
    }

    @Test
    void valuesOutsideTheLimitsAreRefused() {
        for (double value : new double[] {Double.NaN, Double.POSITIVE_INFINITY, Math.pow(2, 361)}) {
            assertThat(refused(
                                    InvalidParameterValueException.class,
                                    () -> put(datum("Value", 1).value(value)))
                            .awsErrorDetails()
                            .errorMessage())
                    .isEqualTo("The value " + value + " for parameter MetricData.member.1.Value is invalid.");
        }
        assertThat(refused(
                        InvalidParameterValueException.class,
                        () -> put(datum("Value", 1)
                                .value(1.0)
                                .timestamp(Instant.now().minus(15, ChronoUnit.DAYS)))))
                .isNotNull();
        assertThat(refused(
                        InvalidParameterValueException.class,
                        () -> put(datum("Value", 1)
                                .value(1.0)
                                .timestamp(Instant.now().plus(3, ChronoUnit.HOURS)))))
                .isNotNull();
        assertThat(refused(
                        InvalidParameterValueException.class,
                        () -> put(datum("Value", 1).value(1.0).storageResolution(5))))
                .isNotNull();
        assertThat(refused(
                        InvalidParameterValueException.class,
                        () -> put(datum("Value", 1)
                                .value(1.0)
                                .dimensions(IntStream.range(0, 31)
                                        .mapToObj(i -> dimension("d" + i, "v"))
                                        .toList()))))
                .isNotNull();
        assertThat(refused(
                                InvalidParameterValueException.class,
                                () -> client.putMetricData(request -> request.namespace(namespace)
                                        .metricData(Collections.nCopies(
                                                1001, datum("V", 1).value(1.0).build()))))
                        .getMessage())
                .contains("must not have a size greater than 1000");
        assertThat(client.listMetrics(request -> request.namespace(namespace)).metrics())
                .isEmpty();
    }

    @Test
    void whatIsNotSupportedIsRefusedByName() {
        MetricDataQuery expression =
                MetricDataQuery.builder().id("e").expression("m1 * 2").build();
        assertThat(refused(CloudWatchException.class, () -> read(expression))
                        .awsErrorDetails()
                        .errorMessage())
                .isEqualTo("Metric math (MetricDataQueries.member.1.Expression) is not supported by this monitor.");
        CloudWatchException unknown = refused(CloudWatchException.class, () -> client.listDashboards());
        assertThat(unknown.statusCode()).isEqualTo(404);
        assertThat(unknown.awsErrorDetails().errorMessage())
                .startsWith("The operation ListDashboards is not supported by this monitor; it answers DeleteAlarms,");
        assertThat(refused(
                                CloudWatchException.class,
                                () -> client.putMetricAlarm(
                                        alarm("odd").period(7).build()))
                        .awsErrorDetails()
                        .errorMessage())
                .isEqualTo("Period must be 10, 20, 30 or a multiple of 60, or 1 or 5 in this lab; found 7.");
    }
}
