package io.failoverlab.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.cloudwatch.model.MetricAlarm;
import software.amazon.awssdk.services.cloudwatch.model.MetricDataQuery;

class AlarmWatchTest {
    private static final MetricAlarm EVERY_TEN_SECONDS =
            MetricAlarm.builder().alarmName("cpu").period(10).build();

    @Test
    void theLongestPeriodIsThatOfAnAlarmOnOneMetric() {
        MetricAlarm everySecond =
                MetricAlarm.builder().alarmName("down").period(1).build();

        assertThat(AlarmWatch.longestPeriod(List.of(everySecond, EVERY_TEN_SECONDS)))
                .isEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void anAlarmOnAnExpressionHasThePeriodsOfItsMetricsAndNoneOfItsOwn() {
        MetricAlarm errorRate = MetricAlarm.builder()
                .alarmName("error-rate")
                .metrics(
                        MetricDataQuery.builder()
                                .id("rate")
                                .expression("100 * errors / requests")
                                .build(),
                        MetricDataQuery.builder()
                                .id("errors")
                                .metricStat(stat -> stat.period(60))
                                .build(),
                        MetricDataQuery.builder()
                                .id("requests")
                                .metricStat(stat -> stat.period(30))
                                .build())
                .build();

        assertThat(AlarmWatch.longestPeriod(List.of(EVERY_TEN_SECONDS, errorRate)))
                .isEqualTo(Duration.ofSeconds(60));
    }

    @Test
    void anAlarmOnAnExpressionWithAPeriodHasThat() {
        MetricAlarm search = MetricAlarm.builder()
                .alarmName("search")
                .metrics(MetricDataQuery.builder()
                        .id("all")
                        .expression("SUM(METRICS())")
                        .period(300)
                        .build())
                .build();

        assertThat(AlarmWatch.longestPeriod(List.of(search))).isEqualTo(Duration.ofMinutes(5));
    }

    @Test
    void noAlarmAtAllIsWaitedForASecond() {
        assertThat(AlarmWatch.longestPeriod(List.of())).isEqualTo(Duration.ofSeconds(1));
    }
}
