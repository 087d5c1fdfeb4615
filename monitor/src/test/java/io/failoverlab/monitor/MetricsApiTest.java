package io.failoverlab.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.util.List;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.cloudwatch.model.Datapoint;
import software.amazon.awssdk.services.cloudwatch.model.DimensionFilter;
import software.amazon.awssdk.services.cloudwatch.model.GetMetricDataRequest;
import software.amazon.awssdk.services.cloudwatch.model.GetMetricDataResponse;
import software.amazon.awssdk.services.cloudwatch.model.MetricDataResult;
import software.amazon.awssdk.services.cloudwatch.model.MetricDatum;
import software.amazon.awssdk.services.cloudwatch.model.StandardUnit;
import software.amazon.awssdk.services.cloudwatch.model.Statistic;
import software.amazon.awssdk.services.cloudwatch.model.StatisticSet;

/** Datapoints in and out. */
class MetricsApiTest extends ClientAgainstMonitor {
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

    private static Datapoint datapoint(
            StandardUnit unit, double average, double maximum, double minimum, double sum, double count) {
        return Datapoint.builder()
                .timestamp(MINUTE)
                .unit(unit)
                .average(average)
                .maximum(maximum)
                .minimum(minimum)
                .sum(sum)
                .sampleCount(count)
                .build();
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
                        datapoint(StandardUnit.BYTES, 2.5, 5.0, 1.0, 10.0, 4.0),
                        datapoint(StandardUnit.COUNT, 7.0, 7.0, 7.0, 7.0, 1.0));
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
}
