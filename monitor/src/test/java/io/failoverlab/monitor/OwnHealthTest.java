package io.failoverlab.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.cloudwatch.model.Datapoint;
import software.amazon.awssdk.services.cloudwatch.model.Dimension;
import software.amazon.awssdk.services.cloudwatch.model.MetricDatum;
import software.amazon.awssdk.services.cloudwatch.model.Statistic;

/** The monitor's own metrics, read from the monitor. */
class OwnHealthTest extends ClientAgainstMonitor {
    private List<Datapoint> read(String name, Dimension... dimensions) {
        return client.getMetricStatistics(request -> request.namespace("FailoverLab/Monitor")
                        .metricName(name)
                        .dimensions(dimensions)
                        .startTime(Instant.now().minus(Duration.ofMinutes(2)))
                        .endTime(Instant.now().plusSeconds(60))
                        .period(60)
                        .statistics(Statistic.MINIMUM, Statistic.MAXIMUM))
                .datapoints();
    }

    @Test
    void anAlarmsStateIsAMetric() {
        client.putMetricAlarm(alarm("watched").build());
        put(MetricDatum.builder().metricName("Value").value(1.0).storageResolution(1));
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(read("AlarmState", dimension("AlarmName", "watched")))
                        .extracting(Datapoint::maximum)
                        .contains(1.0));
    }

    @Test
    void figuresOfTheMonitorAreMetrics() {
        client.putMetricAlarm(alarm("one more").build());
        client.putMetricAlarm(alarm("another").build());
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            assertThat(read("EvaluationLag"))
                    .isNotEmpty()
                    .allSatisfy(point -> assertThat(point.minimum()).isNotNegative());
            assertThat(read("AlarmsEvaluated")).extracting(Datapoint::maximum).anyMatch(alarms -> alarms >= 2);
            assertThat(read("EvaluationDuration"))
                    .extracting(Datapoint::maximum)
                    .anyMatch(seconds -> seconds > 0 && seconds < 1);
            assertThat(read("DatapointsDropped")).extracting(Datapoint::maximum).containsOnly(0.0);
        });
    }
}
