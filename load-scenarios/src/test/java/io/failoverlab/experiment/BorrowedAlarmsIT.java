package io.failoverlab.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.failoverlab.engine.LabHome;
import io.failoverlab.watch.MonitorClient;
import io.failoverlab.watch.MonitorFailed;
import io.failoverlab.watch.MonitorProcess;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.cloudwatch.model.ComparisonOperator;
import software.amazon.awssdk.services.cloudwatch.model.Dimension;
import software.amazon.awssdk.services.cloudwatch.model.Metric;
import software.amazon.awssdk.services.cloudwatch.model.MetricAlarm;
import software.amazon.awssdk.services.cloudwatch.model.MetricDataQuery;
import software.amazon.awssdk.services.cloudwatch.model.MetricStat;
import software.amazon.awssdk.services.cloudwatch.model.PutMetricAlarmRequest;
import software.amazon.awssdk.services.cloudwatch.model.Statistic;

/** In a real monitor, without a stack. */
class BorrowedAlarmsIT {
    private static final PutMetricAlarmRequest OF_STACK = PutMetricAlarmRequest.builder()
            .alarmName("slow")
            .alarmDescription("the shop answers late")
            .actionsEnabled(true)
            .alarmActions("arn:aws:sns:ap-northeast-1:000000000000:ops")
            .namespace("Shop")
            .metricName("Latency")
            .dimensions(Dimension.builder().name("Page").value("cart").build())
            .extendedStatistic("p99")
            .evaluateLowSampleCountPercentile("ignore")
            .unit("Seconds")
            .period(1)
            .evaluationPeriods(3)
            .datapointsToAlarm(2)
            .threshold(0.5)
            .comparisonOperator(ComparisonOperator.GREATER_THAN_THRESHOLD)
            .treatMissingData("ignore")
            .build();
    private static final PutMetricAlarmRequest MATH = PutMetricAlarmRequest.builder()
            .alarmName("errors")
            .metrics(
                    MetricDataQuery.builder()
                            .id("m1")
                            .returnData(false)
                            .metricStat(MetricStat.builder()
                                    .metric(Metric.builder()
                                            .namespace("Shop")
                                            .metricName("Errors")
                                            .build())
                                    .period(1)
                                    .stat("Sum")
                                    .build())
                            .build(),
                    MetricDataQuery.builder()
                            .id("e1")
                            .expression("m1 * 2")
                            .returnData(true)
                            .build())
            .evaluationPeriods(1)
            .threshold(1.0)
            .comparisonOperator(ComparisonOperator.GREATER_THAN_THRESHOLD)
            .build();

    @TempDir
    private Path folder;

    @Test
    void afterAnExperimentTheMonitorHasTheAlarmsOfBefore() throws Exception {
        List<String> trouble = new ArrayList<>();
        try (MonitorProcess process = MonitorProcess.start(
                        new MonitorProcess.Settings(LabHome.find().folder(), 0, folder, Optional.empty()), List.of());
                MonitorClient monitor = new MonitorClient(process.url(), "ap-northeast-1")) {
            monitor.put(OF_STACK);
            monitor.put(MATH);
            List<PutMetricAlarmRequest> before = definitions(monitor);
            List<PutMetricAlarmRequest> own = List.of(alarm("slow", 1), alarm("errors", 1), alarm("own", 1));

            BorrowedAlarms borrowed = BorrowedAlarms.put(monitor, own, trouble::add);
            assertThat(monitor.alarms())
                    .extracting(MetricAlarm::alarmName, MetricAlarm::metricName)
                    .containsExactly(
                            org.assertj.core.groups.Tuple.tuple("errors", "Load"),
                            org.assertj.core.groups.Tuple.tuple("own", "Load"),
                            org.assertj.core.groups.Tuple.tuple("slow", "Load"));
            borrowed.close();
            assertThat(definitions(monitor)).isEqualTo(before);

            monitor.put(alarm("own", 5));
            borrowed.close();
            assertThat(monitor.alarms()).as("closed once").hasSize(3);
            monitor.deleteAlarms(List.of("own"));

            assertThatThrownBy(
                            () -> BorrowedAlarms.put(monitor, List.of(own.getLast(), alarm("slow", 7)), trouble::add))
                    .isInstanceOf(MonitorFailed.class);
            assertThat(definitions(monitor)).isEqualTo(before);
        }
        assertThat(trouble).isEmpty();
    }

    private static List<PutMetricAlarmRequest> definitions(MonitorClient monitor) {
        return monitor.alarms().stream().map(BorrowedAlarms::asPut).toList();
    }

    /** @param period in seconds; 7 is none of CloudWatch's */
    private static PutMetricAlarmRequest alarm(String name, int period) {
        return PutMetricAlarmRequest.builder()
                .alarmName(name)
                .namespace("Shop")
                .metricName("Load")
                .statistic(Statistic.MAXIMUM)
                .period(period)
                .evaluationPeriods(1)
                .threshold(1.0)
                .comparisonOperator(ComparisonOperator.GREATER_THAN_THRESHOLD)
                .build();
    }
}
